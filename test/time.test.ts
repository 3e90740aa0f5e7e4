/** The time for one file ends whatever keeps it busy: a loop of a rule, a reader, or a source that gives no answer. */
import { describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../fixtures/build.js'
import archiveLimit from '../rules/archive/archive-limit.js'
import { type AuditOptions, auditPart } from '../src/audit.js'
import { renderOnNode } from '../src/description/render-node.js'
import { audit, bytesSource } from '../src/index.js'
import { type AnyRule, finding, rule } from '../src/rule.js'
import { within } from '../src/runtime.js'
import { chooseRules } from '../src/selection.js'
import { ENDLESS, timeUntil } from '../src/time.js'
import { TEST_RULE } from './support/test-rule.js'

const base = { ...TEST_RULE, applies: ['wheel', 'release'] } as const

const says = (id: string) =>
  rule({
    ...base,
    id,
    *check() {
      yield finding(undefined, id)
    },
  })

/** Ways to keep the thread busy; none of them ends by itself. */
const BUSY: Readonly<Record<string, () => void>> = {
  'a loop': () => {
    for (;;);
  },
  'a regular expression': () => void /^(?:a+)+$/.test(`${'a'.repeat(50)}b`),
  'a loop that catches what it can': () => {
    for (;;)
      try {
        for (;;);
      } finally {
      }
  },
}

const slow = (busy: () => void) =>
  rule({
    ...base,
    id: 'slow',
    *check() {
      yield finding(undefined, 'found before')
      busy()
    },
  })

const SECONDS = 1

async function auditWith(rules: readonly AnyRule[], more: Partial<AuditOptions> = {}) {
  const files = [await buildWheel({}), await buildSdist({})]
  const open = (file: (typeof files)[number]) => async () => ({
    path: file.filename,
    filename: file.filename,
    source: bytesSource(file.bytes),
  })
  return auditPart(files.map(open), {
    selection: chooseRules(rules, {}),
    render: renderOnNode,
    limits: { seconds: SECONDS },
    ...more,
  })
}

const messages = (list: readonly { readonly findings: readonly { readonly message: string }[] }[]) =>
  list.flatMap(one => one.findings.map(({ message }) => message))

describe.each(Object.entries(BUSY))('%s', (_, busy) => {
  it('in a rule ends that rule alone', async () => {
    const found = await auditWith([says('first'), slow(busy), says('behind'), archiveLimit])
    expect(found.errors).toEqual([])
    const told = expect.stringMatching(
      /^Checking the file took longer than the limit of .* This rule did not finish: 'slow'\./,
    )
    expect(messages(found.distributions)).toEqual(expect.arrayContaining(['first', 'found before', 'behind', told]))
    expect(messages(found.releases)).toEqual(expect.arrayContaining(['found before', told]))
  })
})

it('tells of a rule that was ended also where no rule is chosen that does', async () => {
  const { errors } = await auditWith([slow(BUSY['a loop']!)])
  expect(errors).toContainEqual(
    expect.objectContaining({ rule: 'slow', message: expect.stringContaining('did not finish') }),
  )
})

describe('a source that gives no answer', () => {
  const never = () => new Promise<never>(() => {})

  it('is a finding of that file alone', async () => {
    const { filename, bytes } = await buildWheel({})
    const report = await audit(
      [
        { name: filename, source: { size: bytes.length, read: never } },
        { name: 'other-1.0-py3-none-any.whl', source: { ...bytesSource(bytes), close: never } },
      ],
      { limits: { seconds: SECONDS } },
    )
    expect(report.internalErrors).toBeUndefined()
    const [first, second] = report.distributions
    expect(first?.findings.map(one => one.message)).toContainEqual(
      expect.stringContaining('it did not answer within the time limit'),
    )
    expect(second?.kind).toBe('wheel')
  })
})

describe('work within a time', () => {
  it('gives its value, and what it throws', () => {
    expect(within(1000, () => 'done')).toEqual({ value: 'done' })
    expect(within(1000, () => undefined)).toEqual({ value: undefined })
    expect(() =>
      within(1000, () => {
        throw new RangeError('thrown')
      }),
    ).toThrow(RangeError)
  })

  it('is ended alone where it lies in other work', () => {
    expect(within(10_000, () => [within(20, BUSY['a loop']!), 'goes on'])).toEqual({ value: [undefined, 'goes on'] })
  })

  it('takes half of what is left, and is not begun when nothing is', () => {
    let now = 0
    const time = timeUntil(1000, () => now)
    expect(time.left()).toBe(1000)
    expect(time.spend(() => 1)).toEqual({ value: 1 })
    now = 2000
    expect(time.left()).toBe(0)
    expect(time.spend(() => 1)).toBeUndefined()
    expect(ENDLESS.spend(() => 1)).toEqual({ value: 1 })
  })
})
