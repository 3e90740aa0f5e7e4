import type { Place } from '../../src/finding.js'
import type { Given, SetupScript, Written } from '../../src/python/setup-script.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { setupScript } from '../../src/views/setup-files.js'
import { STOPS_OR_REFUSED, withSetupScript } from './_backends.js'

export default rule({
  id: 'setup-keyword-type',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools documentation, "Keywords"',
  url: 'https://setuptools.pypa.io/en/latest/references/keywords.html',
  summary: 'A keyword of `setup()` has a value of the wrong type.',
  why: 'setuptools stops with an error. Where it wants a list and gets a string, it takes each character for an item.',
  breaks: STOPS_OR_REFUSED,
  fix: 'Write the value in setup.py as the type that setuptools expects.',
  byHand: 'setup.py is a program, which `fix` does not change.',
  bad: [
    {
      ...withSetupScript(
        'install_requires=[b"six"], extras_require={"fast": None}, package_data={"demo": [b"*.txt"]}, platforms=-1, url=-1',
      ),
    },
    { ...withSetupScript('python_requires=(3, 9)') },
    { ...withSetupScript('package_data={"demo": "*.csv"}') },
    { ...withSetupScript('project_urls=["https://demo.dev"]') },
    { ...withSetupScript('include_package_data="True"') },
    { ...withSetupScript('author_email=["ann@demo.dev"]') },
    { ...withSetupScript('install_requires={"attrs": ">=23"}') },
    { ...withSetupScript('author=["Ann", "Bob"]') },
    { ...withSetupScript('python_requires=3.10') },
    { ...withSetupScript('install_requires=["attrs>=23", None]') },
    { ...withSetupScript('entry_points={"console_scripts": [("demo", "demo:main")]}') },
  ],
  good: [
    { ...withSetupScript('python_requires=">=3.9"') },
    { ...withSetupScript('license=False, long_description=False, entry_points={"demo": [["one=demo"]]}') },
    { ...withSetupScript('classifiers={"Topic :: Software Development": True}') },
    { ...withSetupScript('author_email=[], url=(), entry_points={"console_scripts": {}}') },
    { ...withSetupScript('extras_require={name: [name] for name in ["fast", "slow"]}') },
  ],
  *check(sdist) {
    const setup = isSetuptools(sdist) ? setupScript(sdist)?.setup : undefined
    if (!setup) return
    const member = `${sdist.top}/setup.py`
    for (const [keyword, types] of TYPES) {
      const given = setup.given(keyword)
      const at = setup.valueAt(keyword)
      if (
        !given ||
        !at ||
        !WRITTEN.has(given.kind) ||
        types.some(type => type === given.kind) ||
        isTaken(given, keyword, types)
      )
        continue
      const text = given.kind === 'text' && !given.text.includes('\n') ? given.text : undefined
      yield finding(
        placeOf(member, given, at),
        `${quote(keyword)} in setup.py is ${nameOf(given)}; it must be ${types.map(type => NAMES[type]).join(' or ')}.`,
        {
          subject: keyword,
          ...(ACCEPTED.has(keyword) && (given.kind !== 'literal' || PEOPLE.has(keyword)) && { severity: 'warning' }),
          ...(text !== undefined && types[0] === 'list' && { help: `Write \`${keyword}=[${JSON.stringify(text)}]\`.` }),
          ...(given.kind === 'literal' &&
            types[0] === 'text' &&
            /^\d/.test(given.text) && {
              help: `Write \`${keyword}="${keyword === 'python_requires' ? '>=' : ''}${given.text}"\`.`,
            }),
          ...(text !== undefined && keyword === 'package_dir' && { help: `Write \`package_dir={"": "${text}"}\`.` }),
          ...(text !== undefined &&
            types[0] === 'boolean' &&
            /^(?:true|false)$/i.test(text) && {
              help: `Write \`${keyword}=${/^t/i.test(text) ? 'True' : 'False'}\`.`,
            }),
        },
      )
    }
    for (const { what, given, at } of parts(setup)) {
      if (given.kind === 'text' || given.kind === 'unknown' || given.kind === 'content') continue
      yield finding(placeOf(member, given, at), `${what} is ${nameOf(given)}; it must be a string.`, {
        help:
          given.kind === 'literal' && /^[NTF]/.test(given.text) ? 'Remove it, or write a string.' : 'Write a string.',
        subject: what,
      })
    }
    const groups = setup.given('entry_points')
    for (const [name, value] of groups?.kind === 'dict' ? groups.items : [])
      if (value.kind === 'dict' && value.items.length > 0)
        yield finding(
          { member, line: name.line, column: name.column, mark: name.mark ?? name.text },
          `The entry points of ${quote(name.text)} are a dictionary; they must be a list of strings.`,
          { help: `Write \`${JSON.stringify(name.text)}: ["name = module:function"]\`.` },
        )
    const extras = setup.given('extras_require')
    for (const [name, value] of extras?.kind === 'dict' ? extras.items : [])
      if (value.kind === 'literal')
        yield finding(
          { member, line: value.line, column: value.column, mark: value.text },
          `The requirements of the extra ${quote(name.text)} are ${nameOf(value)}; they must be a list or a string.`,
          { help: 'Write `[]` for an extra without requirements.' },
        )
    const data = setup.given('package_data')
    for (const [name, value] of data?.kind === 'dict' ? data.items : [])
      if (value.kind === 'text')
        yield finding(
          { member, line: value.line, column: value.column, mark: value.text },
          `The patterns of ${quote(name.text)} in 'package_data' are a string; they must be a list.`,
          { help: `Write \`[${JSON.stringify(value.text)}]\`.` },
        )
  },
})

type Setup = NonNullable<SetupScript['setup']>

/** A value at its place, or where the nearest one that has a place begins. */
function placeOf(member: string, given: Given, { line, column }: Pick<Written, 'line' | 'column'>): Place {
  const said = given.kind === 'list' ? given.items.find(({ kind }) => kind === 'text' || kind === 'literal') : given
  return said?.kind === 'text' || said?.kind === 'literal'
    ? { member, line: said.line, column: said.column, mark: said.mark ?? said.text.split('\n', 1)[0] }
    : { member, line, column, mark: '' }
}

interface Part {
  readonly what: string
  readonly given: Given
  readonly at: Pick<Written, 'line' | 'column'>
}

/** What has to be a string in lists and dictionaries; setuptools flattens lists of requirements. */
function* parts(setup: Setup): Generator<Part> {
  const itemsOf = function* (what: string, given: Given | undefined, at: Part['at'] | undefined, isFlat: boolean) {
    let last = at
    for (const item of given?.kind === 'list' ? given.items : []) {
      if (item.kind === 'text' || item.kind === 'literal') last = item
      if (last && (isFlat ? item.kind === 'literal' : WRITTEN.has(item.kind))) yield { what, given: item, at: last }
    }
  }
  for (const keyword of ['classifiers', 'keywords', 'packages', 'py_modules', 'scripts', 'license_files'])
    yield* itemsOf(`An item of ${quote(keyword)}`, setup.given(keyword), setup.valueAt(keyword), false)
  yield* itemsOf(
    "A requirement in 'install_requires'",
    setup.given('install_requires'),
    setup.valueAt('install_requires'),
    true,
  )
  for (const [keyword, of, isFlat] of [
    ['extras_require', 'A requirement of the extra', true],
    ['entry_points', 'An entry point of', false],
    ['package_data', 'A pattern of', false],
  ] as const) {
    const given = setup.given(keyword)
    for (const [name, value] of given?.kind === 'dict' ? given.items : [])
      for (const part of itemsOf(`${of} ${quote(name.text)}`, value, name, isFlat))
        if (!isOfLines(part.given)) yield part
  }
  for (const [keyword, what] of [
    ['project_urls', 'The URL of'],
    ['package_dir', 'The folder of'],
  ] as const) {
    const given = setup.given(keyword)
    for (const [name, value] of given?.kind === 'dict' ? given.items : [])
      yield { what: `${what} ${quote(name.text)} in ${quote(keyword)}`, given: value, at: name }
  }
}

/** A list of entry points in a list, which setuptools flattens, and not a pair of name and value. */
const isOfLines = (given: Given): boolean =>
  given.kind === 'list' && given.items.every(item => item.kind !== 'text' || item.text.includes('='))

/** setuptools takes an empty value for nothing, and the keys of a dictionary for a list. */
const isTaken = (given: Given, keyword: string, [type]: readonly Kind[]) =>
  (given.kind === 'dict' && type === 'list' && (keyword !== 'install_requires' || given.items.length === 0)) ||
  (given.kind === 'text' && given.text === '' && type !== 'boolean') ||
  // A number of a version is read as text, and `None` is nothing.
  (given.kind === 'literal' &&
    (type === 'boolean' ||
      given.text === 'None' ||
      (keyword === 'version' && /^\d/.test(given.text)) ||
      (OPTIONAL.has(keyword) && (given.text === 'False' || given.text === '0')))) ||
  (type === 'text' && keyword !== 'version' && 'items' in given && given.items.length === 0)

/** Keywords of which PyPI accepts any text: that of a list, with its brackets, or the names of requirements without their versions. */
const ACCEPTED: ReadonlySet<string> = new Set(['description', 'author', 'maintainer', 'install_requires'])

/** Of these, what is false is nothing. */
const OPTIONAL: ReadonlySet<string> = new Set(['description', 'long_description', 'license'])

/** Of these, a number is written as text. */
const PEOPLE: ReadonlySet<string> = new Set(['author', 'maintainer'])

type Kind = 'text' | 'list' | 'dict' | 'boolean'

const NAMES: Readonly<Record<string, string>> = {
  text: 'a string',
  list: 'a list',
  dict: 'a dictionary',
  boolean: '`True` or `False`',
  literal: 'a number',
}
const WRITTEN: ReadonlySet<string> = new Set(Object.keys(NAMES))
const nameOf = (given: Given) =>
  given.kind === 'literal' && !/^\d/.test(given.text)
    ? `\`${given.text}\``
    : given.kind === 'list' && given.form !== undefined
      ? `a ${given.form}`
      : NAMES[given.kind]

const TYPES: readonly (readonly [keyword: string, types: readonly Kind[]])[] = [
  ['packages', ['list']],
  ['classifiers', ['list']],
  ['scripts', ['list']],
  ['install_requires', ['list', 'text']],
  ['package_data', ['dict']],
  ['package_dir', ['dict']],
  ['project_urls', ['dict']],
  ['extras_require', ['dict']],
  ['entry_points', ['dict', 'text']],
  ['include_package_data', ['boolean']],
  ['zip_safe', ['boolean']],
  ...[
    'python_requires',
    'name',
    'version',
    'description',
    'long_description',
    'author',
    'author_email',
    'maintainer',
    'maintainer_email',
    'license',
    'url',
  ].map((keyword): readonly [string, readonly Kind[]] => [keyword, ['text']]),
]
