import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildExample, buildSurroundings } from '../fixtures/build.js'
import { ruleFiles } from '../scripts/generate-registry.js'
import { placeholdersIn } from '../scripts/rule-template.js'
import type { Example } from '../src/example.js'
import { type Finding, isRefusal } from '../src/finding.js'
import { type AnyRule, fixText } from '../src/rule.js'
import type { Choice } from '../src/selection.js'
import { auditBuilt } from './support/audit-built.js'

const files = ruleFiles()
const rules = await Promise.all(
  files.map(async file => {
    const url = new URL(`../rules/${file}.ts`, import.meta.url).href
    return ((await import(/* @vite-ignore */ url)) as { default: AnyRule }).default
  }),
)

/** The fields of a rule, as src/rule.ts has them. */
const [, declared = ''] =
  /^export interface Rule<.*\n([\s\S]*?)\n}/m.exec(readFileSync(new URL('../src/rule.ts', import.meta.url), 'utf8')) ??
  []
const FIELDS = [...declared.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map(([, name]) => name)

const audited = async (example: Example, choice: Choice = {}) =>
  auditBuilt(await buildExample(example), rules, {}, await buildSurroundings(example), choice)

const listOf = (examples: Example | readonly Example[]) => [examples].flat() as readonly Example[]

const shown = (findings: readonly { rule: string; severity: string; message: string }[]) =>
  findings.map(({ rule, severity, message }) => `${severity}[${rule}] ${message}`)

/** What is marked is written where the finding points, as far as its line is shown. */
function misplaced({ location, snippet }: Finding): string | undefined {
  const { column, value, mark = value } = location
  if (column === undefined || mark === undefined || snippet === undefined || column > snippet.length + 1)
    return undefined
  const [first = ''] = mark.split(/\r\n|\r|\n/, 1)
  const shown = first.slice(0, Math.max(0, snippet.length - column + 1))
  return snippet.startsWith(shown, column - 1) ? undefined : `'${mark}' is not at column ${column} of '${snippet}'`
}

describe.each(rules.map((rule, i) => ({ rule, file: files[i] ?? '' })))('$file', ({ rule, file }) => {
  it('is filed under its topic and id', () => {
    expect(`${rule.topic}/${rule.id}`).toBe(file)
  })

  it('has its fields in the order of all rules', () => {
    expect(Object.keys(rule)).toEqual(FIELDS.filter(name => name !== undefined && Object.hasOwn(rule, name)))
  })

  it('says what, why, how to fix, and by which text', () => {
    for (const text of [rule.summary, rule.why, fixText(rule)]) expect(text).toMatch(/^\S.*[.?)]$/su)
    const source = readFileSync(new URL(`../rules/${file}.ts`, import.meta.url), 'utf8')
    expect(placeholdersIn(source), 'what `npm run new-rule` wrote is still there').toEqual([])
    expect(rule.source).not.toBe('')
    expect(rule.url).toMatch(/^https:\/\//)
    expect(rule.precision === 'medium' && rule.severity === 'error', 'a guess is never an error').toBe(false)
    if (rule.breaks !== undefined) expect(rule.breaks).toMatch(/^\S.*\.$/su)
  })

  it('is an error only where somebody refuses it or it breaks', () => {
    if (rule.severity !== 'error' || rule.enforcedBy.length > 0) return
    expect(rule.breaks).toBeDefined()
  })

  it.each(listOf(rule.bad).map((example, i) => [i + 1, example] as const))(
    'finds the fault of bad example %i',
    async (_, example) => {
      const { findings, errors } = await audited(example)
      expect(errors).toEqual([])
      const own = findings.filter(finding => finding.rule === rule.id)
      expect(own, shown(findings).join('\n')).not.toEqual([])
      for (const finding of own) {
        expect(misplaced(finding), finding.message).toBeUndefined()
        const { member, line, offset } = finding.location
        if (rule.topic === 'archive' && member !== undefined)
          expect(line ?? offset, 'where in the archive').toBeDefined()
        expect(rule.enforcedBy).toEqual(expect.arrayContaining([...finding.enforcedBy]))
        if (finding.severity === 'error')
          expect([...finding.enforcedBy, finding.breaks ?? ''].join(''), finding.message).not.toBe('')
        if (isRefusal(finding)) expect(finding.severity, 'what stops an upload is an error').toBe('error')
      }
      const others = findings.filter(
        ({ severity, rule: id }) => severity === 'error' && id !== rule.id && !example.alsoGives?.includes(id),
      )
      expect(shown(others)).toEqual([])
      const given = new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule: id }) => id))
      expect(
        example.alsoGives?.filter(id => !given.has(id)) ?? [],
        '`alsoGives` names rules that find nothing',
      ).toEqual([])
      const alone = await audited(example, { select: [rule.id] })
      expect(alone.findings, 'selected alone it finds the same').toEqual(own)
    },
  )

  it.each(listOf(rule.good).map((example, i) => [i + 1, example] as const))(
    'passes good example %i',
    async (_, example) => {
      const { findings, errors } = await audited(example)
      expect(errors).toEqual([])
      const faults = findings.filter(
        ({ rule: id, severity }) => id === rule.id || (severity === 'error' && !example.alsoGives?.includes(id)),
      )
      expect(shown(faults)).toEqual([])
    },
  )
})

it('gives each id and each former id to one rule', () => {
  const ids = rules.flatMap(rule => [rule.id, ...(rule.formerly ?? [])])
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
})
