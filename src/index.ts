/**
 * The library: audits wheels and sdists without installing, importing or unpacking them.
 *
 * @example
 * import { audit } from 'distaudit'
 * const report = await audit(['dist/demo-1.0-py3-none-any.whl'])
 * console.log(report.summary.rejectedByPyPI)
 */
export type { Example, ExampleFile } from './example.js'

import { RULES } from '../rules/registry/index.js'
import type { Limits } from './archive/limits.js'
import { assemble, auditPart, type Opener } from './audit.js'
import { openTarget } from './cli/files.js'
import { groupByProject, ofProject } from './distribution/grouping.js'
import type { Input } from './distribution/read.js'
import type { Report } from './report/report.js'
import { type Choice, chooseRules } from './selection.js'
import { type ByteSource, blobSource } from './source/source.js'

export type { Limits } from './archive/limits.js'
export type { Distribution, Release, Sdist, UnknownFile, Wheel } from './distribution/distribution.js'
export type { Draft, Enforcer, Finding, Place, Related, Severity, SourceLocation } from './finding.js'
export type { Platform, Report, ReportDistribution, ReportRelease, Summary } from './report/report.js'
export type { Rule, Subject, Topic } from './rule.js'
export type { Choice, Profile } from './selection.js'
export { type ByteSource, blobSource, bytesSource } from './source/source.js'

/** Every rule, sorted by topic and id. */
export const rules = RULES

/** A file to audit: a path, a Blob with a name (a browser's File), or bytes under a name. */
export type AuditInput =
  | string
  | { readonly name: string; readonly blob: Blob }
  | { readonly name: string; readonly source: ByteSource }

export interface AuditChoice extends Choice {
  readonly limits?: Partial<Limits> | undefined
  /** Files of earlier releases, to compare with: they are not judged. */
  readonly baseline?: readonly AuditInput[] | undefined
}

/**
 * Audits files together: each by itself, and those of one project and version as a release. A damaged or unreadable file is a
 * finding; the promise rejects only for faults of distaudit itself.
 */
export async function audit(inputs: readonly AuditInput[], choice: AuditChoice = {}): Promise<Report> {
  const selection = chooseRules(RULES, choice)
  const parts = []
  for (const group of groupByProject(inputs, filenameOf))
    parts.push(
      await auditPart(
        group.map(opener),
        { selection, limits: choice.limits },
        choice.baseline && ofProject(choice.baseline, group, filenameOf).map(opener),
      ),
    )
  return assemble(parts, inputs.map(pathOf))
}

const pathOf = (input: AuditInput) => (typeof input === 'string' ? input : input.name)

const filenameOf = (input: AuditInput) => pathOf(input).replace(/^.*[/\\]/s, '')

function opener(input: AuditInput): Opener {
  const path = pathOf(input)
  const filename = filenameOf(input)
  if (typeof input === 'string') return () => openTarget({ path, filename })
  const source = 'blob' in input ? blobSource(input.blob) : input.source
  return async (): Promise<Input> => ({ path, filename, source })
}
