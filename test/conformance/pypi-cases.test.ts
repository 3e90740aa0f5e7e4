import { describe, expect, it } from 'vitest'
import { RULES } from '../../rules/registry/index.js'
import { auditPart } from '../../src/audit.js'
import { renderOnNode } from '../../src/description/render-node.js'
import { isRefusal } from '../../src/finding.js'
import { chooseRules } from '../../src/selection.js'
import { bytesSource } from '../../src/source/source.js'
import type { Case } from './cases/case.js'
import { buildFile, CASES } from './pypi-cases.js'

const selection = chooseRules(RULES, { profile: 'pypi' })

/** The rules for which PyPI rejects the file. */
async function refusedBy(one: Case): Promise<readonly string[]> {
  const { filename, bytes } = await buildFile(one)
  const open = async () => ({ path: filename, filename, source: bytesSource(bytes) })
  const { distributions, errors } = await auditPart([open], { selection, render: renderOnNode })
  expect(errors).toEqual([])
  const findings = distributions.flatMap(file => file.findings).filter(isRefusal)
  return [...new Set(findings.map(finding => finding.rule))].sort()
}

const sections = [...new Set(CASES.map(one => one.section))]
describe.each(sections)('PyPI, %s', section => {
  it.each(CASES.filter(one => one.section === section))('$what', async one => {
    expect(await refusedBy(one)).toEqual([...one.refusedBy].sort())
  })
})

it('has a file that is taken beside those that are refused, in every part with both', () => {
  const taken = CASES.filter(one => one.refusedBy.length === 0).length
  expect(taken).toBeGreaterThan(150)
  expect(CASES.length - taken).toBeGreaterThan(200)
})

const words = (text: string) => text.toLowerCase()

it.each(RULES.filter(rule => rule.enforcedBy.includes('pypi')).map(rule => [rule.id, rule] as const))(
  "%s says PyPI's words",
  (_, rule) => {
    expect(words(rule.pypiMessage ?? '')).not.toBe('')
  },
)
