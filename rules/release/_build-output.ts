import type { Wheel } from '../../src/distribution/distribution.js'
import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import { isTable, texts } from '../../src/views/pyproject.js'
import type { Sources } from './_sources.js'

/** Does a build generate this Python file of site-packages instead of copying it from the sources? */
export type IsBuildOutput = (path: string) => boolean

/** Names of generated files: versions, build configuration, code generated from an interface description. */
const NAMES: readonly RegExp[] = [
  // setuptools-scm, versioneer, hatch-vcs, pbr, and what setup.py writes by hand.
  /^_*(?:[a-z0-9]+_)*version(?:_?(?:info|data|static|generated|string))?_*\.py$/i,
  /^_*(?:[a-z0-9]+_)*(?:build|git|commit|compile|distributor)_?(?:info|init|config|meta|id|date|time|details|revision|rev|sha|hash|version|constants)_*\.py$/i,
  /^_*(?:git_?(?:rev|sha|hash|revision)|githash|revision|buildinfo|buildconfig|scmversion|_?commit|__config__|_distributor_init|_delvewheel_[a-z0-9_]+)\.py$/i,
  // Protocol buffers and similar generated code.
  /_pb2(?:_[a-z0-9]{1,40}){0,3}\.py$/,
  /_(?:grpc|pb|twirp|connect|betterproto|capnp|fbs|thrift)\.py$/,
  // Parser tables of PLY.
  /^(?:parsetab|lextab|yacctab|parser_?tab|[a-z0-9_]*_?(?:lex|yacc|parse)tab)\.py$/i,
  // CFFI in ABI mode.
  /(?:^|_)cffi(?:_[a-z0-9_]{1,100})?\.py$/,
]

/** If the sources contain one of these with the same stem, the module is generated from it. */
const TEMPLATES = [
  '.in',
  '.tmpl',
  '.tpl',
  '.template',
  '.j2',
  '.jinja',
  '.jinja2',
  '.mako',
  '.src',
  '.cog',
  '.cmake',
  '.meson',
]
const INTERFACES = [
  '.proto',
  '.i',
  '.swg',
  '.thrift',
  '.fbs',
  '.capnp',
  '.pyx',
  '.ui',
  '.qrc',
  '.g4',
  '.g',
  '.lark',
  '.asdl',
  '.y',
  '.peg',
  '.gram',
  '.coco',
  '.hy',
  '.udl',
]

/** Which files a build of these sources generates, as far as names and tool tables reveal it. */
export function buildOutputOf(sources: Sources, wheel: Wheel): IsBuildOutput {
  const named = sources.sdists.flatMap(sdist => [
    ...(sdist.pyproject ? namedPaths(sdist.pyproject) : []),
    ...versionFiles(sdist.texts.get(`${sdist.top}/setup.cfg`)?.text ?? ''),
  ])
  const backends = new Set(sources.sdists.map(({ pyproject }) => pyproject?.get('build-system', 'build-backend')))
  const generator = wheel.wheelFile?.value('Generator') ?? ''
  const byMaturin = backends.has('maturin') || /^maturin\b/i.test(generator)
  // In ABI mode CFFI writes a module whose name setup.py chooses; nearly all start with an underscore.
  const byCffi = sources.sdists.some(({ pyproject }) =>
    texts(pyproject?.get('build-system', 'requires')).some(([, text]) => /^\s*cffi\b/i.test(text)),
  )
  const bySip = backends.has('sipbuild.api')
  const patched = wheel.distInfo !== undefined && wheel.members.has(`${wheel.distInfo}/DELVEWHEEL`)
  const suffixes = new Set([...sources.paths].map(path => path.slice(path.lastIndexOf('.'))))
  const grammars = ['.g4', '.g'].some(suffix => suffixes.has(suffix))
  const thrift = suffixes.has('.thrift')
  const forms = ['.ui', '.qrc'].some(suffix => suffixes.has(suffix))
  const flat = suffixes.has('.fbs')
  const scripts = sources.sdists.map(({ texts, top }) => texts.get(`${top}/setup.py`)?.text ?? '')
  /** A command of setup.py writes it: `open("demo.py", "w")`. */
  const isWritten = (name: string) =>
    scripts.some(text => text.includes('cmdclass') && [`"${name}"`, `'${name}'`].some(one => text.includes(one)))
  return path => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const stem = name.replace(/\.py$/, '')
    if (NAMES.some(pattern => pattern.test(name)) || isWritten(name)) return true
    if (TEMPLATES.some(suffix => sources.hasName(`${name}${suffix}`) || sources.hasName(`${stem}${suffix}`)))
      return true
    if (
      INTERFACES.some(
        suffix => sources.hasName(`${stem}${suffix}`) || sources.hasName(`${stem.replace(/^_/, '')}${suffix}`),
      )
    )
      return true
    if (isMadeBy(stem, sources)) return true
    if (grammars && /(?:Lexer|Parser|Listener|Visitor)$/.test(stem)) return true
    if (forms && /^ui_|_(?:ui|rc|qrc|uic)$/i.test(stem)) return true
    if (thrift && /^(?:ttypes|constants|__init__)$/.test(stem)) return true
    if (flat && /^[A-Z]/.test(stem)) return true
    // maturin generates a package for a Rust crate without one, and uniffi's bindings.
    if (byMaturin && path.split('/').length <= 3 && (stem === '__init__' || stem === 'ffi')) return true
    if (byCffi && stem.startsWith('_') && stem !== '__init__') return true
    if (bySip && path.split('/').length <= 2 && stem === '__init__') return true
    // delvewheel adds its code to __init__.py of packages, and creates one if needed.
    if (patched && stem === '__init__') return true
    return named.some(one => one(path))
  }
}

/** CFFI's build scripts: `foo_build.py` or `build_foo.py` writes `_foo.py`. */
function isMadeBy(stem: string, { hasName }: Sources): boolean {
  const bare = stem.replace(/^_+/, '')
  return (
    (bare !== '' &&
      stem !== '__init__' &&
      ['build_', 'gen_', 'generate_', 'make_'].some(prefix => hasName(`${prefix}${bare}.py`))) ||
    (stem !== '__init__' &&
      ['_build', '_builder', '_gen', '_generator', '_extension_build'].some(
        suffix => hasName(`${bare}${suffix}.py`) || hasName(`_${bare}${suffix}.py`),
      ))
  )
}

/** Tables in which a folder or a pattern names what the build adds to the wheel. */
const BUILD_TABLES = new Set([
  'hatch',
  'pdm',
  'poetry',
  'flit',
  'scikit-build',
  'meson-python',
  'setuptools',
  'maturin',
  'uv',
  'whey',
  'enscons',
  'jupyter-packaging',
  'hatch-build-scripts',
])
/** Keys that name source folders. */
const SOURCE_KEYS =
  /^(?:packages|package-dir|package_dir|where|include|exclude|only-include|only-packages|sources|python-source|module-root|module-name|source-includes|source-include|source-exclude|namespaces|from|dirs?|python-packages)$/

/** What tables under `[tool]` name: files by path or pattern, and folders that a build writes to. */
function* namedPaths(pyproject: Pyproject): Generator<IsBuildOutput> {
  const tool = pyproject.get('tool')
  if (!isTable(tool)) return
  for (const [name, table] of Object.entries(tool)) yield* walk(table, name, BUILD_TABLES.has(name), 0)
}

/** Version files that setup.cfg names, as for versioneer. */
function* versionFiles(setupCfg: string): Generator<IsBuildOutput> {
  for (const [, path = ''] of setupCfg.matchAll(
    /^(?:versionfile_(?:source|build)|write_to|version_file)[ \t]*=[ \t]*(?![ \t])([^\s]{1,300}\.py)$/gm,
  )) {
    const matcher = matcherOf(path, 'version', false)
    if (matcher) yield matcher
  }
}

const DEEPEST = 12

function* walk(value: TomlValue, key: string, builds: boolean, depth: number): Generator<IsBuildOutput> {
  if (typeof value === 'string') {
    const matcher = matcherOf(value, key, builds)
    if (matcher) yield matcher
  } else if (depth < DEEPEST && Array.isArray(value)) {
    for (const item of value) yield* walk(item, key, builds, depth + 1)
  } else if (depth < DEEPEST && isTable(value)) {
    for (const [inner, item] of Object.entries(value))
      yield* walk(item, inner, builds && !SOURCE_KEYS.test(inner), depth + 1)
  }
}

const LONGEST = 300

function matcherOf(text: string, key: string, builds: boolean): IsBuildOutput | undefined {
  const path = text
    .slice(0, LONGEST + 1)
    .trim()
    .replaceAll('\\', '/')
    .replace(/:.*$/s, '')
    .replace(/^[./]*\//, '')
  if (path.length > LONGEST || path === '' || /\s/.test(path)) return undefined
  // `src/demo/_v.py` is installed as `demo/_v.py`; PDM's `demo/_v.py` may also be below a folder.
  if (path.endsWith('.py') && !path.includes('*')) {
    const isRelative = path.includes('/') || /version|write/i.test(key)
    return installed =>
      installed === path || path.endsWith(`/${installed}`) || (isRelative && installed.endsWith(`/${path}`))
  }
  // Linters name folders and patterns that no build generates.
  if (!builds || SOURCE_KEYS.test(key) || !path.includes('/')) return undefined
  const slash = path.lastIndexOf('/')
  const last = path.slice(slash + 1)
  if (last === '' || /^\*+(?:\.[a-z*]+)?$/.test(last)) return inFolder(path.slice(0, slash).replace(/\/\*\*$/, ''))
  if (!last.includes('*')) return inFolder(path)
  const [head = '', tail = '', ...more] = last.split('*')
  if (more.length > 0 || (head === '' && tail === '.py')) return undefined
  return installed => {
    const name = installed.slice(installed.lastIndexOf('/') + 1)
    return name.startsWith(head) && name.endsWith(tail)
  }
}

/** Below the folder, as written or without the source folders around it. */
function inFolder(folder: string): IsBuildOutput | undefined {
  if (folder === '' || folder.includes('*')) return undefined
  return installed => {
    const parent = installed.split('/').slice(0, -1)
    return parent.some((_, i) => {
      const head = parent.slice(0, i + 1).join('/')
      return head === folder || folder.endsWith(`/${head}`)
    })
  }
}
