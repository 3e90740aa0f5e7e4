import { keyText, type Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { meantProjectKey } from '../../src/standards/project-keys.js'
import { nearest } from '../../src/text/nearest.js'
import { backendOf, coreBackend, dynamicKeys, entries, isTable, texts } from '../../src/views/pyproject.js'
import { renaming } from '../shared/remedies.js'
import {
  BACKEND_VERSIONS,
  DEPENDENCIES,
  familyOf,
  KINDS_OF_DEPENDENCY,
  type KnownTable,
  otherType,
  pathsOf,
  TABLE_NAMES,
  TABLES,
} from './_backend-tables.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'
import { lostWithPoetryKey } from './_explained.js'

export default rule({
  id: 'backend-key-unknown',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "[tool] table"',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table',
  summary: 'A table of the build backend contains a key that the backend does not have, or is that of another backend.',
  why: 'setuptools, flit, scikit-build-core and meson-python refuse to build with such a key, and so does Poetry in most of its tables. The other backends ignore it, and build as if the setting were missing.',
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
        pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.group.dev.dependencies]\npytest = { versions = "^8" }\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.group.dev.dependencies]\npytest = { version = "^8", git = "https://github.com/pytest-dev/pytest" }\n`,
      },
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
    {
      tree: {
        pyproject: `${builtWith('hatchling', DEMO)}\n[tool.setuptools.packages.find]\nwhere = ["src"]\n`,
      },
    },
  ],
  good: [
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\ninclude-package-data = true\n` } },
    {
      sdist: {
        pyproject: `${builtWith('setuptools', 'name = "demo"', 'version = "1.0"', 'dynamic = ["optional-dependencies"]')}\n[tool.setuptools.dynamic.optional-dependencies]\ntest = { file = ["test.txt"] }\n`,
        files: { '{top}/test.txt': 'pytest\n' },
      },
    },
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry]\nmonorepo = true\n` } },
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools_scm]\n[tool.setuptools-git]\n` } },
  ],
  *check({ pyproject, tree }) {
    if (!pyproject) return
    if (tree) yield* ofOtherBackends(pyproject)
    yield* ofMisspelledTables(pyproject)
    yield* ofUnreadCommands(pyproject)
    const family = familyOf(pyproject)
    if (family === 'poetry-core') yield* ofMixedDependencies(pyproject)
    for (const table of TABLES.get(family) ?? [])
      for (const path of pathsOf(pyproject, table.path)) yield* ofTable(pyproject, family, table, path)
  },
})

/** Tables that one backend alone reads. Tools of the same name read others. */
const OF_ONE: readonly (readonly [path: readonly string[], family: string])[] = [
  [['tool', 'setuptools'], 'setuptools'],
  [['tool', 'hatch', 'build'], 'hatchling'],
  [['tool', 'hatch', 'version'], 'hatchling'],
  [['tool', 'flit'], 'flit-core'],
  [['tool', 'poetry', 'packages'], 'poetry-core'],
  [['tool', 'poetry', 'include'], 'poetry-core'],
  [['tool', 'poetry', 'build'], 'poetry-core'],
  [['tool', 'pdm', 'build'], 'pdm-backend'],
  [['tool', 'pdm', 'version'], 'pdm-backend'],
  [['tool', 'uv', 'build-backend'], 'uv-build'],
  [['tool', 'scikit-build'], 'scikit-build-core'],
  [['tool', 'meson-python'], 'meson-python'],
  [['tool', 'maturin'], 'maturin'],
]

const nameOf = (family: string): string => BACKEND_VERSIONS.get(family)?.split(' ', 1)[0] ?? family

/** A table of another backend than the one that builds, which is left from it or meant to choose it. */
function* ofOtherBackends(pyproject: Pyproject) {
  const named = pyproject.get('build-system', 'build-backend')
  const family = coreBackend(backendOf(pyproject) ?? '')
  // Some wrap others, and in-tree backends too.
  if (!BACKEND_VERSIONS.has(family) || pyproject.get('build-system', 'backend-path') !== undefined) return
  if (typeof named === 'string' && named.startsWith('scikit_build_core.setuptools')) return
  const required = texts(pyproject.get('build-system', 'requires')).map(([, text]) => canonicalName(text))
  const told = new Set<string>()
  for (const [path, other] of OF_ONE) {
    if (other === family || told.has(other) || pyproject.get(...path) === undefined) continue
    if (required.some(text => text.startsWith(other) || text.startsWith(path[1] ?? ''))) continue
    told.add(other)
    yield finding(
      pyproject.keyPlace(...path),
      `${isTable(pyproject.get(...path)) ? `[${keyText(path)}]` : `\`${keyText(path)}\``} configures ${nameOf(other)}, but the build backend is ${nameOf(family)}, which ignores it.`,
      {
        severity: 'warning',
        help: `Remove it, and configure ${nameOf(family)} instead; or name ${nameOf(other)} in \`[build-system]\`.`,
      },
    )
  }
}

function* ofTable(pyproject: Pyproject, family: string, table: KnownTable, path: readonly (string | number)[]) {
  const value = pyproject.get(...path)
  if (!isTable(value) || table.when?.(pyproject) === false) return
  if (table.admits !== undefined && Object.hasOwn(value, table.admits)) return
  // Without `[project]`, flit before version 4 has older tables next to these.
  const isOldFlit = path[1] === 'flit' && !pyproject.project
  const keys = isOldFlit && path.length === 2 ? [...table.keys, ...OF_OLD_FLIT] : table.keys
  const who = isOldFlit ? 'flit' : (BACKEND_VERSIONS.get(family) ?? '')
  const unknown = Object.keys(value).filter(key => !keys.includes(key) && !(path[1] === 'flit' && /^x-/i.test(key)))
  const needed = unknown.length === 1 && table.needs !== undefined && !Object.hasOwn(value, table.needs)
  for (const [index, key] of unknown.entries()) {
    const at = pyproject.keyPlace(...path, key)
    const moved = MOVED.get([...path, key].join('.'))
    if (moved !== undefined) {
      yield finding(at, `${who} ignores the key ${quote(key)} in [${keyText(path)}].`, {
        severity: 'warning',
        help: moved,
      })
      continue
    }
    const near = index < MOST_HINTS ? nearest(key, keys) : undefined
    const meant = near ?? (needed ? table.needs : path.join('.') === 'tool.poetry' ? poetryKey(key, keys) : undefined)
    if (!table.stops && meant === undefined) continue
    const wanted = meant === undefined ? undefined : otherType(family, table.path, meant, value[key] ?? '')
    yield finding(
      at,
      `${who} ${table.stops ? 'rejects' : 'ignores'} the key ${quote(key)} in [${keyText(path)}]${table.stops === 'if it applies' ? ' where the override applies' : ''}.${meant === undefined ? '' : ` Did you mean ${quote(meant)}?`}`,
      {
        ...(table.stops !== true && { severity: 'warning' }),
        ...(meant !== undefined && {
          help: `Rename the key to \`${meant}\`${wanted === undefined ? '' : `, which has to be ${wanted}`}.`,
          remedy: wanted === undefined ? renaming([...path, key], meant) : undefined,
          ...(path.join('.') === 'tool.poetry' && { explains: lostWithPoetryKey(meant) }),
        }),
      },
    )
  }
}

/** A dependency of Poetry is a version, or what one other key says, and has no keys of the others. */
function* ofMixedDependencies(pyproject: Pyproject) {
  for (const path of DEPENDENCIES.flatMap(table =>
    ['*', '*.*'].flatMap(rest => pathsOf(pyproject, [...table, ...rest.split('.')])),
  )) {
    const value = pyproject.get(...path)
    if (!isTable(value)) continue
    const keys = Object.keys(value)
    const kind = keys.find(key => KINDS_OF_DEPENDENCY.has(key))
    const allowed = kind === undefined ? undefined : KINDS_OF_DEPENDENCY.get(kind)
    const all = [...KINDS_OF_DEPENDENCY.values()].flat()
    const other = keys.find(key => all.includes(key) && allowed?.includes(key) === false)
    if (kind === undefined || other === undefined) continue
    yield finding(
      pyproject.keyPlace(...path, other),
      `The dependency ${quote(String(path.findLast(part => typeof part === 'string')))} has both \`${kind}\` and \`${other}\`, which ${BACKEND_VERSIONS.get('poetry-core')} rejects.`,
      {
        help: KINDS_OF_DEPENDENCY.has(other)
          ? `Keep one of them: a dependency has a version or a source, not two.`
          : `Remove \`${other}\`, which does not go with \`${kind}\`.`,
      },
    )
  }
}

/** Keys that belong in another table, and what to do with them. */
const MOVED: ReadonlyMap<string, string> = new Map([
  ['tool.poetry.requires-python', 'Write it as `python` in `[tool.poetry.dependencies]`.'],
  ['tool.hatch.build.wheel', 'Rename the table to `[tool.hatch.build.targets.wheel]`.'],
  ['tool.hatch.build.sdist', 'Rename the table to `[tool.hatch.build.targets.sdist]`.'],
  ['tool.hatch.targets', 'Rename the table to `[tool.hatch.build.targets]`.'],
  ['tool.poetry.python', 'Move it to `[tool.poetry.dependencies]`.'],
  [
    'tool.poetry.optional-dependencies',
    'List the requirements in `[tool.poetry.dependencies]` with `optional = true`, and their names in `[tool.poetry.extras]`.',
  ],
])

/** Nobody reads more of them in one table, and they cost time. */
const MOST_HINTS = 20

/** Other names of a key of `[tool.poetry]`: of commands, of URLs, and those that `[project]` and setuptools have. */
function poetryKey(key: string, keys: readonly string[]): string | undefined {
  if (/^(?:(?:console|gui)[-_]scripts?|entry[-_]?points?|commands?|bin|cli)$/i.test(key)) return 'scripts'
  if (/^(?:repo|docs)$/i.test(key)) return /^r/i.test(key) ? 'repository' : 'documentation'
  const meant = meantProjectKey(key)
  return meant !== undefined && keys.includes(meant) ? meant : undefined
}

const CALLABLE = /^\s*[A-Za-z_][\w.]*:[A-Za-z_][\w.]*\s*$/

/** Commands in the table of another backend, or of none, where `[project.scripts]` is missing. */
function* ofUnreadCommands(pyproject: Pyproject) {
  const family = familyOf(pyproject)
  if (!pyproject.project || !TABLES.has(family) || pyproject.get('project', 'scripts') !== undefined) return
  if (dynamicKeys(pyproject).some(key => /^(?:gui-)?scripts$|^entry-points$/.test(key))) return
  for (const path of [
    ['tool', 'poetry', 'scripts'],
    ['tool', 'flit', 'scripts'],
    ['tool', 'scripts'],
  ]) {
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
  yield* ofUv(pyproject, family)
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
          ...(!isThere && { remedy: renaming(['tool', name], own.name) }),
        },
      )
  }
}

/** The only table of uv_build is one of uv's many. */
function* ofUv(pyproject: Pyproject, family: string) {
  const right = 'build-backend'
  if (family !== 'uv-build' || pyproject.get('tool', 'uv', right) !== undefined) return
  for (const [name, value] of entries(pyproject.get('tool', 'uv')))
    if (isTable(value) && nearest(name, [right]) !== undefined)
      yield finding(
        pyproject.keyPlace('tool', 'uv', name),
        `${BACKEND_VERSIONS.get(family)} ignores the table [tool.uv.${name}]. Did you mean [tool.uv.${right}]?`,
        {
          severity: 'warning',
          help: `Rename the table to \`[tool.uv.${right}]\`.`,
          remedy: renaming(['tool', 'uv', name], right),
        },
      )
}

const OF_OLD_FLIT: readonly string[] = ['metadata', 'scripts', 'entrypoints']
