/** The tables of build backends: keys, types and names. */

import { landing } from '../../src/archive/landing.js'
import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import { textAt } from '../../src/project/document.js'
import { attempt } from '../../src/standards/error.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'
import { parseVersion } from '../../src/standards/version.js'
import { nearest } from '../../src/text/nearest.js'
import {
  backendFamily,
  coreBackend,
  dynamicKeys,
  entries,
  isList,
  isTable,
  kindOf,
  namesIn,
  type Table,
  texts,
} from '../../src/views/pyproject.js'

export interface KnownTable {
  /** A `*` is every key of a table, or item of an array. */
  readonly path: readonly string[]
  readonly keys: readonly string[]
  /** A key that is always there: an unknown one without it is meant to be it. */
  readonly needs?: string
  /** Where something else decides who reads the table. */
  readonly when?: (pyproject: Pyproject) => boolean
  /** The backend stops at other keys, or `if it applies`; it ignores them where this is absent, and plugins may read them. */
  readonly stops?: boolean | 'if it applies'
  /** With this key, others may be those of a later version. */
  readonly admits?: string
}

const words = (text: string): readonly string[] => text.split(' ')

const SKBUILD: readonly string[] = ['tool', 'scikit-build']
/** The settings of scikit-build-core, which each override has again. */
const OF_SKBUILD: readonly (readonly string[])[] = [SKBUILD, [...SKBUILD, 'overrides', '*']]
const SKBUILD_KEYS =
  'cmake ninja logging sdist wheel backport editable build install generate messages search metadata env strict-config experimental variant variant-name variant-label null-variant minimum-version build-dir fail overrides config-setting'
const SKBUILD_TABLES = [
  [
    'cmake',
    'minimum-version version args define verbose build-type source-dir targets toolchain-file fresh python-hints',
  ],
  ['sdist', 'include exclude inclusion-mode reproducible cmake force-include resolve-symlinks'],
  [
    'wheel',
    'packages py-api expand-macos-universal-tags install-dir license-files cmake platlib exclude build-tag tags force-include reproducible',
  ],
  ['ninja', 'minimum-version version make-fallback'],
  ['logging', 'level'],
  ['backport', 'find-python'],
  ['editable', 'mode verbose rebuild rebuild-dir'],
  ['build', 'tool-args targets verbose requires'],
  ['install', 'components targets strip'],
  ['messages', 'after-failure after-success'],
  ['search', 'site-packages'],
] as const
const POETRY: readonly string[] = ['tool', 'poetry']

/** The tables of requirements in `[tool.poetry]`. */
export const DEPENDENCIES: readonly (readonly string[])[] = [
  ['dependencies'],
  ['dev-dependencies'],
  ['group', '*', 'dependencies'],
].map(path => [...POETRY, ...path])
const OF_DEPENDENCY = words(
  'version python platform markers allow-prereleases allows-prereleases optional extras source git branch tag rev subdirectory develop file path url',
)

/** What a dependency of Poetry is, by the key that says so, and the keys that go with each; without one it needs no version. */
export const KINDS_OF_DEPENDENCY: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    version: 'version python platform markers allow-prereleases allows-prereleases optional extras source',
    git: 'git branch tag rev subdirectory python platform markers allow-prereleases allows-prereleases optional extras develop',
    file: 'file subdirectory python platform markers optional extras',
    path: 'path subdirectory python platform markers optional extras develop',
    url: 'url subdirectory python platform markers optional extras',
  }).map(([kind, keys]) => [kind, words(keys)]),
)

/** Of the versions in BACKEND_VERSIONS. */
export const TABLES: ReadonlyMap<string, readonly KnownTable[]> = new Map<string, readonly KnownTable[]>([
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
      ...words('version classifiers description entry-points dependencies readme').map(
        (key): KnownTable => ({
          path: ['tool', 'setuptools', 'dynamic', key],
          keys: words('attr file content-type'),
          stops: true,
        }),
      ),
      { path: ['tool', 'setuptools', 'dynamic', 'optional-dependencies', '*'], keys: ['file'], stops: true },
      { path: ['tool', 'setuptools', 'packages'], keys: ['find'], stops: true },
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
      {
        path: ['tool', 'flit', 'metadata'],
        keys: words(
          'module author author-email maintainer maintainer-email home-page license keywords requires-python dist-name entry-points-file description-file requires-extra classifiers requires dev-requires urls',
        ),
        stops: true,
      },
      { path: ['tool', 'flit', 'sdist'], keys: words('include exclude'), stops: true },
      { path: ['tool', 'flit', 'module'], keys: ['name'], needs: 'name' },
      { path: ['tool', 'flit', 'external-data'], keys: ['directory'], needs: 'directory' },
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
      { path: [...POETRY, 'packages', '*'], keys: words('include format from to'), needs: 'include', stops: true },
      { path: [...POETRY, 'include', '*'], keys: words('path format'), needs: 'path', stops: true },
      { path: [...POETRY, 'scripts', '*'], keys: words('reference type extras callable'), stops: true },
      { path: [...POETRY, 'group', '*'], keys: words('optional include-groups dependencies'), stops: true },
      { path: [...POETRY, 'build'], keys: words('script generate-setup-file'), stops: true },
      ...DEPENDENCIES.map((path): KnownTable => ({ path: [...path, '*'], keys: OF_DEPENDENCY, stops: true })),
      ...DEPENDENCIES.map((path): KnownTable => ({ path: [...path, '*', '*'], keys: OF_DEPENDENCY, stops: true })),
    ],
  ],
  [
    'hatchling',
    [
      { path: ['tool', 'hatch'], keys: words('build envs env metadata version publish template workspace matrix') },
      { path: ['tool', 'hatch', 'metadata'], keys: words('allow-direct-references allow-ambiguous-features hooks') },
      {
        path: ['tool', 'hatch', 'build'],
        keys: words(
          'targets hooks include exclude artifacts sources packages only-include only-packages force-include ignore-vcs skip-excluded-dirs reproducible directory dev-mode-dirs dev-mode-exact require-runtime-dependencies require-runtime-features bypass-selection dependencies',
        ),
      },
      { path: ['tool', 'hatch', 'build', 'targets'], keys: words('wheel sdist binary custom') },
      {
        path: ['tool', 'hatch', 'version'],
        keys: words('source scheme path pattern expression search-paths variable validate-bump'),
        when: pyproject =>
          [undefined, ...words('regex code env')].includes(textAt(pyproject, 'tool', 'hatch', 'version', 'source')),
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
        path: ['tool', 'pdm'],
        keys: words(
          'build version distribution dev-dependencies source scripts resolution options ignore_package_warnings plugins dockerize package-type',
        ),
      },
      {
        path: ['tool', 'pdm', 'build'],
        keys: words(
          'includes excludes source-includes package-dir is-purelib run-setuptools custom-hook editable-backend wheel-data config-settings',
        ),
      },
      {
        path: ['tool', 'pdm', 'version'],
        keys: words(
          'source path pattern getter write_to write_template tag_regex tag_filter version_format fallback_version',
        ),
        stops: true,
        when: pyproject => pyproject.get('project', 'version') === undefined,
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
      {
        path: ['tool', 'uv', 'build-backend', 'data'],
        keys: words('purelib platlib headers scripts data'),
        stops: true,
      },
    ],
  ],
  [
    'scikit-build-core',
    [
      ...OF_SKBUILD.flatMap(path => [
        {
          path,
          keys: words(path === SKBUILD ? SKBUILD_KEYS : `if inherit ${SKBUILD_KEYS}`),
          stops: path === SKBUILD || ('if it applies' as const),
        },
        ...SKBUILD_TABLES.map(
          ([table, keys]): KnownTable => ({
            path: [...path, table],
            keys: words(keys),
            stops: path === SKBUILD || 'if it applies',
          }),
        ),
      ]),
      ...[[], ['any'], ['not']].map(
        (of): KnownTable => ({
          path: [...SKBUILD, 'overrides', '*', 'if', ...of],
          admits: 'scikit-build-version',
          keys: words(
            `${of.length === 0 ? 'any not ' : ''}scikit-build-version python-version implementation-name implementation-version platform-system platform-machine platform-node state from-sdist failed system-cmake cmake-wheel abi-flags env config-setting`,
          ),
          stops: true,
        }),
      ),
      { path: [...SKBUILD, 'generate', '*'], keys: words('path template template-path location'), stops: true },
    ],
  ],
  [
    'meson-python',
    [
      {
        path: ['tool', 'meson-python'],
        keys: words('meson limited-api allow-windows-internal-shared-libs args wheel editable-verbose'),
        stops: true,
      },
      { path: ['tool', 'meson-python', 'args'], keys: words('dist setup compile install'), stops: true },
      { path: ['tool', 'meson-python', 'wheel'], keys: words('exclude include'), stops: true },
    ],
  ],
  [
    'maturin',
    [
      {
        path: ['tool', 'maturin'],
        keys: words(
          'bindings compatibility auditwheel skip-auditwheel strip sdist-include include exclude sdist-generator features all-features no-default-features manifest-path module-name python-source python-packages data targets target frozen locked config unstable-flags rustc-args profile editable-profile use-base-python generate-ci sbom',
        ),
      },
      ...words('include exclude').map(key => ({
        path: ['tool', 'maturin', key, '*'],
        keys: words('path format from to'),
        needs: 'path',
      })),
    ],
  ],
])

/** Keys with one type alone, as the backend reads them; `stops`: it does not build with another. */
export interface TypedKeys {
  /** A `*` is every key of a table, or item of an array. */
  readonly path: readonly string[]
  readonly type:
    | 'a boolean'
    | 'a string'
    | 'a string or an array'
    | 'an array or a table'
    | 'a table or an array'
    | 'a string or a table'
    | 'an array'
    | 'an array of strings'
    | 'an array of tables'
    | 'a table'
    | 'a string, a table or an array'
  /** `all`: every key of the table. */
  readonly keys: readonly string[] | 'all'
  /** Where something else decides who reads the key. */
  readonly when?: (pyproject: Pyproject) => boolean
  /** What is made of another type; absent where the backend stops. */
  readonly instead?: string
}

const HATCH_ARRAYS = words(
  'include exclude artifacts packages only-include dependencies dev-mode-dirs versions require-runtime-features',
)
const HATCH_BOOLEANS = words(
  'ignore-vcs skip-excluded-dirs reproducible only-packages dev-mode-exact require-runtime-dependencies',
)
const OF_HATCH: readonly (readonly string[])[] = [
  ['tool', 'hatch', 'build'],
  ...['wheel', 'sdist'].map(target => ['tool', 'hatch', 'build', 'targets', target]),
]

/** Poetry reads it, and poetry-core does not: a build works. */
const OF_POETRY_ITSELF = '`poetry install` and other commands fail'

const UV_TABLE: readonly string[] = ['tool', 'uv', 'build-backend']

export const TYPES: ReadonlyMap<string, readonly TypedKeys[]> = new Map<string, readonly TypedKeys[]>([
  [
    'setuptools',
    [
      { path: ['tool', 'setuptools'], type: 'a boolean', keys: words('include-package-data zip-safe') },
      {
        path: ['tool', 'setuptools'],
        type: 'an array of strings',
        keys: words('py-modules platforms eager-resources namespace-packages script-files license-files'),
      },
      {
        path: ['tool', 'setuptools'],
        type: 'a table',
        keys: words('package-dir package-data exclude-package-data data-files dynamic cmdclass'),
      },
      { path: ['tool', 'setuptools'], type: 'an array or a table', keys: ['packages'] },
      { path: ['tool', 'setuptools', 'dynamic'], type: 'a table', keys: 'all' },
      ...['package-data', 'exclude-package-data', 'data-files'].map(
        (table): TypedKeys => ({ path: ['tool', 'setuptools', table], type: 'an array of strings', keys: 'all' }),
      ),
      { path: ['tool', 'setuptools', 'packages'], type: 'a table', keys: ['find'] },
      { path: ['tool', 'setuptools', 'packages', 'find'], type: 'a boolean', keys: ['namespaces'] },
      {
        path: ['tool', 'setuptools', 'packages', 'find'],
        type: 'an array of strings',
        keys: words('where include exclude'),
      },
    ],
  ],
  [
    'flit-core',
    [
      { path: ['tool', 'flit'], type: 'a table', keys: words('sdist external-data') },
      { path: ['tool', 'flit'], type: 'a table', keys: ['module'], instead: 'flit_core 4.2 ignores it' },
      { path: ['tool', 'flit', 'module'], type: 'a string', keys: ['name'] },
      { path: ['tool', 'flit', 'sdist'], type: 'an array of strings', keys: words('include exclude') },
      { path: ['tool', 'flit', 'external-data'], type: 'a string', keys: ['directory'] },
    ],
  ],
  [
    'hatchling',
    [
      {
        path: ['tool', 'hatch'],
        type: 'a table',
        keys: ['version'],
        when: pyproject => dynamicKeys(pyproject).includes('version'),
      },
      {
        path: ['tool', 'hatch', 'metadata'],
        type: 'a boolean',
        keys: words('allow-direct-references allow-ambiguous-features'),
      },
      { path: ['tool', 'hatch', 'metadata'], type: 'a table', keys: ['hooks'] },
      {
        path: ['tool', 'hatch', 'version'],
        type: 'a string',
        keys: words('source scheme path pattern expression variable'),
      },
      { path: ['tool', 'hatch', 'build'], type: 'a table', keys: words('targets hooks') },
      ...OF_HATCH.flatMap((path): readonly TypedKeys[] => [
        { path, type: 'an array of strings', keys: HATCH_ARRAYS },
        { path, type: 'an array or a table', keys: ['sources'] },
        { path, type: 'a boolean', keys: HATCH_BOOLEANS },
        { path, type: 'a table', keys: ['force-include'] },
        { path: [...path, 'force-include'], type: 'a string', keys: 'all' },
        { path: [...path, 'hooks'], type: 'a table', keys: 'all' },
        { path: [...path, 'hooks', '*'], type: 'an array of strings', keys: ['dependencies'] },
      ]),
      {
        path: ['tool', 'hatch', 'build', 'targets', 'wheel'],
        type: 'a table',
        keys: words('shared-data shared-scripts extra-metadata'),
      },
      ...['wheel', 'sdist'].flatMap((target): readonly TypedKeys[] => [
        { path: ['tool', 'hatch', 'build', 'targets'], type: 'a table', keys: [target] },
        { path: ['tool', 'hatch', 'build', 'targets', target], type: 'a boolean', keys: ['strict-naming'] },
        { path: ['tool', 'hatch', 'build', 'targets', target], type: 'a string', keys: ['core-metadata-version'] },
      ]),
    ],
  ],
  [
    'poetry-core',
    [
      {
        path: ['tool', 'poetry'],
        type: 'a string',
        keys: words('name version description license homepage repository documentation'),
      },
      { path: ['tool', 'poetry'], type: 'a boolean', keys: ['package-mode'] },
      { path: ['tool', 'poetry'], type: 'an array of strings', keys: words('authors maintainers keywords') },
      { path: ['tool', 'poetry'], type: 'an array', keys: words('classifiers include exclude') },
      { path: ['tool', 'poetry'], type: 'an array of tables', keys: ['packages'] },
      { path: ['tool', 'poetry'], type: 'a string or an array', keys: ['readme'] },
      {
        path: ['tool', 'poetry'],
        type: 'a table',
        keys: words('dependencies dev-dependencies extras group scripts plugins urls'),
      },
      { path: ['tool', 'poetry', 'extras'], type: 'an array of strings', keys: 'all' },
      { path: ['tool', 'poetry', 'urls'], type: 'a string', keys: 'all' },
      { path: [...POETRY, 'scripts'], type: 'a string or a table', keys: 'all' },
      { path: [...POETRY, 'plugins'], type: 'a table', keys: 'all' },
      { path: [...POETRY, 'plugins', '*'], type: 'a string', keys: 'all' },
      { path: [...POETRY, 'packages', '*'], type: 'a string', keys: words('include from to') },
      { path: [...POETRY, 'group', '*'], type: 'a boolean', keys: ['optional'] },
      { path: [...POETRY, 'group', '*'], type: 'an array of strings', keys: ['include-groups'] },
      { path: POETRY, type: 'a string or a table', keys: ['build'] },
      { path: [...POETRY, 'build'], type: 'a boolean', keys: ['generate-setup-file'] },
      { path: [...POETRY, 'build'], type: 'a string', keys: ['script'] },
      { path: POETRY, type: 'a string', keys: ['requires-poetry'], instead: OF_POETRY_ITSELF },
      { path: [...POETRY, 'requires-plugins'], type: 'a string or a table', keys: 'all', instead: OF_POETRY_ITSELF },
      { path: [...POETRY, 'group', '*'], type: 'a table', keys: ['dependencies'] },
      ...DEPENDENCIES.map((path): TypedKeys => ({ path, type: 'a string, a table or an array', keys: 'all' })),
      ...DEPENDENCIES.flatMap(path => [
        [...path, '*'],
        [...path, '*', '*'],
      ]).flatMap((path): readonly TypedKeys[] => [
        {
          path,
          type: 'a string',
          keys: words('version python platform markers git branch tag rev subdirectory file path url source'),
        },
        { path, type: 'a boolean', keys: words('optional develop allow-prereleases') },
        { path, type: 'an array of strings', keys: ['extras'] },
      ]),
    ],
  ],
  [
    'uv-build',
    [
      { path: UV_TABLE, type: 'a string', keys: ['module-root'] },
      { path: UV_TABLE, type: 'a string or an array', keys: ['module-name'] },
      { path: UV_TABLE, type: 'a boolean', keys: words('namespace default-excludes') },
      { path: UV_TABLE, type: 'an array of strings', keys: words('source-include source-exclude wheel-exclude') },
      // An array gives the directories of the keys, in their order.
      { path: UV_TABLE, type: 'a table or an array', keys: ['data'] },
      { path: [...UV_TABLE, 'data'], type: 'a string', keys: 'all' },
    ],
  ],
  [
    'maturin',
    [
      {
        path: ['tool', 'maturin'],
        type: 'a string',
        keys: words('bindings compatibility manifest-path module-name python-source profile editable-profile data'),
      },
      {
        path: ['tool', 'maturin'],
        type: 'a boolean',
        keys: words('skip-auditwheel strip all-features no-default-features frozen locked use-base-python'),
      },
      { path: ['tool', 'maturin'], type: 'an array', keys: words('include exclude features') },
      {
        path: ['tool', 'maturin'],
        type: 'an array of strings',
        keys: words('python-packages unstable-flags rustc-args config'),
      },
    ],
  ],
  [
    'scikit-build-core',
    [
      { path: [...SKBUILD, 'cmake'], type: 'a string', keys: words('version minimum-version source-dir') },
      { path: [...SKBUILD, 'cmake'], type: 'an array', keys: words('args targets') },
      { path: [...SKBUILD, 'cmake'], type: 'a table', keys: ['define'] },
      { path: [...SKBUILD, 'ninja'], type: 'a string', keys: words('version minimum-version') },
      { path: [...SKBUILD, 'sdist'], type: 'an array', keys: words('include exclude') },
      { path: [...SKBUILD, 'wheel'], type: 'an array or a table', keys: ['packages'] },
      { path: [...SKBUILD, 'wheel'], type: 'an array', keys: words('license-files exclude') },
      { path: [...SKBUILD, 'backport'], type: 'a string', keys: ['find-python'] },
      { path: [...SKBUILD, 'overrides', '*'], type: 'a table', keys: words('if inherit') },
      {
        path: [...SKBUILD, 'overrides', '*', 'if'],
        type: 'a string',
        keys: words(
          'scikit-build-version python-version implementation-name implementation-version platform-system platform-machine platform-node state system-cmake abi-flags',
        ),
      },
      { path: [...SKBUILD, 'build'], type: 'an array', keys: words('tool-args targets requires') },
      { path: [...SKBUILD, 'install'], type: 'an array', keys: words('components targets') },
      { path: SKBUILD, type: 'a string', keys: ['minimum-version'] },
    ],
  ],
  [
    'meson-python',
    [
      { path: ['tool', 'meson-python'], type: 'a string', keys: ['meson'] },
      {
        path: ['tool', 'meson-python'],
        type: 'a boolean',
        keys: words('limited-api allow-windows-internal-shared-libs'),
      },
      { path: ['tool', 'meson-python'], type: 'a table', keys: words('args wheel') },
      {
        path: ['tool', 'meson-python', 'args'],
        type: 'an array of strings',
        keys: words('dist setup compile install'),
      },
      { path: ['tool', 'meson-python', 'wheel'], type: 'an array of strings', keys: words('exclude include') },
    ],
  ],
  [
    'pdm-backend',
    [
      {
        path: ['tool', 'pdm', 'build'],
        type: 'an array of strings',
        keys: words('includes excludes source-includes'),
        instead: 'pdm-backend takes each character for a pattern',
      },
      { path: ['tool', 'pdm'], type: 'a table', keys: words('build version') },
      {
        path: ['tool', 'pdm', 'build'],
        type: 'a boolean',
        keys: words('run-setuptools is-purelib'),
        instead: 'pdm-backend takes any text for true',
      },
    ],
  ],
])

/** The paths that a path with `*` stands for. */
export function pathsOf(
  pyproject: Pyproject,
  path: readonly (string | number)[],
): readonly (readonly (string | number)[])[] {
  const at = path.indexOf('*')
  if (at < 0) return [path]
  const start = path.slice(0, at)
  const value = pyproject.get(...start)
  const keys = isList(value) ? [...value.keys()] : entries(value).map(([key]) => key)
  return keys.flatMap(key => pathsOf(pyproject, [...start, key, ...path.slice(at + 1)]))
}

/** Is a key not there, but one that is near it? */
export const isMisspelled = (pyproject: Pyproject, path: readonly (string | number)[], key: string): boolean =>
  pyproject.get(...path, key) === undefined &&
  entries(pyproject.get(...path)).some(([name]) => nearest(name, [key]) !== undefined)

/** What a number stands for as text: `3.10`, which TOML reads as 3.1. */
export function writtenNumber(pyproject: Pyproject, path: readonly (string | number)[]): string | undefined {
  const { mark } = pyproject.place(...path)
  return mark !== undefined && /^\d+(?:\.\d+)*$/.test(mark) ? mark : undefined
}

/** Is a value of the type that a key has? */
export function isOfType(value: TomlValue, type: TypedKeys['type']): boolean {
  if (type === 'an array of strings') return isList(value) && value.every(item => typeof item === 'string')
  if (type === 'an array of tables') return isList(value) && value.every(item => isTable(item))
  return type.split(/, | or /).includes(kindOf(value))
}

/** The type that a key of a table has to have, where a value is not of it. */
export const otherType = (family: string, path: readonly string[], key: string, value: TomlValue) =>
  TYPES.get(family)?.find(
    one =>
      one.path.join('.') === path.join('.') &&
      one.keys !== 'all' &&
      one.keys.includes(key) &&
      !isOfType(value, one.type),
  )?.type

interface Choice {
  /** A `*` is every key of a table, or item of an array. */
  readonly path: readonly string[]
  /** Empty where any word may do. */
  readonly words: readonly string[] | ((pyproject: Pyproject) => readonly string[])
  readonly anyCase?: boolean
  /** Who stops; the backend where it is absent. */
  readonly by?: string
  /** Words that the backend takes before a version. */
  readonly old?: { readonly words: readonly string[]; readonly until: string }
}

const FORMATS = words('sdist wheel')

/** Sources that a dependency of Poetry may name; none where they are too many to list. */
function poetrySources(pyproject: Pyproject): readonly string[] {
  const names = namesIn(pyproject.get(...POETRY, 'source'))
  return names.length > 20 ? [] : [...names, 'PyPI']
}

/** Keys with a few words as values; the backend stops at others. */
export const CHOICES: ReadonlyMap<string, readonly Choice[]> = new Map<string, readonly Choice[]>([
  ['pdm-backend', [{ path: ['tool', 'pdm', 'version', 'source'], words: words('file scm call') }]],
  [
    'hatchling',
    ['wheel', 'sdist'].map(target => ({
      path: ['tool', 'hatch', 'build', 'targets', target, 'core-metadata-version'],
      words: words('1.2 2.1 2.2 2.3 2.4 2.5'),
    })),
  ],
  [
    'poetry-core',
    [
      { path: [...POETRY, 'packages', '*', 'format'], words: FORMATS },
      { path: [...POETRY, 'include', '*', 'format'], words: FORMATS },
      { path: [...POETRY, 'scripts', '*', 'type'], words: words('console file') },
      { path: [...POETRY, 'source', '*', 'priority'], words: words('primary supplemental explicit'), by: 'Poetry 2' },
      ...DEPENDENCIES.flatMap(path => [['*'], ['*', '*']].map(rest => [...path, ...rest, 'source'])).map(
        (path): Choice => ({ path, words: poetrySources, anyCase: true, by: '`poetry lock`' }),
      ),
    ],
  ],
  [
    'scikit-build-core',
    [
      { path: [...SKBUILD, 'logging', 'level'], words: words('NOTSET DEBUG INFO WARNING ERROR CRITICAL') },
      { path: [...SKBUILD, 'editable', 'mode'], words: words('redirect inplace') },
      { path: [...SKBUILD, 'sdist', 'inclusion-mode'], words: words('classic default manual explicit') },
      { path: [...SKBUILD, 'sdist', 'resolve-symlinks'], words: words('all external none classic error') },
      { path: [...SKBUILD, 'generate', '*', 'location'], words: words('install build source') },
    ],
  ],
  [
    'maturin',
    [
      {
        path: ['tool', 'maturin', 'bindings'],
        words: words('pyo3 pyo3-ffi cffi uniffi bin'),
        old: { words: ['rust-cpython'], until: '1.8' },
      },
      { path: ['tool', 'maturin', 'sdist-generator'], words: words('cargo git') },
      { path: ['tool', 'maturin', 'include', '*', 'format'], words: FORMATS },
      { path: ['tool', 'maturin', 'exclude', '*', 'format'], words: FORMATS },
    ],
  ],
])

interface Form {
  readonly path: readonly (string | number)[]
  readonly isRight: (text: string) => boolean
  readonly like: string
  /** What a text most likely means. */
  readonly better?: (text: string) => string
  /** What to write instead, where that is more than a text. */
  readonly help?: (text: string) => string | undefined
  /** Where something else decides who reads the key. */
  readonly when?: (pyproject: Pyproject) => boolean
}

/** Keys whose text has a form that the backend requires. */
export const FORMS: ReadonlyMap<string, readonly Form[]> = new Map<string, readonly Form[]>([
  [
    'flit-core',
    words('include exclude').map(key => ({
      path: ['tool', 'flit', 'sdist', key, '*'],
      isRight: (text: string) => landing(text) !== undefined,
      like: 'a path below the folder of pyproject.toml',
      better: (text: string) => text.replace(/^\/+/, ''),
    })),
  ],
  [
    'maturin',
    [
      {
        path: ['tool', 'maturin', 'compatibility'],
        isRight: text =>
          !/^(?:many|musl)linux/.test(text) ||
          /^(?:manylinux(?:1|2010|2014)|(?:many|musl)linux_\d+_\d+)(?:_\w+)?$/.test(text),
        like: 'a tag such as `manylinux2014` or `manylinux_2_28`',
        better: text => text.replace(/^manylinux[_-](1|2010|2014)(?=_|$)/, 'manylinux$1'),
      },
    ],
  ],
  [
    'pdm-backend',
    [
      {
        path: ['tool', 'pdm', 'version', 'getter'],
        isRight: text => /^[^:]+:[^:]+$/.test(text),
        like: 'a module and a function, such as `demo.about:get_version`',
        when: pyproject =>
          pyproject.get('project', 'version') === undefined &&
          pyproject.get('tool', 'pdm', 'version', 'source') === 'call',
      },
    ],
  ],
  [
    'poetry-core',
    // It reads the others only where a tool asks for them.
    words('authors maintainers').map(key => ({
      path: [...POETRY, key, 0],
      isRight: (text: string) => /^[^<>]+(?: <[^\r\n]+>)?$/.test(text),
      like: '`Name` or `Name <address>`',
      better: (text: string) => /^[^<>]+ <[^<>@\s]+@[^<>@\s]+$/.exec(text)?.[0].concat('>') ?? '',
      when: ({ project }: Pyproject) => project?.[key] === undefined,
    })),
  ],
  [
    'setuptools',
    [
      {
        path: ['tool', 'setuptools', 'packages', '*'],
        isRight: text => /^[\w-]+(?:\.[\w-]+)*$/.test(text),
        like: 'the name of a package as it is imported',
        help: text => {
          const [, folder, name] = /^([\w-]+)\/(\w+)\/?$/.exec(text) ?? []
          return folder && `Write \`"${name}"\`, and \`package-dir = { "" = "${folder}" }\` in \`[tool.setuptools]\`.`
        },
      },
    ],
  ],
  [
    'scikit-build-core',
    [
      {
        path: [...SKBUILD, 'minimum-version'],
        isRight: text => text === 'build-system.requires' || attempt(parseVersion, text) !== undefined,
        like: 'a version, or `build-system.requires`',
      },
      {
        path: [...SKBUILD, 'minimum-version'],
        isRight: text => text !== 'build-system.requires',
        like: 'a version, as `requires` in `[build-system]` does not give scikit-build-core a lower bound',
        when: ({ get }: Pyproject) =>
          !texts(get('build-system', 'requires')).some(([, text]) =>
            /^scikit[-_.]build[-_.]core\b.*(?:>=|==|~=)/i.test(text),
          ),
        help: () => 'Write `"scikit-build-core>=0.11"` in `requires`, with the oldest version that works.',
      },
      ...[
        [...SKBUILD, 'cmake', 'version'],
        [...SKBUILD, 'ninja', 'version'],
        ...words('python-version scikit-build-version implementation-version system-cmake').map(key => [
          ...SKBUILD,
          'overrides',
          '*',
          'if',
          key,
        ]),
      ].map(path => ({
        path,
        isRight: (text: string) =>
          (text === 'CMakeLists.txt' && path.at(-2) === 'cmake') || attempt(parseSpecifiers, text) !== undefined,
        like: 'a version specifier such as `>=3.15`',
      })),
      {
        path: [...SKBUILD, 'wheel', 'py-api'],
        isRight: text => text === '' || /^(?:(?:cp3\d+t?)(?:\.cp3\d+t?)*|py\d+(?:\.py\d+)*)$/.test(text),
        like: 'a tag such as `cp39`, for the stable ABI, or `py3`',
      },
    ],
  ],
])

interface RequiredKey {
  readonly path: readonly string[]
  /** One of them has to be there. */
  readonly keys: readonly string[]
  readonly where?: (table: Table, pyproject: Pyproject) => boolean
  /** What to add. */
  readonly help?: string
}

/** Keys that tables require, where another key of the table says so or always: without them the backend stops. */
export const REQUIRED: ReadonlyMap<string, readonly RequiredKey[]> = new Map<string, readonly RequiredKey[]>([
  [
    'hatchling',
    [
      {
        path: ['tool', 'hatch', 'version'],
        keys: ['path'],
        where: ({ source = 'regex' }, pyproject) =>
          (source === 'regex' || source === 'code') && dynamicKeys(pyproject).includes('version'),
      },
      {
        path: ['tool', 'hatch', 'version'],
        keys: ['variable'],
        where: ({ source }, pyproject) => source === 'env' && dynamicKeys(pyproject).includes('version'),
      },
      ...OF_HATCH.map(path => ({
        path: [...path, 'hooks', 'version'],
        keys: ['path'],
        where: (table: Table) => table['enable-by-default'] !== false,
      })),
    ],
  ],
  [
    'pdm-backend',
    [
      {
        path: ['tool', 'pdm', 'version'],
        keys: ['path'],
        where: ({ source }, pyproject) => source === 'file' && pyproject.get('project', 'version') === undefined,
      },
      {
        path: ['tool', 'pdm', 'version'],
        keys: ['getter'],
        where: ({ source }, pyproject) => source === 'call' && pyproject.get('project', 'version') === undefined,
      },
    ],
  ],
  [
    'poetry-core',
    [
      ...DEPENDENCIES.flatMap(path => [['*'], ['*', '*']].map(rest => [...path, ...rest])).map(
        (path): RequiredKey => ({
          path,
          keys: [...KINDS_OF_DEPENDENCY.keys()],
          // The others may stand alone: they add to a requirement of `[project]`.
          where: table =>
            ['extras', 'optional'].some(key => Object.hasOwn(table, key)) &&
            Object.keys(table).every(key => OF_DEPENDENCY.includes(key)),
          help: 'Add `version`, as in `version = "*"` for any.',
        }),
      ),
      { path: [...POETRY, 'packages', '*'], keys: ['include'] },
      { path: [...POETRY, 'include', '*'], keys: ['path'] },
      { path: [...POETRY, 'scripts', '*'], keys: ['reference'], where: table => Object.hasOwn(table, 'type') },
      { path: [...POETRY, 'scripts', '*'], keys: ['type'], where: table => Object.hasOwn(table, 'reference') },
    ],
  ],
  [
    'scikit-build-core',
    [
      { path: [...SKBUILD, 'overrides', '*'], keys: ['if'] },
      { path: [...SKBUILD, 'generate', '*'], keys: ['path'] },
      { path: [...SKBUILD, 'generate', '*'], keys: ['template', 'template-path'] },
    ],
  ],
])

/** Tables that people give other names than the backend's, next to those that are near it. */
export const TABLE_NAMES: ReadonlyMap<string, { readonly name: string; readonly others: readonly string[] }> = new Map([
  ['setuptools', { name: 'setuptools', others: [] }],
  ['hatchling', { name: 'hatch', others: ['hatchling'] }],
  ['flit-core', { name: 'flit', others: ['flit_core', 'flit-core', 'flit-module', 'flit-sdist'] }],
  ['poetry-core', { name: 'poetry', others: ['poetry-core', 'poetry_core'] }],
  ['pdm-backend', { name: 'pdm', others: ['pdm-backend', 'pdm_backend'] }],
  ['scikit-build-core', { name: 'scikit-build', others: ['scikit-build-core', 'scikit_build_core', 'scikitbuild'] }],
  ['meson-python', { name: 'meson-python', others: ['meson', 'mesonpy', 'meson_python'] }],
  ['maturin', { name: 'maturin', others: [] }],
])

/** A later version may have another key. */
export const BACKEND_VERSIONS: ReadonlyMap<string, string> = new Map([
  ['setuptools', 'setuptools 84.2'],
  ['flit-core', 'flit_core 4.2'],
  ['poetry-core', 'poetry-core 2.5'],
  ['hatchling', 'hatchling 1.33'],
  ['pdm-backend', 'pdm-backend 2.5'],
  ['uv-build', 'uv_build 0.13'],
  ['scikit-build-core', 'scikit-build-core 1.1'],
  ['meson-python', 'meson-python 0.22'],
  ['maturin', 'maturin 1.16'],
])

/** The backend by its own name, also behind a plugin; '' for an unknown one. */
export const familyOf = (pyproject: Pyproject): string => coreBackend(backendFamily(pyproject) ?? '')
