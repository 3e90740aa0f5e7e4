import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { dynamicKeys, entries, isTable } from '../../src/views/pyproject.js'
import { hinter } from '../shared/hints.js'
import { BACKEND_VERSIONS, familyOf, type KnownTable, TABLE_NAMES, TABLES } from './_backend-tables.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

export default rule({
  id: 'backend-key-unknown',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "[tool] table"',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table',
  summary: 'A table of the build backend contains a key that the backend does not have.',
  why: 'setuptools and flit fail on such a key, and so does Poetry in dependency groups. The other backends ignore it, and build as if the setting were missing.',
  breaks: BUILD_STOPS,
  fix: 'Correct the spelling of the key, or remove it.',
  precision: 'high',
  bad: [
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\npackage = ["demo"]\n` } },
    {
      sdist: {
        pyproject: `${builtWith('hatchling', DEMO)}\n[tool.hatch.build.target.wheel]\npackages = ["src/demo"]\n`,
      },
    },
    {
      sdist: { pyproject: `${builtWith('uv-build', DEMO)}\n[tool.uv.build-backend]\nsource-includes = ["docs/**"]\n` },
    },
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptool]\nzip-safe = false\n` } },
    {
      sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.group.dev.dependency]\npytest = "*"\n` },
    },
    {
      sdist: {
        pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.console_scripts]\ndemo = "demo.cli:main"\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('hatchling', DEMO)}\n[tool.poetry.scripts]\ndemo = "demo.cli:main"\n`,
        files: { '{top}/src/demo/cli.py': 'def main(): ...\n' },
      },
    },
  ],
  good: [
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\ninclude-package-data = true\n` } },
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry]\nmonorepo = true\n` } },
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools_scm]\n[tool.setuptools-git]\n` } },
  ],
  *check({ pyproject }) {
    if (!pyproject) return
    yield* ofMisspelledTables(pyproject)
    yield* ofUnreadCommands(pyproject)
    for (const table of [...(TABLES.get(familyOf(pyproject)) ?? []), ...groupsOfPoetry(pyproject)]) {
      // Without `[project]`, flit before version 4 has older tables next to these.
      const isOldFlit = table.path[1] === 'flit' && !pyproject.project
      const keys = isOldFlit && table.path.length === 2 ? [...table.keys, ...OF_OLD_FLIT] : table.keys
      const hintFor = hinter(() => keys)
      for (const [key] of isTable(pyproject.get(...table.path)) ? entries(pyproject.get(...table.path)) : []) {
        if (keys.includes(key) || (table.path[1] === 'flit' && /^x-/i.test(key))) continue
        const near = hintFor(key)
        const hint = near === '' && table.path.join('.') === 'tool.poetry' ? commandHint(key) : near
        if (!table.stops && hint === '') continue
        const who = isOldFlit ? 'flit' : (BACKEND_VERSIONS.get(familyOf(pyproject)) ?? '')
        yield finding(
          pyproject.keyPlace(...table.path, key),
          `${who} ${table.stops ? 'rejects' : 'ignores'} the key ${quote(key)} in [${table.path.join('.')}].${hint}`,
          table.stops ? {} : { severity: 'warning' },
        )
      }
    }
  },
})

/** What others call the table of commands. */
const commandHint = (key: string) =>
  /^(?:(?:console|gui)[-_]scripts?|entry[-_]?points?|commands?|bin|cli)$/i.test(key) ? " Did you mean 'scripts'?" : ''

const CALLABLE = /^\s*[A-Za-z_][\w.]*:[A-Za-z_][\w.]*\s*$/

/** Commands in the table of another backend, or of none, where `[project.scripts]` is missing. */
function* ofUnreadCommands(pyproject: Pyproject) {
  const family = familyOf(pyproject)
  if (!pyproject.project || !TABLES.has(family) || pyproject.get('project', 'scripts') !== undefined) return
  if (dynamicKeys(pyproject).some(key => /^(?:gui-)?scripts$|^entry-points$/.test(key))) return
  for (const path of [['tool', 'poetry', 'scripts'], ['tool', 'flit', 'scripts'], ['tool', 'scripts'], ['scripts']]) {
    const found = entries(pyproject.get(...path))
    if (path[1] === TABLE_NAMES.get(family)?.name) continue
    if (found.length === 0 || !found.every(([, value]) => typeof value === 'string' && CALLABLE.test(value))) continue
    yield finding(
      pyproject.keyPlace(...path),
      `${BACKEND_VERSIONS.get(family)} ignores the table [${path.join('.')}], so no command is installed. Did you mean [project.scripts]?`,
      { severity: 'warning', help: 'Move the commands to `[project.scripts]`.' },
    )
  }
}

/** Tables next to the backend's own one that are most likely meant to be it. */
function* ofMisspelledTables(pyproject: Pyproject) {
  const family = familyOf(pyproject)
  const own = TABLE_NAMES.get(family)
  if (!own) return
  const isThere = pyproject.get('tool', own.name) !== undefined
  const keys = TABLES.get(family)?.find(({ path }) => path.length === 2)?.keys ?? []
  for (const [name, value] of entries(pyproject.get('tool'))) {
    if (name === own.name) continue
    const isNear = nearest(name, [own.name]) !== undefined && Math.abs(name.length - own.name.length) <= 1
    const isOther = own.others.includes(name) && (!isThere || entries(value).some(([key]) => keys.includes(key)))
    if (isTable(value) && (isNear || isOther))
      yield finding(
        pyproject.keyPlace('tool', name),
        `${BACKEND_VERSIONS.get(family)} ignores the table [tool.${name}]. Did you mean [tool.${own.name}]?`,
        {
          severity: 'warning',
          help: isThere
            ? `Move its keys to \`[tool.${own.name}]\`.`
            : `Rename the table to \`[tool.${own.name}]\`, or remove it.`,
        },
      )
  }
}

const OF_OLD_FLIT: readonly string[] = ['metadata', 'scripts', 'entrypoints']

function groupsOfPoetry(pyproject: Pyproject): readonly KnownTable[] {
  if (familyOf(pyproject) !== 'poetry-core') return []
  const path = ['tool', 'poetry', 'group']
  return entries(pyproject.get(...path)).map(([name]) => ({
    path: [...path, name],
    keys: ['optional', 'include-groups', 'dependencies'],
    stops: true,
  }))
}
