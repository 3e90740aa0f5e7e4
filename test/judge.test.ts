import { describe, expect, it } from 'vitest'
import { buildWheel } from '../fixtures/build.js'
import nameInvalid from '../rules/metadata/name-invalid.js'
import { finding, rule } from '../src/rule.js'
import type { Choice } from '../src/selection.js'
import { auditBuilt } from './support/audit-built.js'
import { TEST_RULE } from './support/test-rule.js'

const base = { ...TEST_RULE, applies: ['wheel'] } as const

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

it('says what breaks of what the rule itself calls an error', async () => {
  const breaking = rule({
    ...base,
    id: 'breaking',
    breaks: 'The import fails.',
    *check() {
      yield finding({ member: 'a' }, 'an error')
      yield finding({ member: 'b' }, 'another error', { breaks: 'The build fails.' })
      yield finding({ member: 'c' }, 'a warning', { severity: 'warning' })
    },
  })
  const wheel = await buildWheel({})
  const broken = async (choice: Choice) =>
    (await auditBuilt([wheel], [breaking], {}, {}, choice)).findings.map(one => one.breaks)
  expect(await broken({})).toEqual(['The import fails.', 'The build fails.', undefined])
  expect(await broken({ severity: { breaking: 'error' } })).toEqual([
    'The import fails.',
    'The build fails.',
    undefined,
  ])
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

/** Notes first, then a warning and an error, and notes again. */
const mixed = rule({
  ...base,
  id: 'mixes',
  *check() {
    for (let i = 0; i < 1500; i++) {
      const severity = i === 120 ? 'warning' : i === 121 ? 'error' : 'info'
      yield finding({ member: `m${i}` }, `number ${i}`, { severity })
    }
  },
})

const shownLast = async (rules: Parameters<typeof auditBuilt>[1], limits = {}) => {
  const { findings } = await auditBuilt([await buildWheel({})], rules, limits)
  return { findings, last: findings.at(-1) }
}

describe('a rule that finds much', () => {
  it('is cut at the limit, and the rest is counted at the end', async () => {
    const { findings, last } = await shownLast([talking])
    expect(findings).toHaveLength(101)
    expect(last).toMatchObject({ rule: 'talks', severity: 'error', message: '150 more like this.' })
  })

  it('is cut at another limit when told so', async () => {
    expect((await shownLast([talking], { findingsPerRule: 3 })).findings).toHaveLength(4)
  })

  it('keeps the worst, and counts the rest as severe as the worst of it', async () => {
    const { findings, last } = await shownLast([mixed])
    expect(findings.map(one => one.severity).slice(0, 3)).toEqual(['error', 'warning', 'info'])
    expect(findings).toHaveLength(101)
    expect(last).toMatchObject({ severity: 'info', message: '1,400 more like this.' })
  })

  it('counts an error that is cut as an error, behind the other errors', async () => {
    const { findings } = await shownLast([talking, mixed], { findingsPerRule: 1 })
    expect(findings.map(({ rule, severity, message }) => `${severity} ${rule} ${message}`)).toEqual([
      'error talks number 0',
      'error mixes number 121',
      'error talks 249 more like this.',
      'warning mixes 1,499 more like this.',
    ])
  })

  it('still says who refuses the file when that is cut', async () => {
    const refused = rule({
      ...base,
      id: 'refused',
      enforcedBy: ['pypi'],
      *check() {
        yield finding({ member: 'a' }, 'not refused', { enforcedBy: [] })
        yield finding({ member: 'b' }, 'refused')
      },
    })
    expect((await shownLast([refused], { findingsPerRule: 1 })).last?.enforcedBy).toEqual(['pypi'])
  })
})

it('shows a strict case of a rule with the profile, or where the rule is selected by name', async () => {
  const partly = rule({
    ...base,
    id: 'partly-strict',
    *check() {
      yield finding({ member: 'a' }, 'always')
      yield finding({ member: 'b' }, 'strict', { strict: true })
    },
  })
  const shown = async (choice: Choice) =>
    (await auditBuilt([await buildWheel({})], [partly], {}, {}, choice)).findings.map(one => one.message)
  expect(await shown({ profile: 'default' })).toEqual(['always'])
  expect(await shown({ profile: 'default', select: ['metadata'] })).toEqual(['always'])
  expect(await shown({ profile: 'default', select: ['partly-strict'] })).toEqual(['always', 'strict'])
  expect(await shown({ profile: 'strict' })).toEqual(['always', 'strict'])
})
