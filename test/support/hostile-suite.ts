import { describe, expect, it } from 'vitest'
import { RULES } from '../../rules/registry/index.js'
import type { Topic } from '../../src/rule.js'
import { auditBuilt } from './audit-built.js'
import { hostileCases, hostileMissing } from './hostile.js'

interface Suite {
  /** Only these rules run. */
  readonly topics: readonly Topic[]
  /** Names of the generator's cases. */
  readonly wanted: RegExp
  /** There are more than this. */
  readonly count: number
  /** Rules that see what a case of this concept does: one of them must speak. */
  readonly rulesOf: Readonly<Record<string, readonly string[]>>
}

/** Each case of the generator gives what its manifest says; what only looks like one gives nothing above info. */
export function hostileSuite(title: string, { topics, wanted, count, rulesOf }: Suite): void {
  const missing = hostileMissing()
  const cases = hostileCases(wanted, /^$/)
  describe.skipIf(missing !== undefined)(`${title}${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
    const rules = RULES.filter(rule => topics.includes(rule.topic))
    it('are there', () => expect(cases.length).toBeGreaterThan(count))

    it.each(cases.map(one => [one.case, one] as const))(
      '%s',
      async (_, { concept, expect: expected, why, file, bytes }) => {
        const { findings, errors } = await auditBuilt([{ filename: file, bytes }], rules)
        expect(errors).toEqual([])
        const shown = findings.map(({ rule, severity, message }) => `${severity}[${rule}] ${message}`)
        if (expected === 'clean') {
          const serious = shown.filter((_, i) => findings[i]?.severity !== 'info')
          expect(serious, why).toEqual([])
          return
        }
        const about = findings.filter(({ rule }) => rulesOf[concept]?.includes(rule))
        expect(about, `${concept}: ${why}\n${shown.join('\n')}`).not.toEqual([])
        if (expected !== 'any-finding') expect(about.map(({ severity }) => severity)).toContain(expected)
      },
      20_000,
    )
  })
}
