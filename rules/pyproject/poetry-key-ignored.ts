import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { entries, isList, isTable } from '../../src/views/pyproject.js'
import { BACKEND_VERSIONS, familyOf } from './_backend-tables.js'
import { builtWith, DEMO } from './_backends.js'

export default rule({
  id: 'poetry-key-ignored',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Poetry documentation, "The pyproject.toml file"',
  url: 'https://python-poetry.org/docs/pyproject/',
  summary: '`[tool.poetry]` sets a key to another value than `[project]`.',
  why: 'poetry-core uses what `[project]` says. The other value has no effect, and nobody notices when it is changed.',
  fix: 'Remove one of the two.',
  byHand: 'Only a person knows which of the two is meant.',
  precision: 'high',
  bad: [
    {
      sdist: {
        pyproject: `${builtWith('poetry-core', DEMO, 'description = "Reads demo files"')}\n[tool.poetry]\ndescription = "Writes demo files"\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('poetry-core', DEMO, '[project.scripts]', 'demo = "demo.cli:main"')}\n[tool.poetry.scripts]\ndemo-admin = "demo.cli:admin"\n`,
        files: { '{top}/src/demo/cli.py': 'def main(): ...\ndef admin(): ...\n' },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: `${builtWith('poetry-core', DEMO, '[project.urls]', 'Source = "https://github.com/demo/demo"')}\n[tool.poetry]\nname = "Demo"\nrepository = "https://github.com/demo/demo"\n`,
      },
    },
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry]\ndescription = "Reads demo files"\n` } },
  ],
  *check({ pyproject }) {
    if (!pyproject?.project || familyOf(pyproject) !== 'poetry-core') return
    const who = BACKEND_VERSIONS.get('poetry-core')
    const ignored = (key: string) => `${who} ignores tool.poetry.${key}`
    for (const [key, isSame] of PLAIN) {
      const [own, other] = [pyproject.get('project', key), pyproject.get('tool', 'poetry', key)]
      if (other === undefined || own === undefined || isEmpty(own) || isSame(own, other)) continue
      yield finding(
        pyproject.keyPlace('tool', 'poetry', key),
        `${ignored(key)}, because \`${key}\` in [project] has another value.`,
        { help: `Remove \`${key}\` from \`[tool.poetry]\`, after moving to \`[project]\` what is missing there.` },
      )
    }
    for (const [path, table, what] of TABLES) {
      const own = pyproject.get('project', table)
      if (own === undefined || isEmpty(own)) continue
      for (const [name, value] of entries(pyproject.get('tool', 'poetry', ...path))) {
        // A file that is installed as a script has no key in `[project]`; other types stop the build.
        if (path[0] === 'scripts' && typeof value !== 'string' && !(isTable(value) && value.type === 'console'))
          continue
        if (entries(own).some(([one, other]) => one === name && isEqual(other, value))) continue
        yield finding(
          pyproject.keyPlace('tool', 'poetry', ...path, name),
          `${who} ignores ${what} ${quote(name)} in [tool.poetry.${path.join('.')}], because [project.${table}] exists.`,
          { help: `Move it to \`[project.${table}]\`, or remove it.` },
        )
      }
    }
    yield* ofUrls(pyproject, ignored)
  },
})

type IsSame = (own: TomlValue, other: TomlValue) => boolean

const json = (value: TomlValue) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one))
const isEqualValue: IsSame = (own, other) => json(own) === json(other)
const isEmpty = (value: TomlValue) =>
  value === '' || (isList(value) ? value.length === 0 : isTable(value) && entries(value).length === 0)

/** A person as `[tool.poetry]` has it. */
const person = (value: TomlValue) => {
  if (!isTable(value)) return value
  const { name, email } = value
  return typeof name === 'string' && typeof email === 'string' ? `${name} <${email}>` : (name ?? email)
}
const samePeople: IsSame = (own, other) => isEqualValue(isList(own) ? own.map(one => person(one) ?? '') : own, other)

/** Keys of both tables; the version has a rule of its own. */
const PLAIN: readonly (readonly [key: string, isSame: IsSame])[] = [
  [
    'name',
    (own, other) =>
      typeof own === 'string' && typeof other === 'string'
        ? canonicalName(own) === canonicalName(other)
        : isEqualValue(own, other),
  ],
  ['description', isEqualValue],
  ['license', (own, other) => typeof own !== 'string' || isEqualValue(own, other)],
  ['keywords', isEqualValue],
  ['classifiers', isEqualValue],
  ['authors', samePeople],
  ['maintainers', samePeople],
  [
    'readme',
    (own, other) =>
      isEqualValue((isTable(own) ? own.file : own) ?? '', isList(other) && other.length === 1 ? other[0]! : other),
  ],
]

/** Tables whose entries are all ignored where `[project]` has the other one. */
const TABLES: readonly (readonly [path: readonly string[], table: string, what: string])[] = [
  [['scripts'], 'scripts', 'the command'],
  [['plugins'], 'entry-points', 'the group'],
  [['extras'], 'optional-dependencies', 'the extra'],
]

/** An extra lists names here and requirements there: only what `[project]` does not have is lost. */
const isEqual: IsSame = (own, other) =>
  isList(own) || isEqualValue(own, isTable(other) && other.reference !== undefined ? other.reference : other)

const URLS = ['homepage', 'repository', 'documentation', 'urls']

function* ofUrls(pyproject: Pyproject, ignored: (key: string) => string) {
  const own = entries(pyproject.get('project', 'urls')).map(([, url]) => url)
  if (own.length === 0) return
  for (const key of URLS) {
    const value = pyproject.get('tool', 'poetry', key)
    const found = isTable(value) ? entries(value).map(([, url]) => url) : value === undefined ? [] : [value]
    if (found.every(url => own.includes(url))) continue
    yield finding(pyproject.keyPlace('tool', 'poetry', key), `${ignored(key)}, because [project.urls] is there.`, {
      help: 'Move the URL to `[project.urls]`, or remove it.',
    })
  }
}
