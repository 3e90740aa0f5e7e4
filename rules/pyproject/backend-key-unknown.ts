import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { backendFamily, entries, isTable } from '../../src/views/pyproject.js'
import { hinter } from '../shared/hints.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

interface KnownTable {
  readonly path: readonly string[]
  readonly keys: readonly string[]
  /** The backend stops at other keys; it ignores them where this is absent, and plugins may read them. */
  readonly stops?: true
}

const words = (text: string): readonly string[] => text.split(' ')

/** Of the versions in WHO. */
const TABLES: ReadonlyMap<string, readonly KnownTable[]> = new Map<string, readonly KnownTable[]>([
  [
    'setuptools',
    [
      {
        path: ['tool', 'setuptools'],
        keys: words(
          'cmdclass data-files dynamic eager-resources exclude-package-data ext-modules include-package-data license-files namespace-packages obsoletes package-data package-dir packages platforms provides py-modules script-files zip-safe',
        ),
        stops: true,
      },
      {
        path: ['tool', 'setuptools', 'dynamic'],
        keys: words('version classifiers description entry-points dependencies optional-dependencies readme'),
        stops: true,
      },
      {
        path: ['tool', 'setuptools', 'packages', 'find'],
        keys: words('where exclude include namespaces'),
        stops: true,
      },
    ],
  ],
  [
    'flit-core',
    [
      {
        path: ['tool', 'flit'],
        keys: words('module sdist external-data'),
        stops: true,
      },
      { path: ['tool', 'flit', 'sdist'], keys: words('include exclude'), stops: true },
      { path: ['tool', 'flit', 'module'], keys: words('name') },
    ],
  ],
  [
    'poetry-core',
    [
      {
        path: ['tool', 'poetry'],
        keys: words(
          'package-mode name version description keywords homepage repository documentation license authors maintainers readme classifiers packages include exclude dependencies dev-dependencies extras group build scripts plugins urls source requires-poetry requires-plugins',
        ),
      },
    ],
  ],
  [
    'hatchling',
    [
      {
        path: ['tool', 'hatch', 'build'],
        keys: words(
          'targets hooks include exclude artifacts sources packages only-include only-packages force-include ignore-vcs skip-excluded-dirs reproducible directory dev-mode-dirs dev-mode-exact require-runtime-dependencies require-runtime-features bypass-selection dependencies',
        ),
      },
      ...['wheel', 'sdist'].map(target => ({
        path: ['tool', 'hatch', 'build', 'targets', target],
        keys: words(
          'hooks include exclude artifacts sources packages only-include only-packages force-include ignore-vcs skip-excluded-dirs reproducible directory dev-mode-dirs dev-mode-exact require-runtime-dependencies require-runtime-features bypass-selection dependencies versions core-metadata-version shared-data shared-scripts extra-metadata strict-naming macos-max-compat support-legacy',
        ),
      })),
    ],
  ],
  [
    'pdm-backend',
    [
      {
        path: ['tool', 'pdm', 'build'],
        keys: words(
          'includes excludes source-includes package-dir is-purelib run-setuptools custom-hook editable-backend wheel-data config-settings',
        ),
      },
    ],
  ],
  [
    'uv-build',
    [
      {
        path: ['tool', 'uv', 'build-backend'],
        keys: words(
          'module-root module-name source-include source-exclude default-excludes wheel-exclude data namespace',
        ),
      },
    ],
  ],
])

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
    {
      sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.group.dev.dependency]\npytest = "*"\n` },
    },
  ],
  good: [
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\ninclude-package-data = true\n` } },
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry]\nmonorepo = true\n` } },
  ],
  *check({ pyproject }) {
    if (!pyproject) return
    for (const table of [...(TABLES.get(familyOf(pyproject)) ?? []), ...groupsOfPoetry(pyproject)]) {
      // The older tables of flit, which no flit-core since 4 reads.
      if (table.path[1] === 'flit' && !pyproject.project) continue
      const nearest = hinter(() => table.keys)
      for (const [key] of isTable(pyproject.get(...table.path)) ? entries(pyproject.get(...table.path)) : []) {
        if (table.keys.includes(key) || (table.path[1] === 'flit' && /^x-/i.test(key))) continue
        const hint = nearest(key)
        if (!table.stops && hint === '') continue
        const who = WHO.get(familyOf(pyproject)) ?? ''
        yield finding(
          pyproject.keyPlace(...table.path, key),
          `${who} ${table.stops ? 'rejects' : 'ignores'} the key ${quote(key)} in [${table.path.join('.')}].${hint}`,
          table.stops ? {} : { severity: 'warning' },
        )
      }
    }
  },
})

function groupsOfPoetry(pyproject: Pyproject): readonly KnownTable[] {
  if (familyOf(pyproject) !== 'poetry-core') return []
  const path = ['tool', 'poetry', 'group']
  return entries(pyproject.get(...path)).map(([name]) => ({
    path: [...path, name],
    keys: words('optional include-groups dependencies'),
    stops: true,
  }))
}

/** flit's own backend is the same as that of flit-core, and so it is with Poetry. */
const familyOf = (pyproject: Pyproject): string => {
  const family = backendFamily(pyproject) ?? ''
  return { flit: 'flit-core', poetry: 'poetry-core' }[family] ?? family
}

/** A later version may have another key. */
const WHO = new Map([
  ['setuptools', 'setuptools 84.2'],
  ['flit-core', 'flit_core 4.2'],
  ['poetry-core', 'poetry-core 2.5'],
  ['hatchling', 'hatchling 1.33'],
  ['pdm-backend', 'pdm-backend 2.5'],
  ['uv-build', 'uv_build 0.13'],
])
