import type { Given } from '../../src/python/setup-script.js'
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
    { ...withSetupScript('python_requires=(3, 9)') },
    { ...withSetupScript('package_data={"demo": "*.csv"}') },
    { ...withSetupScript('project_urls=["https://demo.dev"]') },
  ],
  good: [
    { ...withSetupScript('python_requires=">=3.9"') },
    { ...withSetupScript('classifiers={"Topic :: Software Development": True}') },
  ],
  *check(sdist) {
    const setup = isSetuptools(sdist) ? setupScript(sdist)?.setup : undefined
    if (!setup) return
    for (const [keyword, type] of TYPES) {
      const given = setup.given(keyword)
      const at = setup.keyword(keyword)
      if (!given || !at || !WRITTEN.has(given.kind) || given.kind === type || isTaken(given, keyword)) continue
      yield finding(
        { member: `${sdist.top}/setup.py`, line: at.line, column: at.column, value: keyword, mark: keyword },
        `${quote(keyword)} in setup.py is ${NAMES[given.kind]}; it must be ${NAMES[type]}.`,
        given.kind === 'text' && type === 'list' && !given.text.includes('\n')
          ? { help: `Write \`${keyword}=[${JSON.stringify(given.text)}]\`.` }
          : undefined,
      )
    }
    const data = setup.given('package_data')
    for (const [name, value] of data?.kind === 'dict' ? data.items : [])
      if (value.kind === 'text')
        yield finding(
          { member: `${sdist.top}/setup.py`, line: value.line, column: value.column, mark: value.text },
          `The patterns of ${quote(name.text)} in 'package_data' are a string; they must be a list.`,
          { help: `Write \`[${JSON.stringify(value.text)}]\`.` },
        )
  },
})

/** setuptools takes an empty string for nothing, a list of specifiers for a set of them, and the keys of a dictionary for a list. */
const isTaken = (given: Given, keyword: string) =>
  (given.kind === 'dict' && (keyword === 'packages' || keyword === 'classifiers')) ||
  (given.kind === 'text' && given.text === '') ||
  (keyword === 'python_requires' && given.kind === 'list' && given.items.every(({ kind }) => kind === 'text'))

type Kind = 'text' | 'list' | 'dict'

const NAMES: Readonly<Record<string, string>> = { text: 'a string', list: 'a list', dict: 'a dictionary' }
const WRITTEN: ReadonlySet<string> = new Set(Object.keys(NAMES))

const TYPES: readonly (readonly [keyword: string, type: Kind])[] = [
  ['packages', 'list'],
  ['classifiers', 'list'],
  ['package_data', 'dict'],
  ['project_urls', 'dict'],
  ['extras_require', 'dict'],
  ['python_requires', 'text'],
]
