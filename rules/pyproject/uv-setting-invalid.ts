import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entries, isList, isTable, kindOf } from '../../src/views/pyproject.js'
import { list } from '../../src/wording.js'
import { hinter } from '../shared/hints.js'
import { builtWith, DEMO } from './_backends.js'

/** Keys of `[tool.uv]` with one type alone. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['package', 'a boolean'],
  ['managed', 'a boolean'],
  ['dev-dependencies', 'an array'],
  ['constraint-dependencies', 'an array'],
  ['override-dependencies', 'an array'],
  ['index', 'an array'],
  ['sources', 'a table'],
  ['workspace', 'a table'],
])

/** What a source is, and what goes with it. */
const KINDS = ['git', 'url', 'path', 'index', 'workspace']
const SOURCE_KEYS = [
  ...KINDS,
  ...['subdirectory', 'rev', 'tag', 'branch', 'lfs', 'editable', 'package', 'marker', 'extra', 'group'],
]
/** `` `git`, `url` or `path` `` */
const either = (keys: readonly string[]): string =>
  `${keys
    .slice(0, -1)
    .map(key => `\`${key}\``)
    .join(', ')} or \`${keys.at(-1)}\``
const REVISIONS = ['rev', 'tag', 'branch']

const project = (lines: string) => `${builtWith('hatchling', DEMO, 'dependencies = ["attrs>=23"]')}\n${lines}\n`

export default rule({
  id: 'uv-setting-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['source-tree'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'uv documentation, "Settings"',
  url: 'https://docs.astral.sh/uv/reference/settings/',
  summary: '`[tool.uv]` contains a value that uv cannot read.',
  why: '`uv sync`, `uv lock` and `uv pip install .` stop with an error. `uv build` and other frontends do not read the table.',
  fix: 'Correct the value.',
  byHand: 'Only a person knows which source is meant.',
  bad: [
    { tree: { pyproject: project('[tool.uv]\npackage = "true"') } },
    { tree: { pyproject: project('[tool.uv.sources]\nattrs = { gti = "https://github.com/python-attrs/attrs" }') } },
    { tree: { pyproject: project('[tool.uv.sources]\nattrs = "../attrs"') } },
    { tree: { pyproject: project('[tool.uv.sources]\nattrs = { editable = true }') } },
    {
      tree: {
        pyproject: project(
          '[tool.uv.sources]\nattrs = { git = "https://github.com/python-attrs/attrs", tag = "25.4.0", branch = "main" }',
        ),
      },
    },
  ],
  good: {
    tree: {
      pyproject: project(
        '[tool.uv]\npackage = true\n\n[tool.uv.sources]\nattrs = { git = "https://github.com/python-attrs/attrs", tag = "25.4.0" }',
      ),
    },
  },
  *check({ pyproject }) {
    if (!pyproject || !isTable(pyproject.get('tool', 'uv'))) return
    for (const [key, type] of TYPES) {
      const value = pyproject.get('tool', 'uv', key)
      if (value === undefined || kindOf(value) === type) continue
      yield finding(pyproject.place('tool', 'uv', key), `tool.uv.${key} is ${kindOf(value)}; uv expects ${type}.`, {
        ...(type === 'a boolean' &&
          typeof value === 'string' &&
          /^(?:true|false)$/i.test(value) && { help: `Write \`${key} = ${value.toLowerCase()}\`.` }),
      })
    }
    for (const [name, value] of entries(pyproject.get('tool', 'uv', 'sources'))) {
      const path = ['tool', 'uv', 'sources', name]
      if (!isList(value)) yield* ofSource(pyproject, path, value)
      else for (const [index, one] of value.entries()) yield* ofSource(pyproject, [...path, index], one)
    }
  },
})

function* ofSource(pyproject: Pyproject, path: readonly (string | number)[], value: TomlValue): Iterable<Draft> {
  const name = quote(String(path[3]))
  if (!isTable(value)) {
    const text = typeof value === 'string' ? value : ''
    const key = /^(?:git\+|https?:.*\.git$)/.test(text) ? 'git' : /^https?:/.test(text) ? 'url' : 'path'
    yield finding(pyproject.place(...path), `The source of ${name} is ${kindOf(value)}; uv expects a table.`, {
      ...(text !== '' && {
        help: `Write \`${path[3]} = { ${key} = ${JSON.stringify(text.replace(/^git\+/, ''))} }\`.`,
      }),
    })
    return
  }
  const keys = Object.keys(value)
  const hint = hinter(() => SOURCE_KEYS)
  const unknown = keys.filter(key => !SOURCE_KEYS.includes(key))
  for (const key of unknown)
    yield finding(
      pyproject.keyPlace(...path, key),
      `The source of ${name} has the key ${quote(key)}, which uv does not know.${hint(key)}`,
      {
        help: `Correct the key, or remove it. A source has one of ${either(KINDS)}.`,
      },
    )
  if (unknown.length > 0) return
  if (!keys.some(key => KINDS.includes(key)))
    yield finding(pyproject.place(...path), `The source of ${name} does not say where it is.`, {
      help: `Add ${either(KINDS)}.`,
    })
  const revisions = keys.filter(key => REVISIONS.includes(key))
  if (revisions.length > 1)
    yield finding(
      pyproject.keyPlace(...path, revisions[1] ?? ''),
      `The source of ${name} has ${list(revisions.map(key => `\`${key}\``))}; uv accepts only one of them.`,
      { help: 'Keep one of them.' },
    )
}
