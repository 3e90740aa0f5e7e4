import { describe, expect, it } from 'vitest'
import { RULES } from '../../rules/registry/index.js'
import { readFolder } from '../../src/project/folder.js'
import { homesOf } from '../../src/project/homes.js'
import { fixText } from '../../src/rule.js'
import { ADVICE_CASES, type AdviceCase, badProject, goodProject } from './cases.js'
import { CORE_FIELD, type Fields, STYLES, type Style, sourceTree } from './projects.js'
import { byCase } from './recorded.js'

const recorded = byCase()
const cases = ADVICE_CASES.flatMap((one, index) =>
  (one.styles ?? STYLES).map(style => ({ key: `${index} ${one.rule} ${style}`, one, style })),
)
const ABOUT_PROJECT = /\[project|pyproject|setup\.(?:py|cfg)|build-system|\[tool/

describe('advice about a project', () => {
  it('is followed in sample projects, or the rule says why a person has to', () => {
    const followed = new Set(ADVICE_CASES.map(({ rule }) => rule))
    const about = RULES.filter(
      one => typeof one.fix === 'function' || one.topic === 'pyproject' || ABOUT_PROJECT.test(fixText(one)),
    )
    const neither = about.filter(({ id, byHand }) => !followed.has(id) && byHand === undefined)
    const both = RULES.filter(({ id, byHand }) => followed.has(id) && byHand !== undefined)
    expect([neither, both].map(list => list.map(({ id }) => id))).toEqual([[], []])
  })

  // `npm run advice` builds them: each one recorded was built after the advice, and the finding was gone.
  it('is recorded for every project', () => {
    expect(cases.filter(({ key }) => !recorded.has(key)).map(({ key }) => key)).toEqual([])
    expect(recorded.size).toBe(cases.length)
  })

  // What is found in pyproject.toml itself points to the key.
  const inMetadata = new Set(RULES.filter(({ topic }) => topic !== 'pyproject').map(({ id }) => id))
  const told = cases.filter(({ key, one }) => recorded.get(key)?.help !== undefined && inMetadata.has(one.rule))
  it.each(told.map(({ key, one, style }) => [key, one, style] as const))(
    'names what to change: %s',
    (key, one, style) => {
      const { help = '' } = recorded.get(key) ?? {}
      const homes = homesOf({ folder: readFolder(sourceTree(style, badProject(one)), ''), backend: undefined })
      const after = [...sourceTree(style, goodProject(one, style))].map(([, text]) => text).join('\n')
      for (const field of changed(one, style)) {
        const key = homes.home(CORE_FIELD[field] ?? '')?.path.at(-1) ?? ''
        expect(help).toMatch(new RegExp(`[\`.]${key}(?:\`| ?=|\\])|License ::`))
      }
      for (const [, setting = ''] of help.matchAll(/`([\w-]+ ?= ?[^`…]+)`/g))
        expect(flat(after)).toContain(flat(setting))
    },
  )
})

/** Without what is a matter of style: lists over several lines. */
const flat = (text: string) => text.replace(/,(?=\s*\])/g, '').replace(/\s+/g, '')

/** The fields that the advice has to name: those that it changes. */
const changed = (one: AdviceCase, style: Style): readonly (keyof Fields)[] => {
  const [bad, good] = [badProject(one), goodProject(one, style)]
  return (Object.keys(CORE_FIELD) as (keyof Fields)[]).filter(
    field => JSON.stringify(bad[field]) !== JSON.stringify(good[field]),
  )
}
