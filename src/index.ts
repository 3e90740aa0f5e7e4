/**
 * The library: audits wheels and sdists without installing, importing or unpacking them.
 *
 * @example
 * import { audit } from 'distaudit'
 * const report = await audit(['dist/demo-1.0-py3-none-any.whl'])
 * console.log(report.summary.rejectedByPyPI)
 */
import { RULES } from '../rules/registry/index.js'
import type { Limits } from './archive/limits.js'
import { findConfig } from './config/file.js'
import { renderOnNode } from './description/render-node.js'
import { expandPaths, givenTargets } from './inputs.js'
import { loadProject } from './project/load.js'
import type { Report } from './report/report.js'
import { type Given, run } from './run.js'
import type { Choice } from './selection.js'
import { foreignSource } from './source/checked.js'
import { type ByteSource, blobSource } from './source/source.js'

export type { Limits } from './archive/limits.js'
export type { Distribution, Release, Sdist, UnknownFile, Wheel } from './distribution/distribution.js'
export type { Example, ExampleFile } from './example.js'
export type { Draft, Enforcer, Finding, Place, Related, Severity, SourceLocation } from './finding.js'
export type { PlatformReport as Platform } from './platform/platform.js'
export type { Report, ReportDistribution, ReportRelease, Summary } from './report/report.js'
export type { Rule, Subject, Topic } from './rule.js'
export type { Choice, Profile } from './selection.js'
export { type ByteSource, blobSource, bytesSource } from './source/source.js'
export { UsageError } from './usage-error.js'

/** Every rule, sorted by topic and id. */
export const rules = RULES

/** A file to audit: a path, a Blob with a name (a browser's File), or bytes under a name. A directory: its distributions. */
export type AuditInput =
  | string
  | { readonly name: string; readonly blob: Blob }
  | { readonly name: string; readonly source: ByteSource }

export interface AuditOptions extends Choice {
  readonly limits?: Partial<Limits> | undefined
  /** Files of earlier releases, to compare with: they are not judged. */
  readonly baseline?: readonly AuditInput[] | undefined
  /**
   * The folder of the project's source tree: findings point to its files, its ignore comments count, and the rules about
   * what git tracks run. Default: none.
   */
  readonly project?: string | undefined
  /** A distaudit.toml or pyproject.toml. What the other options say wins. Default: none. */
  readonly config?: string | undefined
  /** False: the ignores of the configuration and of comments are not applied. */
  readonly ignores?: boolean | undefined
  /** The day that ignores with a last day are judged by, `2026-11-29`. Default: today in UTC. */
  readonly today?: string | undefined
  /** Told what could not be done as asked: ignores that match nothing, earlier releases that cannot be read. */
  readonly onNote?: ((text: string) => void) | undefined
}

/**
 * Audits files together: each by itself, and those of one project and version as a release. A damaged or unreadable file is a
 * finding, and so is one whose source fails or lies; a fault of distaudit itself is in `internalErrors`. The report is the one that the command gives with the same options.
 * @throws UsageError for a path that does not exist, a rule that does not exist, or a configuration with a fault.
 */
export async function audit(inputs: readonly AuditInput[], options: AuditOptions = {}): Promise<Report> {
  const { limits, baseline, project, config, ignores, today, onNote, ...choice } = options
  const { report, notes } = await run(await givenOf(inputs), {
    rules: RULES,
    render: renderOnNode,
    choice,
    config: config === undefined ? undefined : (await findConfig(config, '.')).config,
    ignores,
    limits,
    baseline: baseline && (await givenOf(baseline)),
    project: project === undefined ? undefined : await loadProject(project, '.'),
    today,
  })
  for (const note of notes) onNote?.(note)
  return report
}

async function givenOf(inputs: readonly AuditInput[]): Promise<readonly Given[]> {
  const given: Given[] = []
  for (const input of inputs)
    if (typeof input === 'string') given.push(...givenTargets((await expandPaths([input])).targets))
    else {
      const { name } = input
      const filename = name.replace(/^.*[/\\]/s, '')
      const open = async () => {
        const source = foreignSource('blob' in input ? blobSource(input.blob) : input.source)
        return { path: name, filename, source }
      }
      given.push({ path: name, filename, open })
    }
  return given
}
