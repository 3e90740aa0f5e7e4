import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import { format } from '../../scripts/format.js'
import { checkNewRule, placeholdersIn, ruleTemplate } from '../../scripts/rule-template.js'
import { type AnyRule, rule } from '../../src/rule.js'
import { auditBuilt } from '../support/audit-built.js'

/** A source as a rule that runs. */
async function compiled(file: string, source: string): Promise<AnyRule> {
  const path = resolve(file)
  const virtual = {
    name: 'virtual',
    resolveId: (id: string) => (id === path ? path : null),
    load: (id: string) => (id === path ? source : null),
  }
  const { output } = await (await rolldown({ input: path, plugins: [virtual] })).generate()
  const url = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
  return ((await import(/* @vite-ignore */ url)) as { default: AnyRule }).default
}

describe('the file of a new rule', () => {
  const file = 'rules/metadata/my-rule-id.ts'
  const text = ruleTemplate('metadata', 'my-rule-id')

  it('is left alone by the formatter', () => expect(format(file, text)).toBe(text))

  it('has placeholders, which test/rules.test.ts finds in a rule that is not finished', () =>
    expect(placeholdersIn(text)).toHaveLength(7))

  it('is a rule that finds its bad example and passes the good one', async () => {
    const made = await compiled(file, text)
    expect(made).toMatchObject({ id: 'my-rule-id', topic: 'metadata' })
    expect(made.status, 'it runs without --preview').toBeUndefined()
    const found = async (example: AnyRule['bad']) => {
      const built = await Promise.all([example].flat().map(buildExample))
      return (await auditBuilt(built.flat(), [made])).findings.map(one => one.rule)
    }
    expect(await found(made.bad)).toEqual(['my-rule-id'])
    expect(await found(made.good)).toEqual([])
  })
})

describe('a new rule', () => {
  const renamed = rule({
    id: 'new-name',
    topic: 'wheel',
    severity: 'info',
    applies: ['wheel'],
    enforcedBy: [],
    force: 'none',
    source: '',
    url: '',
    summary: '',
    why: '',
    fix: '',
    bad: {},
    good: {},
    formerly: ['old-name'],
    *check() {},
  })
  const check = (topic: string, id: string) => () => checkNewRule(topic, id, ['wheel/new-name'], [renamed])

  it('may have a known topic and an id that is free', () => expect(check('metadata', 'my-rule-id')).not.toThrow())

  it.each([
    ['metdata', 'my-rule-id', "There is no topic 'metdata'. Did you mean 'metadata'?"],
    ['nothing-like-it', 'my-rule-id', /^There is no topic 'nothing-like-it'\. The topics are archive, contents, /],
    ['../src', 'my-rule-id', /^There is no topic/],
    ['metadata', 'My_Rule', "The id 'My_Rule' is not in kebab case"],
    ['metadata', 'new-name', 'There already is a rule with this id: rules/wheel/new-name.ts.'],
    ['metadata', 'old-name', "'old-name' is a former id of wheel/new-name; an id is never used again."],
    ['metadata', 'wheel', "'wheel' cannot be an id"],
    ['metadata', 'audit', "'audit' cannot be an id"],
  ])('cannot be %s/%s', (topic, id, message) => expect(check(topic, id)).toThrow(message))
})

it('npm run new-rule says what is wrong, and ends with status 2', () => {
  const args = ['scripts/new-rule.ts', 'metadata', 'path-absolute']
  expect(spawnSync('node_modules/.bin/tsx', args, { encoding: 'utf8' })).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'There already is a rule with this id: rules/archive/path-absolute.ts.\n',
  })
})
