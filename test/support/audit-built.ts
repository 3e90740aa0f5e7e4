import type { File, Surroundings } from '../../fixtures/build.js'
import { DEFAULT_LIMITS, type Limits } from '../../src/archive/limits.js'
import { type InternalError, judge } from '../../src/audit-subject.js'
import { withRendering } from '../../src/description/with-rendering.js'
import type { Distribution } from '../../src/distribution/distribution.js'
import { readDistribution, unreadable } from '../../src/distribution/read.js'
import { baselineOf, releasesOf } from '../../src/distribution/release.js'
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
  const { baseline = [], tracked } = surroundings
  const context = { preview: true, limits: { ...DEFAULT_LIMITS, ...limits }, tracked }
  const reading = { limits: context.limits, needs: selection.needs, now: () => 0 }
  const facts: Distribution[] = []
  for (const { filename, bytes, broken } of files) {
    if (broken) {
      facts.push(unreadable(filename, filename, broken))
      continue
    }
    const fact = await readDistribution({ path: filename, filename, source: bytesSource(bytes) }, reading)
    facts.push(await withRendering(fact, selection.needs))
  }
  const earlier: Distribution[] = []
  for (const { filename, bytes } of baseline)
    earlier.push(
      await readDistribution({ path: `baseline/${filename}`, filename, source: bytesSource(bytes) }, reading),
    )
  const candidates = releasesOf(earlier)
  const releases = releasesOf(facts).map(release => ({ ...release, baseline: baselineOf(release, candidates) }))
  const judged = [...facts, ...releases].map(subject => judge(subject, selection, context))
  return { findings: judged.flatMap(one => one.findings), errors: judged.flatMap(one => one.errors) }
}
