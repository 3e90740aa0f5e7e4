import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { Severity } from '../finding.js'
import { oncePer } from '../once.js'
import { secrets } from './secrets.js'

/** Files of one kind that a tool left behind. */
export interface Leftovers {
  /** `.DS_Store`, `*.orig`: what they have in common. */
  readonly kind: string
  readonly what: string
  /** Each file, or the folder that is of the kind as a whole, with a trailing `/`. */
  readonly places: readonly string[]
  /** Files in all, and the first of them. */
  readonly count: number
  readonly first: string
  readonly severity: Severity
}

type Packed = Pick<Wheel | Sdist, 'members' | 'heads' | 'texts' | 'project'> & Partial<Pick<Sdist, 'top'>>

/** Folders that a tool keeps its data in, by name. */
const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['.git', 'git data'],
  ['.hg', 'Mercurial data'],
  ['.svn', 'Subversion data'],
  ['.idea', 'a folder of editor settings'],
  ['.vscode', 'a folder of editor settings'],
  ['.fleet', 'a folder of editor settings'],
  ['.vs', 'a folder of editor settings'],
  ['.history', 'a folder of earlier versions that an editor keeps'],
  ['.claude', 'a folder of coding assistant settings'],
  ['.cursor', 'a folder of coding assistant settings'],
  ['.windsurf', 'a folder of coding assistant settings'],
  ['.gemini', 'a folder of coding assistant settings'],
  ['.codex', 'a folder of coding assistant settings'],
  ['.specstory', 'a folder of coding assistant settings'],
  ['.tox', 'tox environments'],
  ['.nox', 'nox environments'],
  ['.ipynb_checkpoints', 'Jupyter checkpoints'],
  ['.mypy_cache', 'a mypy cache'],
  ['.pytest_cache', 'a pytest cache'],
  ['.ruff_cache', 'a ruff cache'],
  ['__MACOSX', 'macOS attributes'],
])

interface FileKind {
  readonly kind: string
  readonly what: string
  readonly name: RegExp
  /** What its first bytes are, where they tell. */
  readonly magic?: (head: Uint8Array) => boolean
  /** Names of what it is a copy or an attribute of: one of them must be next to it. None: it does not need one. */
  readonly plain?: (name: string, folder: string) => readonly string[]
  /** Without them, only its name identifies it, outside tests and templates. */
  readonly nameTells?: true
  /** Names that are not leftovers. */
  readonly meant?: RegExp
  /** An example may show how it is written. */
  readonly isShown?: true
}

const begins =
  (...bytes: readonly number[]) =>
  (head: Uint8Array) =>
    bytes.every((byte, i) => head[i] === byte)

/** A .pyc file: two bytes for the Python version, then a line end, as every version writes it. */
export const isBytecode = (head: Uint8Array): boolean => head[2] === 0x0d && head[3] === 0x0a

const CACHE = /(?:^|\/)__pycache__\/$/

const withoutSuffix = (name: string) => [name.replace(/\.[^.]*$/, '')]

const FILES: readonly FileKind[] = [
  {
    kind: '*.pyc',
    what: 'compiled Python',
    name: /\.py[co]$/,
    magic: isBytecode,
    // In __pycache__ it is useless without its source; elsewhere it may be the module itself.
    plain: (name, folder) => (CACHE.test(folder) ? [] : [name.slice(0, -1)]),
  },
  {
    kind: '.DS_Store',
    what: 'macOS data',
    name: /^\.DS_Store$/,
    magic: begins(0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31),
    nameTells: true,
  },
  {
    kind: '._*',
    what: 'macOS attributes',
    name: /^\._./,
    magic: begins(0, 5, 0x16, 7),
    plain: name => [name.slice(2)],
  },
  { kind: 'Thumbs.db', what: 'Windows data', name: /^Thumbs\.db$/ },
  { kind: 'desktop.ini', what: 'Windows data', name: /^desktop\.ini$/ },
  {
    kind: '*.orig',
    what: 'a leftover from a patch',
    name: /.\.orig$/,
    plain: withoutSuffix,
    // uv_build and cargo keep the original next to the file that replaces it.
    meant: /^(?:pyproject|Cargo)\.toml\.orig$/,
  },
  { kind: '*.rej', what: 'a leftover from a patch', name: /.\.rej$/, plain: withoutSuffix },
  { kind: '*.swp', what: 'a leftover from an editor', name: /\.sw[op]$/, magic: begins(0x62, 0x30, 0x56, 0x49, 0x4d) },
  {
    kind: '*~',
    what: 'a leftover from an editor',
    name: /.~$/,
    // `a.py~`, and `a.py.~1~` or `a.py.~HEAD~` where several are kept.
    plain: name => [name.slice(0, -1), name.replace(/\.~[^~]*~$/, '')],
  },
  { kind: '.coverage', what: 'coverage data', name: /^\.coverage$/ },
  { kind: '.env', what: 'a file with settings for one machine', name: /^\.env$/, isShown: true },
  { kind: '*.bak', what: 'a leftover from an editor', name: /.\.bak$/, plain: withoutSuffix },
]

/** What any of them has in its path: most members are left here. */
const POSSIBLE =
  /(?:^|\/)(?:\.(?:git|hg|svn|idea|vscode|fleet|vs|history|specstory|claude|cursor|windsurf|gemini|codex|tox|nox|ipynb_checkpoints|mypy_cache|pytest_cache|ruff_cache)|__MACOSX|node_modules)\/|(?:^|\/)(?:\.DS_Store|\._[^/]+|Thumbs\.db|desktop\.ini|\.coverage|\.env|[^/]+(?:\.py[co]|\.orig|\.rej|\.bak|\.sw[op]|~))$/

const TEMPLATE = /^(?:.*[-_])?(?:templates?|tpls?|skeletons?|scaffolds?|cookiecutters?)(?:[-_.].*)?$|\{\{/is
const TEST = /(?:^|[-_.])(?:tests?|testing)(?:$|[-_.])|^testdata$/i
const OF_OTHERS =
  /^(?:docs?|documentation|examples?|benchmarks?|subprojects|_?vendor(?:ed)?|third[-_]?party|extern(?:als?)?)$/i
/** Data that somebody chose, tests' above all. */
const SAMPLE = /(?:^|[-_.])(?:data|fixtures?|samples?|inputs?|resources?|golden|cassettes)(?:$|[-_.])|^testdata$/i

/** Is it below a folder of tests, documentation or other projects? The first folder is the project's own, whatever it is called. */
const isAside = (parts: readonly string[]) => parts.slice(1, -1).some(part => TEST.test(part) || OF_OTHERS.test(part))

/** What the folders of a path say. The first is the project's own, whatever it is called. */
function surroundings(parts: readonly string[]): {
  readonly template: boolean
  readonly test: boolean
  readonly sample: boolean
  readonly example: boolean
} {
  const folders = parts.slice(1, -1)
  const from = folders.findIndex(part => TEST.test(part))
  return {
    template: folders.some(part => TEMPLATE.test(part)),
    test: from >= 0,
    sample: from >= 0 && folders.slice(from).some(part => SAMPLE.test(part)),
    example: folders.some(part => EXAMPLE.test(part)),
  }
}

/** What one file is, and its place: the file, or the folder that is of the kind as a whole. */
interface Leftover {
  readonly kind: string
  readonly what: string
  readonly place: string
  readonly severity?: Severity | undefined
}

/** Everything that tools left in a distribution, one entry per kind. */
export const leftovers = oncePer((packed: Packed): readonly Leftovers[] => {
  const kinds = new Map<string, Leftovers & { readonly places: string[]; count: number; severity: Severity }>()
  const places = new Set<string>()
  const environments = virtualEnvironments(packed)
  const npm = npmFolders(packed)
  const built = packed.top === undefined ? undefined : builtIn(packed.top)
  for (const { path } of packed.members.files) {
    const environment = environments.size > 0 ? foldersAbove(path).find(folder => environments.has(folder)) : undefined
    const found =
      environment === undefined
        ? POSSIBLE.test(path) || built?.test(path)
          ? (outputOf(path, built) ?? inFolder(path, npm, packed.top !== undefined) ?? byItself(packed, path))
          : undefined
        : { kind: 'virtual environment', what: 'a virtual environment', place: environment }
    if (!found) continue
    const { kind, what, place, severity = 'warning' } = found
    const row = kinds.get(kind) ?? { kind, what, places: [], count: 0, first: path, severity }
    kinds.set(kind, row)
    row.count++
    if (severity === 'warning') row.severity = severity
    if (places.has(place)) continue
    places.add(place)
    row.places.push(place)
  }
  return [...kinds.values()]
})

/** What setuptools builds in, and what earlier builds left for an upload, in the top folder of an sdist. */
const builtIn = (top: string) =>
  new RegExp(
    `^${top.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}/(build/(?:lib(?:\\.[^/]+)?|bdist\\.[^/]+|temp\\.[^/]+|scripts-[\\d.]+)/|dist/(?=[^/]+-\\d[^/]*\\.(?:whl|tar\\.gz|egg)$))`,
  )

function outputOf(path: string, built: RegExp | undefined): Leftover | undefined {
  const [place, folder] = built?.exec(path) ?? []
  if (place === undefined || folder === undefined) return undefined
  return folder === 'dist/'
    ? { kind: 'dist', what: 'a folder of earlier releases', place }
    : { kind: 'build', what: 'output of an earlier build', place }
}

const NPM = 'node_modules'

/** Folders that many projects keep in their repository on purpose, and what an example shows to its readers. */
const SHARED = new Set(['.vscode', '.fleet'])
/** The same for coding assistants, except for what they write for one person. */
const SHARED_IN_SOURCES = new Set(['.claude', '.cursor', '.windsurf', '.gemini', '.codex'])
const PERSONAL =
  /\.local(?:\.|$)|\.(?:jsonl|log|db|sqlite3?)$|(?:^|[/_.-])(?:auth|credentials?|history|logs?|sessions?|memor(?:y|ies)|cache|tmp|worktrees)(?:[/_.-]|$)/i
/** What checkers remember of the files: larger, but of no harm to anybody who builds from the sdist. */
const CACHES = new Set(['.mypy_cache', '.pytest_cache', '.ruff_cache'])
const EXAMPLE = /^(?:examples?|samples?|docs?|demos|tutorials?|sandbox|playground|docker|deploy\w*|infra\w*)$/i

/** The folder of a tool that a file is in, or nothing. */
function inFolder(path: string, npm: ReadonlyMap<string, Severity>, inSources: boolean): Leftover | undefined {
  const parts = path.split('/')
  const at = parts.findIndex((part, i) => i < parts.length - 1 && (FOLDERS.has(part) || part === NPM))
  const folder = parts[at]
  if (folder === undefined) return undefined
  const { template, test, sample, example } = surroundings(parts)
  const place = `${parts.slice(0, at + 1).join('/')}/`
  if (folder === NPM)
    return test || template
      ? undefined
      : { kind: NPM, what: 'a folder of npm packages', place, severity: npm.get(place) ?? 'info' }
  // A repository among tests is what they are made with.
  if (template || sample || (test && /^\.(?:git|hg|svn)$/.test(folder))) return undefined
  // A project shares them in its repository; in a wheel they are of use to nobody, but for what an example shows.
  const shared = inSources
    ? SHARED.has(folder) ||
      CACHES.has(folder) ||
      (SHARED_IN_SOURCES.has(folder) && !PERSONAL.test(parts.slice(at + 1).join('/')))
    : SHARED.has(folder) && example
  // No build reads what a tool left among tests and documentation.
  const aside = inSources && /^\.|^__/.test(folder) && !/^\.(?:git|hg|svn)$/.test(folder) && isAside(parts)
  return { kind: folder, what: FOLDERS.get(folder) ?? '', place, ...((shared || aside) && { severity: 'info' }) }
}

/** What a file is by its name, its first bytes and its neighbors. */
function byItself(packed: Packed, path: string): Leftover | undefined {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const file = FILES.find(one => one.name.test(name))
  // A secret in it is reported by itself.
  if (!file || file.meant?.test(name) || secrets(packed).has(path)) return undefined
  const { template, test, sample, example } = surroundings(parts)
  const magic = file.magic?.(packed.heads.get(path) ?? new Uint8Array())
  if (magic === false && !file.nameTells) return undefined
  // What begins as it must is surely one, though it may be there on purpose; a name says little among tests and templates.
  if (magic === true ? file.plain && (sample || template) : test || template) return undefined
  const above = path.slice(0, path.length - name.length)
  const plain = file.plain?.(name, above) ?? []
  if (plain.length > 0 && !plain.some(one => one !== name && packed.members.has(above + one))) return undefined
  const cache = CACHE.test(above)
  return {
    kind: cache ? '__pycache__' : file.kind,
    what: file.what,
    place: cache ? above : path,
    severity: (file.isShown && example) || (packed.top !== undefined && isAside(parts)) ? 'info' : undefined,
  }
}

/** Scripts of which both venv and virtualenv write several into one folder. */
const ACTIVATE = /^(.+)\/(?:bin|Scripts)\/[Aa]ctivate(?:\.(?:bat|csh|fish|nu|ps1)|_this\.py)?$/

/** Folders, with a trailing `/`, that `python -m venv` or virtualenv created. */
function virtualEnvironments({ members, top }: Packed): ReadonlySet<string> {
  const found = new Set<string>()
  const scripts = new Map<string, number>()
  for (const { path } of members.files) {
    const [, environment] = ACTIVATE.exec(path) ?? []
    if (environment !== undefined) scripts.set(environment, (scripts.get(environment) ?? 0) + 1)
    const isActivated = environment !== undefined && scripts.get(environment) === 2
    if (!isActivated && !path.endsWith('/pyvenv.cfg') && !path.includes('/site-packages/')) continue
    const [, root, library] =
      (isActivated ? ['', environment] : undefined) ??
      /^(.+)\/pyvenv\.cfg$/.exec(path) ??
      /^(.+?)\/(lib(?:64)?\/python[0-9.]+t?|Lib)\/site-packages\/./.exec(path) ??
      []
    if (root === undefined || /^[^/]+\.data\/data$/.test(root)) continue
    // A wheel made by cmeel has a prefix of its own, which a project that it requires adds to the path.
    if (library !== undefined && root === 'cmeel.prefix') continue
    // A whole Python that is shipped on purpose has its standard library there.
    if (library !== undefined && members.has(`${root}/${library}/os.py`)) continue
    // If the sdist was built in the folder of an environment, its own files are there too.
    const own = top === root
    if (own && library === undefined) continue
    const folder = own ? `${root}/${library}/site-packages/` : `${root}/`
    const { template, test } = surroundings(folder.split('/'))
    if (!template && !test && !folder.split('/').some(part => FOLDERS.has(part))) found.add(folder)
  }
  // The outer ones: what is in an environment belongs to it.
  return new Set([...found].filter(folder => !foldersAbove(folder.slice(0, -1)).some(above => found.has(above))))
}

/** `a/b/c` → `a/`, `a/b/`. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = []
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) folders.push(path.slice(0, end + 1))
  return folders
}

/** The outer node_modules folders: a warning if npm installed into one that is not part of a Python package. */
function npmFolders({ members }: Packed): ReadonlyMap<string, Severity> {
  const found = new Map<string, Severity>()
  for (const { path } of members.files) {
    if (!/\/(?:package|\.package-lock)\.json$/.test(path)) continue
    const [, folder] =
      /^((?:.*?\/)?node_modules\/)(?:\.package-lock\.json|(?:@[^/]+\/)?[^/]+\/package\.json)$/.exec(path) ?? []
    if (folder !== undefined && !found.has(folder)) found.set(folder, isInPackage(members, folder) ? 'info' : 'warning')
  }
  return found
}

const isInPackage = (members: Packed['members'], folder: string) =>
  folder
    .split('/')
    .slice(0, -2)
    .some((_, i, parts) => members.has(`${parts.slice(0, i + 1).join('/')}/__init__.py`))
