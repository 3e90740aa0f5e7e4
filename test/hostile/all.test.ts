import { describe, expect, it } from 'vitest'
import { RULES } from '../../rules/registry/index.js'
import { auditPart } from '../../src/audit.js'
import { renderOnNode } from '../../src/description/render-node.js'
import { chooseRules } from '../../src/selection.js'
import { bytesSource } from '../../src/source/source.js'
import { hostileCases, hostileMissing } from '../support/hostile.js'

// The whole audit, default rules, on every case of the generator. The largest ones are for `npm run hostile`.

const missing = hostileMissing()
const cases = hostileCases(/./, /^bomb-(?!marker|requirement|version|project|license|lying)/)
const selection = chooseRules(RULES)

describe.skipIf(missing !== undefined)(`hostile files${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  it('are there', () => expect(cases.length).toBeGreaterThan(300))

  it.each(cases.map(one => [one.case, one] as const))(
    '%s',
    async (_, { expect: expected, concept, why, file, bytes }) => {
      const open = async () => ({ path: file, filename: file, source: bytesSource(bytes) })
      const { distributions, releases, errors } = await auditPart([open], { selection, render: renderOnNode })
      expect(errors).toEqual([])
      const findings = [...distributions, ...releases].flatMap(one => one.findings)
      const shown = findings.map(({ rule, severity, message }) => `${severity}[${rule}] ${message}`)
      if (expected === 'clean')
        expect(
          shown.filter((_, i) => findings[i]?.severity !== 'info'),
          why,
        ).toEqual([])
      else if (expected === 'any-finding') expect(shown, why).not.toEqual([])
      else
        expect(
          findings.map(({ severity }) => severity),
          `${concept}: ${why}\n${shown.join('\n')}`,
        ).toContain(expected)
    },
  )
})
