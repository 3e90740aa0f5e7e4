import { isTable, type Pyproject } from '../distribution/pyproject.js'
import type { Home, HomeForm, Homes } from '../homes.js'
import { attempt } from '../standards/error.js'
import { canonicalName } from '../standards/name.js'
import { entryPointsKey, PROJECT_KEYS_OF_FIELD } from '../standards/project-keys.js'
import { parseRequirement } from '../standards/requirement.js'
import { compareVersions, parseVersion } from '../standards/version.js'
import { itemsAt, type Key } from './document.js'
import type { ProjectFolder } from './folder.js'
import { writtenKey } from './locate.js'
import { cargoKeys, flitKey, poetryKey } from './other-tables.js'
import { SETUPTOOLS_KEYS } from './setup-cfg.js'

/** What is known of a project. */
export interface Clues {
  /** Its files, from the source tree or from an sdist. */
  readonly folder?: ProjectFolder | undefined
  readonly backend?: string | undefined
  readonly backendVersion?: string | undefined
}

/** Fields that are declared one key for each item. */
const TABLES: ReadonlySet<string> = new Set(['Project-URL', 'Provides-Extra', 'entry-points'])

const isTableIn = (form: HomeForm, field: string, path: readonly string[]): boolean => {
  if (form === 'setup.cfg') return path.at(-1) === 'extras_require' || path.at(-1) === 'entry_points'
  const isOfExtras = /^(?:optional-dependencies|extras_require|requires-extra)$/.test(path.at(-1) ?? '')
  if (form === 'poetry' && field === 'Project-URL') return path.at(-1) === 'urls'
  return TABLES.has(field) || isOfExtras || (form === 'poetry' && field === 'Requires-Dist')
}

const FILES: Readonly<Record<HomeForm, string>> = {
  project: 'pyproject.toml',
  poetry: 'pyproject.toml',
  flit: 'pyproject.toml',
  'setup.cfg': 'setup.cfg',
  'setup.py': 'setup.py',
  cargo: 'Cargo.toml',
}

/** What flit's old table leaves to the module. */
const FLIT_MODULE: Readonly<Record<string, string>> = {
  Summary: "the first line of the module's docstring",
  Version: '`__version__` of the module',
}

/** Where the project of these files declares its fields. */
export function homesOf({ folder, backend, backendVersion }: Clues): Homes {
  const home = (field: string, value?: string): Home | undefined => {
    const form = folder ? formOf(folder, backend, field) : 'project'
    return form === undefined || (form === 'flit' && field in FLIT_MODULE)
      ? undefined
      : homeIn(form, field, value, folder)
  }
  const key = (field: string, value?: string): string => {
    const found = home(field, value)
    if (!found && folder && formOf(folder, backend, field) === 'flit') return FLIT_MODULE[field] ?? ''
    if (!found) return `the source of the dynamic \`${projectKey(field).at(-1)}\``
    return `${inWords(found)}${folder ? '' : otherForms(backend, field)}`
  }
  return {
    backend,
    backendVersion,
    takes: version => takes(folder?.pyproject?.document, backend, version),
    known: folder !== undefined,
    home,
    key,
    setting(field, value) {
      const found = home(field)
      if (!found) return key(field)
      const assigned = `\`${assignment(found, value)}\`${placeInWords(found)}`
      return folder ? assigned : `${assigned}${otherForms(backend, field)}`
    },
    line(field, value) {
      const at = folder && writtenKey(folder, { field, value })
      // Where the value is not found, the key is: its line does not have it.
      const key = folder && value !== '' ? writtenKey(folder, { field, value: undefined }) : undefined
      if (at && key && at.path === key.path && at.line === key.line && at.column === key.column) return undefined
      return at?.column === undefined ? undefined : `line ${at.line} of ${at.path.slice(at.path.lastIndexOf('/') + 1)}`
    },
  }
}

/** Does a requirement on the backend admit the version, or a later one? */
function takes(document: Pyproject | undefined, backend: string | undefined, version: string): boolean | undefined {
  for (const item of document ? itemsAt(document, 'build-system', 'requires') : []) {
    const requirement = typeof item === 'string' ? attempt(parseRequirement, item) : undefined
    if (!requirement || canonicalName(requirement.name) !== backend) continue
    const { specifier } = requirement
    const wanted = attempt(parseVersion, version)
    const written = specifier.clauses.flatMap(clause => attempt(parseVersion, clause.version) ?? [])
    const later = written.filter(one => wanted && compareVersions(one, wanted) >= 0).map(String)
    return [version, LATEST, ...later].some(one => specifier.contains(one))
  }
  return undefined
}

/** Later than every version of a backend. */
const LATEST = '999999'

/** Without its files, what the backend's users may have instead of `[project]`. */
function otherForms(backend: string | undefined, field: string): string {
  const forms: readonly HomeForm[] =
    backend === 'setuptools' ? ['setup.py'] : backend === 'poetry-core' || backend === 'poetry' ? ['poetry'] : []
  const [other] = forms.map(form => homeIn(form, field, undefined, undefined))
  if (!other || other.form === 'project') return ''
  if (!other.isTable && other.path.at(-1) === projectKey(field).at(-1)) return ''
  const where = other.form === 'setup.py' ? ' in setup.py or setup.cfg' : placeInWords(other)
  return ` (${other.isTable && other.form === 'poetry' ? inWords(other) : `\`${other.path.at(-1)}\`${where}`})`
}

/** Which form declares a field; undefined when a program computes it. */
function formOf(folder: ProjectFolder, backend: string | undefined, field: string): HomeForm | undefined {
  const { pyproject, setupCfg } = folder
  const document = pyproject?.document
  const setupPy = folder.setupPy()
  const inSetupFiles = (): HomeForm | undefined => {
    if (setupCfg?.locate(field, undefined)) return 'setup.cfg'
    return setupPy?.locate(field, undefined) ? 'setup.py' : undefined
  }
  const poetry = document && isTable(document.get('tool', 'poetry')) ? document : undefined
  if (document?.project) {
    const dynamic = itemsAt(document, 'project', 'dynamic')
    const keys = PROJECT_KEYS_OF_FIELD.get(field) ?? []
    if (!keys.some(one => dynamic.includes(one))) return 'project'
    if (document.locate(['tool', 'setuptools', 'dynamic', keys[0] ?? ''])) return 'project'
    if (poetry && document.locate(poetryKey(field))) return 'poetry'
    if (folder.cargo && [...cargoKeys(field)].some(path => folder.cargo?.document.locate(path))) return 'cargo'
    return inSetupFiles()
  }
  if (poetry?.get('tool', 'poetry', 'name') !== undefined) return 'poetry'
  if (document && isTable(document.get('tool', 'flit', 'metadata'))) return 'flit'
  if (backend !== undefined && backend !== 'setuptools' && backend !== 'pbr') return 'project'
  return (
    inSetupFiles() ?? (setupCfg?.name === undefined && setupPy?.call ? 'setup.py' : setupCfg ? 'setup.cfg' : 'project')
  )
}

function homeIn(form: HomeForm, field: string, value: string | undefined, folder: ProjectFolder | undefined): Home {
  const path = pathIn(form, field, value, folder)
  // What a backend's own table cannot say belongs in `[project]`.
  if (path.length === 0)
    return { ...homeIn('project', field, value, undefined), isNew: form === 'poetry' || form === 'flit' }
  return { form, file: FILES[form], path, isTable: isTableIn(form, field, path) }
}

function pathIn(
  form: HomeForm,
  field: string,
  value: string | undefined,
  folder: ProjectFolder | undefined,
): readonly string[] {
  const script =
    field === 'entry-points' ? /^(?:console|gui)_scripts(?=\.|$)/.exec(value ?? 'console_scripts')?.[0] : ''
  const isOfExtra = field === 'Requires-Dist' && /\bextra\s*==/.test(markerOf(value))
  switch (form) {
    case 'project': {
      if (field === 'entry-points') return ['project', entryPointsKey(script ?? '')]
      const path = isOfExtra ? ['project', 'optional-dependencies'] : projectKey(field)
      const dynamic: Key = ['tool', 'setuptools', 'dynamic', path[1] ?? '']
      return folder?.pyproject?.document.locate(dynamic) ? (dynamic as string[]) : path
    }
    case 'poetry':
      if (field === 'entry-points') return ['tool', 'poetry', script === undefined ? 'plugins' : 'scripts']
      return (field === 'Project-URL' && ownUrlKey(value, folder)) || poetryKey(field)
    case 'flit':
      if (field === 'entry-points') return ['tool', 'flit', script === undefined ? 'entrypoints' : 'scripts']
      return isOfExtra ? ['tool', 'flit', 'metadata', 'requires-extra'] : flitKey(field)
    case 'cargo':
      return [...cargoKeys(field)][0]?.map(String) ?? []
    default: {
      const option =
        isOfExtra || field === 'Provides-Extra' ? 'options.extras_require' : SETUPTOOLS_KEYS.get(field)?.[0]
      if (option === undefined) return []
      const dot = option.indexOf('.')
      return form === 'setup.py' ? [option.slice(dot + 1)] : [option.slice(0, dot), option.slice(dot + 1)]
    }
  }
}

/** `homepage`, `repository` and `documentation` of Poetry's own table, where the address with that label is written there. */
function ownUrlKey(value: string | undefined, folder: ProjectFolder | undefined): readonly string[] | undefined {
  const key = value?.split(',', 1)[0]?.trim().toLowerCase() ?? ''
  const path = ['tool', 'poetry', key]
  return /^(?:homepage|repository|documentation)$/.test(key) && folder?.pyproject?.document.locate(path)
    ? path
    : undefined
}

const projectKey = (field: string): readonly string[] => [
  'project',
  PROJECT_KEYS_OF_FIELD.get(field)?.[0] ?? field.toLowerCase(),
]

/** `` `requires-python` in `[project]` ``, or the table alone: `` `[project.urls]` ``. */
function inWords(home: Home): string {
  const { form, path, isTable: table } = home
  if (form === 'setup.py' || !table) return `\`${path.at(-1)}\`${placeInWords(home)}`
  return `\`[${path.join('.')}]\`${form === 'setup.cfg' ? ' of setup.cfg' : ''}`
}

/** What encloses the key: `` in `[project]` ``. */
function placeInWords({ form, path, isNew }: Home): string {
  if (form === 'setup.py') return ' in setup.py'
  if (isNew) return ' in `[project]`, a new table that needs `name` and `version` too'
  const file = form === 'setup.cfg' || form === 'cargo' ? ` of ${FILES[form]}` : ''
  return ` in \`[${path.slice(0, -1).join('.')}]\`${file}`
}

/** A key and its value, as the file is written. */
function assignment({ form, path }: Home, value: string | readonly string[]): string {
  const name = path.at(-1)
  if (form === 'setup.cfg') return `${name} = ${typeof value === 'string' ? value : value.join(', ')}`
  const literal =
    typeof value === 'string' ? JSON.stringify(value) : `[${value.map(one => JSON.stringify(one)).join(', ')}]`
  return form === 'setup.py' ? `${name}=${literal}` : `${name} = ${literal}`
}

/** What follows the semicolon of a requirement. */
const markerOf = (requirement = '') => (requirement.includes(';') ? requirement.slice(requirement.indexOf(';')) : '')
