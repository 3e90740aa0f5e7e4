import { isTable, type Pyproject, type TomlTable, type TomlValue } from '../distribution/pyproject.js'
import { canonicalName } from '../standards/name.js'

export { isTable }
export type Table = TomlTable

export function isList(value: TomlValue | undefined): value is readonly TomlValue[] {
  return Array.isArray(value)
}

/** Keys and values of a table; nothing for anything else. */
export function entries(value: TomlValue | undefined): readonly (readonly [string, TomlValue])[] {
  return isTable(value) ? Object.entries(value) : []
}

/** The strings of an array, each with its index; nothing for anything else. */
export function texts(value: TomlValue | undefined): readonly (readonly [number, string])[] {
  if (!isList(value)) return []
  return value.flatMap((item, index) => (typeof item === 'string' ? [[index, item] as const] : []))
}

/** `name` of each table of an array that has one; nothing for anything else. */
export function namesIn(value: TomlValue | undefined): readonly string[] {
  if (!isList(value)) return []
  return value.flatMap(item => (isTable(item) && typeof item.name === 'string' ? [item.name] : []))
}

/** The type of a value, in TOML terms. */
export function kindOf(value: TomlValue): string {
  if (isList(value)) return 'an array'
  if (value instanceof Date) return 'a date'
  if (typeof value === 'object') return 'a table'
  if (typeof value === 'boolean') return 'a boolean'
  return typeof value === 'string' ? 'a string' : 'a number'
}

/** Keys of `[project]`, as the specification lists them. */
export const PROJECT_KEYS: readonly string[] = [
  'name',
  'version',
  'description',
  'readme',
  'requires-python',
  'license',
  'license-files',
  'authors',
  'maintainers',
  'keywords',
  'classifiers',
  'urls',
  'scripts',
  'gui-scripts',
  'entry-points',
  'dependencies',
  'optional-dependencies',
  'import-names',
  'import-namespaces',
  'dynamic',
]

/** Build backends by the module that `build-backend` names, each with the distribution that provides it. */
const BACKENDS: readonly (readonly [prefix: string, name: string])[] = [
  ['setuptools', 'setuptools'],
  ['hatchling', 'hatchling'],
  ['flit_core', 'flit-core'],
  ['flit', 'flit'],
  ['poetry.core', 'poetry-core'],
  ['poetry_dynamic_versioning', 'poetry-core'],
  ['poetry', 'poetry'],
  ['pdm.backend', 'pdm-backend'],
  ['pdm.pep517', 'pdm-pep517'],
  ['uv_build', 'uv-build'],
  ['scikit_build_core', 'scikit-build-core'],
  ['mesonpy', 'meson-python'],
  ['maturin', 'maturin'],
  ['jupyter_packaging', 'jupyter-packaging'],
  ['pbr', 'pbr'],
  ['sipbuild', 'sip'],
  ['whey', 'whey'],
]

/** Distribution of the build backend that `build-backend` names; undefined for an unknown one. */
export function backendOf(pyproject: Pyproject): string | undefined {
  const named = pyproject.get('build-system', 'build-backend')
  if (named === undefined) return 'setuptools'
  if (typeof named !== 'string') return undefined
  const module = named.split(':')[0]?.trim() ?? ''
  return BACKENDS.find(([prefix]) => module === prefix || module.startsWith(`${prefix}.`))?.[1]
}

/** Does setuptools build what has this pyproject.toml, or none? */
export const isSetuptools = ({ pyproject }: { readonly pyproject: Pyproject | undefined }): boolean =>
  pyproject === undefined || (pyproject.error === undefined && backendOf(pyproject) === 'setuptools')

/** The name of the backend itself where the whole tool is named: flit's is that of flit-core, and so it is with Poetry. */
export const coreBackend = (backend: string): string =>
  ({ flit: 'flit-core', poetry: 'poetry-core' })[backend] ?? backend

/** The backend, also if a plugin such as poetry_dynamic_versioning wraps it. */
export function backendFamily(pyproject: Pyproject): string | undefined {
  const named = backendOf(pyproject)
  if (named !== undefined) return named
  const required = texts(pyproject.get('build-system', 'requires')).map(([, text]) => text)
  // Setuptools is first in the table, and often there for another reason.
  return BACKENDS.findLast(([, name]) =>
    required.some(text => canonicalName(/^[A-Za-z0-9._-]*/.exec(text.trim().slice(0, 200))?.[0] ?? '') === name),
  )?.[1]
}

/**
 * Backends whose newest versions of 2026-11-29 were tested with the errors in `[project]`: setuptools 84.2.1, hatchling 1.33.0,
 * flit-core 4.2.0, poetry-core 2.5.0, pdm-backend 2.5.0, uv-build 0.13.6, scikit-build-core 1.1.2, meson-python 0.22.1,
 * maturin 1.16.0.
 */
const TRIED: ReadonlySet<string> = new Set([
  'setuptools',
  'hatchling',
  'flit-core',
  'poetry-core',
  'pdm-backend',
  'uv-build',
  'scikit-build-core',
  'meson-python',
  'maturin',
])

/** Does the project's own backend fail on an error that only the named ones accept? */
export function stopsBuild(pyproject: Pyproject, accepting: readonly string[] = []): boolean {
  const backend = backendOf(pyproject)
  return backend !== undefined && TRIED.has(backend) && !accepting.includes(backend)
}

/** The severity of such an error: it does not break anything with a backend that accepts it. */
export const unlessStops = (pyproject: Pyproject, accepting: readonly string[] = []) =>
  stopsBuild(pyproject, accepting) ? undefined : ({ severity: 'warning' } as const)

/** Strings in `project.dynamic`. */
export function dynamicKeys(pyproject: Pyproject): readonly string[] {
  return texts(pyproject.get('project', 'dynamic')).map(([, text]) => text)
}
