import { describe, expect, it } from 'vitest'
import { buildWheel } from '../fixtures/build.js'
import nameInvalid from '../rules/metadata/name-invalid.js'
import { finding, rule } from '../src/rule.js'
import { auditBuilt } from './support/audit-built.js'

const base = {
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Test',
  url: 'https://example.org/',
  summary: 'A test.',
  why: 'A test.',
  fix: 'A test.',
  bad: { wheel: {} },
  good: { wheel: {} },
} as const

const throwing = rule({
  ...base,
  id: 'throws',
  *check(wheel) {
    yield finding({ member: 'a' }, 'before the fault')
    throw new TypeError(`no ${wheel.filename}`)
  },
})

const talking = rule({
  ...base,
  id: 'talks',
  *check() {
    for (let i = 0; i < 250; i++) yield finding({ member: `m${i}` }, `number ${i}`)
  },
})

describe('a rule that throws', () => {
  it('is told with its id, and every other result stays', async () => {
    const wheel = await buildWheel({ metadata: { Name: '-demo-' } })
    const { findings, errors } = await auditBuilt([wheel], [throwing, nameInvalid])
    expect(errors).toMatchObject([{ rule: 'throws', path: wheel.filename, message: `no ${wheel.filename}` }])
    expect(findings.map(one => one.rule)).toContain('name-invalid')
    expect(findings.map(one => one.message)).toContain('before the fault')
  })
})

describe('a rule that finds much', () => {
  it('is cut at the limit, and the rest is counted', async () => {
    const { findings } = await auditBuilt([await buildWheel({})], [talking])
    expect(findings).toHaveLength(101)
    expect(findings.map(one => one.message)).toContain('The same fault occurs 150 more times in this file.')
  })

  it('is cut at another limit when told so', async () => {
    const { findings } = await auditBuilt([await buildWheel({})], [talking], { findingsPerRule: 3 })
    expect(findings).toHaveLength(4)
  })
})
