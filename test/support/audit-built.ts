import type { File, Surroundings } from '../../fixtures/build.js'
import type { Limits } from '../../src/archive/limits.js'
import { auditPart, type Opener } from '../../src/audit.js'
import type { InternalError } from '../../src/audit-subject.js'
import { unreadable } from '../../src/distribution/read.js'
import type { Finding } from '../../src/finding.js'
import type { AnyRule } from '../../src/rule.js'
import { chooseRules } from '../../src/selection.js'
import { bytesSource } from '../../src/source/source.js'

export interface Audited {
  readonly findings: readonly Finding[]
  readonly errors: readonly InternalError[]
}

/** Runs rules, drafts' and strict ones too, on files in memory and on the releases they make. */
export async function auditBuilt(
  files: readonly File[],
  rules: readonly AnyRule[],
  limits: Partial<Limits> = {},
  surroundings: Partial<Surroundings> = {},
): Promise<Audited> {
  const selection = chooseRules(rules, { profile: 'strict', preview: true })
  const { baseline, tracked } = surroundings
  const open =
    (folder: string) =>
    ({ filename, bytes, broken }: File): Opener =>
    async () =>
      broken
        ? unreadable(filename, filename, broken)
        : { path: `${folder}${filename}`, filename, source: bytesSource(bytes) }
  const options = { selection, limits, tracked, now: () => 0 }
  const { distributions, releases, errors } = await auditPart(
    files.map(open('')),
    options,
    baseline?.map(open('baseline/')),
  )
  return { findings: [...distributions, ...releases].flatMap(one => one.findings), errors }
}
