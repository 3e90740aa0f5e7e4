// Checks the language of distaudit: American spelling, plain words, short sentences, in everything that people read.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RULES } from '../rules/registry/index.js'
import { COMMANDS } from '../src/cli/commands.js'
import { OPTIONS } from '../src/cli/options.js'
import { CONFIG_KEYS, type Key } from '../src/config/keys.js'
import { adviceText } from '../src/rule.js'
import { problemsOf, proseOf, type Text } from './support/words.js'

/** Folders whose comments are checked. */
const COMMENTS = ['rules', 'src', 'scripts', 'test']

/** The most words in a sentence. */
const MESSAGE = 35
const PAGE = 40

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs').flatMap(name => (name.endsWith('.md') ? [`docs/${name}`] : [])),
]

const read = (path: string) => readFileSync(path, 'utf8')

/** Source files with comments of ours: no data, nothing generated. */
const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter(path => /\.(?:ts|cjs)$/.test(path) && !/^(?:src\/data|rules\/registry)\//.test(path))

/** The problems of many texts, as lines that name the text. */
const problems = (texts: readonly Text[], most: number): readonly string[] =>
  texts.flatMap(({ where, text }) => problemsOf(text, most).map(problem => `${where}: ${problem}`))

const keyTexts = (keys: readonly Key[], prefix = ''): Text[] =>
  keys.flatMap(({ name, type, help }) => [
    { where: prefix + name, text: help },
    ...(type.kind === 'table' || type.kind === 'tables' ? keyTexts(type.keys, `${prefix}${name}.`) : []),
  ])

/** What distaudit prints for the examples of a rule, without the lines of the files. */
function printed(id: string): Text[] {
  const lines = read(`docs/rules/${id}.md`).split('\n')
  return lines.flatMap((line, index) => {
    const message = /^(?:error|warning|info)\[[^\]]+\]: (.*)$/.exec(line)?.[1] ?? /^ {3,}= fix: (.*)$/.exec(line)?.[1]
    return message === undefined ? [] : [{ where: `docs/rules/${id}.md:${index + 1}`, text: message }]
  })
}

describe('the language', () => {
  it('of rules is plain', () => {
    const texts = RULES.flatMap(({ id, summary, why, fix, breaks = '' }) =>
      Object.entries({ summary, why, fix: adviceText(fix), breaks }).map(([key, text]) => ({
        where: `${id} ${key}`,
        text,
      })),
    )
    expect(problems(texts, MESSAGE)).toEqual([])
  })

  it('of messages is plain', () => {
    expect(
      problems(
        RULES.flatMap(({ id }) => printed(id)),
        MESSAGE,
      ),
    ).toEqual([])
  })

  it('of the help and the configuration is plain', () => {
    const help = [...OPTIONS, ...COMMANDS].map(row => ({ where: row.name, text: row.help }))
    expect(problems([...help, ...keyTexts(CONFIG_KEYS)], MESSAGE)).toEqual([])
  })

  it.each(pages)('of %s is plain', page => {
    expect(problems(proseOf(page, read(page)), PAGE)).toEqual([])
  })

  it.each(COMMENTS)('of the comments in %s/ is plain', folder => {
    const texts = sources(folder).flatMap(path => proseOf(path, read(path)))
    expect(problems(texts, Number.POSITIVE_INFINITY)).toEqual([])
  })
})

describe('the check of the language', () => {
  it.each([
    ['The licence is missing.', 'licence'],
    ['The file has not a header.', 'has not'],
    ['This is no wheel.', 'is no'],
    ['It is a sdist.', 'a sdist'],
    ['It is an wheel.', 'an wheel'],
    ['It is is here.', 'is is'],
    ['The wheel lacks a file.', 'lacks'],
    [`${'word '.repeat(40)}end.`, '41 words'],
  ])('finds what is wrong in %j', (text, problem) => {
    expect(problemsOf(text, MESSAGE).join()).toContain(problem)
  })

  it.each([
    "'licence' is a file of the wheel.",
    'Run `mend` first.',
    'The license has not been read, and no longer matters.',
    'It is an sdist, an hour old, with a unique name.',
  ])('takes %j', text => {
    expect(problemsOf(text, MESSAGE)).toEqual([])
  })
})
