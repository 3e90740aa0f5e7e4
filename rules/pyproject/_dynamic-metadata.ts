import { clean } from '../../src/archive/links.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { oncePer } from '../../src/once.js'
import { canonicalName } from '../../src/standards/name.js'
import { beginnings } from '../../src/text/beginnings.js'
import { entries, isList, isTable, type Table, texts } from '../../src/views/pyproject.js'

/** One provider of the `dynamic-metadata` protocol, in whichever form its table has. */
export interface Provider {
  readonly at: Place
  /** Keys of `[project]` that it is known to set. */
  readonly fields: readonly { readonly field: string; readonly at: Place }[]
  /** A module in a folder of the project. */
  readonly local: { readonly path: string; readonly module: string; readonly at: Place } | undefined
  /** Registered name or module of an installed provider. */
  readonly installed: string | undefined
  /** The table itself, and where its keys are. */
  readonly table: Table
  readonly place: (key: string) => Place
  /** Its key names the field, in the forms before 0.3 of the protocol. */
  readonly keyed: boolean
  /** Why the table is rejected, in plain words. */
  readonly fault: string | undefined
}

/** Providers that set one field and have no `field` setting. */
const FIXED_FIELDS = new Map([
  ['dynamic_metadata.readme_fragment', 'readme'],
  ['dynamic_metadata.pin_installed', 'dependencies'],
  ['vcs_versioning', 'version'],
])
const STATIC = new Set(['dynamic_metadata.static', 'dynamic_metadata.plugins.static'])

/** More than any project has; each is looked up among the members. */
const MOST_PROVIDERS = 200

type Key = readonly (string | number)[]

/**
 * Every provider: `[[tool.dynamic-metadata]]` in order; before version 0.3 `[tool.dynamic-metadata.<field>]`, which is also
 * the form of scikit-build-core before 1.0, `[tool.scikit-build.metadata.<field>]`.
 */
export function providers(pyproject: Pyproject): readonly Provider[] {
  const tables = pyproject.get('tool', 'dynamic-metadata')
  const listed = isList(tables)
    ? tables.map((entry, index) => readProvider(pyproject, ['tool', 'dynamic-metadata', index], entry, undefined))
    : byField(pyproject, ['tool', 'dynamic-metadata'])
  return [...listed, ...byField(pyproject, ['tool', 'scikit-build', 'metadata'])].slice(0, MOST_PROVIDERS)
}

const byField = (pyproject: Pyproject, path: Key): readonly Provider[] =>
  entries(pyproject.get(...path)).flatMap(([field, entry]) =>
    isTable(entry) ? [readProvider(pyproject, [...path, field], entry, field)] : [],
  )

function readProvider(pyproject: Pyproject, path: Key, entry: unknown, field: string | undefined): Provider {
  const at = pyproject.place(...path)
  const none = {
    at,
    fields: [],
    local: undefined,
    installed: undefined,
    table: isTable(entry as Table) ? (entry as Table) : {},
    place: (key: string) => pyproject.place(...path, key),
    keyed: field !== undefined,
  }
  if (!isTable(entry as Table)) return { ...none, fault: 'is not a table' }
  const table = entry as Table
  const { provider } = table
  const place = (...more: Key) => pyproject.place(...path, ...more)
  const named = typeof provider === 'string' ? provider : undefined
  const fields = field === undefined ? fieldsOf(table, named, place) : [{ field, at: place() }]
  if (provider === undefined) return { ...none, fields, fault: 'does not name a provider' }
  if (named !== undefined) {
    const folder = table['provider-path']
    return typeof folder === 'string'
      ? { ...none, fields, local: { path: folder, module: named, at: place('provider-path') }, fault: undefined }
      : { ...none, at: place('provider'), fields, installed: named, fault: undefined }
  }
  const keys = isTable(provider) ? Object.keys(provider).sort().join() : ''
  if (
    isTable(provider) &&
    keys === 'module,path' &&
    typeof provider.path === 'string' &&
    typeof provider.module === 'string'
  )
    return {
      ...none,
      fields,
      local: { path: provider.path, module: provider.module, at: place('provider', 'path') },
      fault: undefined,
    }
  return {
    ...none,
    at: place('provider'),
    fields,
    fault: 'has a provider that is neither a name nor a table with `path` and `module`',
  }
}

/** A field as the generic providers accept it; a dot separates it from a key of a table. */
function fieldsOf(table: Table, provider: string | undefined, place: (...more: Key) => Place): Provider['fields'] {
  const { field } = table
  if (typeof field === 'string') return [{ field: field.split('.', 1)[0] ?? '', at: place('field') }]
  if (provider !== undefined && STATIC.has(provider))
    return Object.keys(table)
      .filter(key => key !== 'provider')
      .map(key => ({ field: key, at: place(key) }))
  const fixed = provider === undefined ? undefined : FIXED_FIELDS.get(provider)
  return fixed === undefined ? [] : [{ field: fixed, at: place('provider') }]
}

/** Distributions that the build requires, by normalized name. */
export const requiredBuilds = (pyproject: Pyproject): readonly string[] =>
  texts(pyproject.get('build-system', 'requires')).map(([, text]) =>
    canonicalName(/^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(text.slice(0, 500))?.[1] ?? ''),
  )

/** The folder with a trailing `/`, '' for the top; undefined if it is outside. */
export function folderOf(path: string): string | undefined {
  if (/^(?:[A-Za-z]:)?[\\/]/.test(path)) return undefined
  const inside = clean(path)
  return inside && `${inside}/`
}

const aboveMembers = oncePer(({ list }: Sdist['members']) => beginnings(list.map(({ path }) => path)))

/** Paths of compiled modules, up to the first dot of their names. */
const binaryModules = oncePer(
  ({ list }: Sdist['members']): ReadonlySet<string> =>
    new Set(
      list.flatMap(({ path }) => (/(?:so|pyd)$/.test(path) ? (/^(?:.*\/)?[^/.]*(?=\.)/s.exec(path)?.[0] ?? []) : [])),
    ),
)

/** Why the module cannot be imported from the folder. */
export function missingModule({ members }: Sdist, folder: string, written: string): string | undefined {
  const isAbove = aboveMembers(members)
  if (!isAbove(folder)) return 'is not in the sdist: the folder does not exist'
  const module = (written.split(':', 1)[0] ?? '').split('.').join('/')
  const file = `${folder}${module}`
  const found = isAbove(`${file}/`) || members.has(`${file}.py`) || binaryModules(members).has(file)
  return found ? undefined : 'is not in the sdist: the folder does not contain the module'
}

/** Folders on `build-system.backend-path`, whose modules a build imports before installed ones. */
export const backendFolders = (pyproject: Pyproject): readonly string[] =>
  texts(pyproject.get('build-system', 'backend-path')).flatMap(([, path]) => folderOf(path) ?? [])

/** Is the first package of a module in a folder? */
export function hasTopModule({ members }: Sdist, folder: string, written: string): boolean {
  const top = written.split(/[.:]/, 1)[0] ?? ''
  return aboveMembers(members)(`${folder}${top}/`) || members.has(`${folder}${top}.py`)
}

/** Settings that the providers of dynamic-metadata 0.6 and scikit-build-core 1.1 require. */
interface Needs {
  /** It needs a `field` setting. */
  readonly field?: true
  readonly settings?: readonly string[]
  /** Settings that name a file to read. */
  readonly files?: readonly string[]
}
const REGEX: Needs = { field: true, settings: ['input'], files: ['input'] }
const TEMPLATE: Needs = { field: true, settings: ['result'] }
const KNOWN: ReadonlyMap<string, ReadonlyMap<string, Needs>> = new Map([
  [
    'dynamic_metadata',
    new Map<string, Needs>([
      ['ast', { field: true, settings: ['input', 'name'], files: ['input'] }],
      ['fields', {}],
      ['from_file', { field: true, settings: ['path'], files: ['path'] }],
      ['pin_installed', {}],
      ['readme_fragment', { files: ['path'] }],
      ['regex', REGEX],
      ['static', {}],
      ['substitute', { field: true, settings: ['pattern', 'replacement'] }],
      ['template', TEMPLATE],
      ['testing', {}],
    ]),
  ],
  [
    'scikit_build_core.metadata',
    new Map<string, Needs>([
      ['fancy_pypi_readme', {}],
      ['regex', REGEX],
      ['setuptools_scm', {}],
      ['template', TEMPLATE],
    ]),
  ],
])
/** Only older versions have these. */
const OLDER = new Set(['fancy_pypi_readme', 'setuptools_scm'])

/** What a provider of these two packages needs; 'unknown' for one that they do not contain. */
export function needsOf(provider: string): Needs | 'unknown' | undefined {
  const [, owner = '', plugins, name = ''] =
    /^(dynamic_metadata|scikit_build_core\.metadata)\.(plugins\.)?(\w+)$/.exec(provider) ?? []
  const found = KNOWN.get(owner)
  if (!found) return undefined
  return found.get(name) ?? (plugins !== undefined && OLDER.has(name) ? {} : 'unknown')
}

/** Last parts of the provider names in the package of a provider. */
export const providerNames = (provider: string): readonly string[] =>
  [...KNOWN].flatMap(([owner, names]) => (provider.startsWith(`${owner}.`) ? [...names.keys()] : []))
