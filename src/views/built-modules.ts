import type { Sdist } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import { topOf } from '../python/module-name.js'
import { isStdlibModule } from '../standards/import-name.js'
import { canonicalName } from '../standards/name.js'
import { splitLines } from '../text/lines.js'
import { ownEggInfo } from './egg-info.js'
import { Installed } from './install-tree.js'
import { packageListing } from './package-listing.js'
import { backendOf, coreBackend, entries, isSetuptools, isTable, texts } from './pyproject.js'
import { type ModuleEntry, modulesIn } from './python-modules.js'
import { setupCfg, setupScript } from './setup-files.js'

/** What a build of an sdist installs, as far as its files tell. */
interface BuiltModules {
  readonly modules: ReadonlyMap<string, ModuleEntry>
  /** Packages of the sdist that a list of setuptools leaves out. */
  readonly unlisted: ReadonlySet<string>
  /** May the build write modules, or take some from elsewhere? */
  readonly mayAdd: boolean
  /** The folder that the packages are in, with `/` at its end. */
  readonly root: string
  /** May it write this one? */
  mayMake(module: string): boolean
  /** Is there a module of this name next to the packages, which setuptools does not install? */
  isLeftOut(top: string): boolean
}

const NOTHING: BuiltModules = {
  modules: new Map(),
  unlisted: new Set(),
  mayAdd: true,
  root: '',
  mayMake: () => true,
  isLeftOut: () => false,
}

export const builtModules = oncePer((sdist: Sdist): BuiltModules => {
  const where = sdist.tree || sdist.top === undefined || sdist.pyproject?.error ? undefined : placeOf(sdist)
  if (!where) return isRooted(sdist) ? { ...NOTHING, mayAdd: mayAddModules(sdist) } : NOTHING
  const { root, tops, isListed } = where
  const all = sdist.members.files.flatMap((member): readonly Installed[] => {
    if (!member.path.startsWith(root)) return []
    const file = new Installed(member.path.slice(root.length), member)
    const top = file.path.includes('/') ? file.top : file.path.replace(/\..*$/s, '')
    return tops.has(top) && !isNamespaceInit(sdist, member.path) ? [file] : []
  })
  const isInstalled = listedOnly(sdist, new Set(all.flatMap(({ path }) => (path.endsWith(`/${INIT}`) ? [path] : []))))
  const files = isInstalled ? all.filter(({ parts }) => isInstalled(parts.slice(0, -1))) : all
  const unlisted = new Set(
    all.flatMap(({ parts }) => {
      const folder = parts.slice(0, -1)
      return isInstalled && !isInstalled(folder) ? [folder.join('.')] : []
    }),
  )
  const isVersioned = hasVersionWriter(sdist)
  return {
    modules: modulesIn(sdist, files),
    unlisted,
    root,
    mayAdd: mayAddModules(sdist),
    isLeftOut: top =>
      isListed && !tops.has(top) && [`${top}.py`, `${top}/${INIT}`].some(path => sdist.members.has(`${root}${path}`)),
    mayMake: module =>
      (isVersioned && VERSION.test(lastOf(module))) ||
      sourceStems(sdist).has(lastOf(module).replace(/_pb2(?:_grpc)?$/, '')),
  }
})

/** Is it known which folder the packages are in, even where there are none? */
const isRooted = (sdist: Sdist) =>
  !sdist.tree &&
  isSetuptools(sdist) &&
  ownEggInfo(sdist) !== undefined &&
  [...packageFolders(sdist)].every(name => name === '')

const lastOf = (module: string) => module.slice(module.lastIndexOf('.') + 1)

/** Modules that plugins write from what they know of the version. */
const VERSION = /^_*(?:version|about|build_?info|git|commit|revision|release|scm)/i

/** What modules are made of. */
const MADE_OF =
  /\.(?:pyx|pxd|pyi|c|cc|cpp|cxx|rs|f|f90|for|pyf|i|swg|proto|thrift|fbs|capnp|g4|lark|in|tmpl|tpl|template|j2|jinja2?|mako|ui|qrc|hy|coco|go|zig|nim|cu|m|mm|y|l)$/i

/** The first part of the name of each file that a module may be made of. */
const sourceStems = oncePer(
  ({ members }: Sdist): ReadonlySet<string> =>
    new Set(
      members.files.flatMap(({ path }) =>
        MADE_OF.test(path) ? [path.slice(path.lastIndexOf('/') + 1).split('.', 1)[0] ?? ''] : [],
      ),
    ),
)

const INIT = '__init__.py'

/** setuptools does not install what only declares a namespace, where `namespace_packages` names it. */
function isNamespaceInit(sdist: Sdist, member: string): boolean {
  if (!member.endsWith(`/${INIT}`) || !/\bdeclare_namespace\b/.test(sdist.python.get(member)?.text ?? '')) return false
  const setup = setupScript(sdist)?.setup
  return (
    !setup ||
    setup.isOpen ||
    setup.keywords.has('namespace_packages') ||
    // Of Azure's packages, one removes it.
    setup.keywords.has('cmdclass') ||
    setupCfg(sdist).has('options.namespace_packages')
  )
}

interface BuiltPlace {
  /** With `/` at its end. */
  readonly root: string
  readonly tops: ReadonlySet<string>
  /** Are there no others? */
  readonly isListed: boolean
}

/** The folder that the packages are in, and those that are installed from it. */
function placeOf(sdist: Sdist): BuiltPlace | undefined {
  const { top, members } = sdist
  const has = (root: string, name: string) => members.has(`${root}${name}.py`) || members.has(`${root}${name}/${INIT}`)
  if (isSetuptools(sdist)) {
    if ([...packageFolders(sdist)].some(name => name !== '')) return undefined
    const egg = ownEggInfo(sdist)
    const listed = splitLines(sdist.texts.get(`${egg?.path}/top_level.txt`)?.text ?? '').flatMap(line => {
      const name = line.trim()
      return /^\w+$/.test(name) && !isStdlibModule(name) ? [name] : []
    })
    if (egg && listed.length > 0) return { root: egg.folder, tops: new Set(listed), isListed: true }
  }
  const named = namesOf(sdist)
  const roots = ['', 'src/'].map(root => `${top}/${root}`).filter(root => [...named].some(name => has(root, name)))
  const [root, ...others] = roots
  return root === undefined || others.length > 0 ? undefined : { root, tops: named, isListed: false }
}

/** What a backend looks for where nothing else is said, or what its table says. */
function namesOf({ project, pyproject }: Sdist): ReadonlySet<string> {
  const hatch = texts(pyproject?.get('tool', 'hatch', 'build', 'targets', 'wheel', 'packages')).map(([, text]) => text)
  const flit = pyproject?.get('tool', 'flit', 'module', 'name')
  const uv = pyproject?.get('tool', 'uv', 'build-backend', 'module-name')
  const given = [
    ...hatch.map(path => path.replace(/^(?:\.\/)?(?:src\/)?/, '').replace(/\/$/, '')),
    ...[flit, uv].flatMap(name => (typeof name === 'string' ? [topOf(name)] : [])),
  ]
  const plain = (project ?? '').replaceAll('-', '_')
  return new Set(given.length > 0 ? given : [plain].filter(name => /^\w+$/.test(name) && !isStdlibModule(name)))
}

/** The packages that setuptools takes from folders with other names; '' is for all others. */
export function packageFolders(sdist: Sdist): ReadonlySet<string> {
  const setup = setupScript(sdist)?.setup
  return new Set([
    ...(setup?.keywords.has('package_dir') ? (setup.dict('package_dir')?.keys() ?? ['?']) : []),
    ...entries(sdist.pyproject?.get('tool', 'setuptools', 'package-dir')).map(([name]) => name),
    ...[...setupCfg(sdist)].flatMap(([key, { values }]) =>
      key === 'options.package_dir'
        ? values.map(({ text }) => text.split('=')[0]?.trim() ?? '')
        : key.startsWith('options.package_dir.')
          ? [key.slice('options.package_dir.'.length)]
          : [],
    ),
  ])
}

/** Does setuptools look for the packages, and find only those with `__init__.py`? Data of them may bring others. */
function isFound(sdist: Sdist): boolean {
  const setup = setupScript(sdist)?.setup
  const options = setupCfg(sdist)
  const has = (keyword: string) =>
    setup?.keywords.has(keyword) === true ||
    [...options.keys()].some(key => key === `options.${keyword}` || key.startsWith(`options.${keyword}.`))
  if (
    !isSetuptools(sdist) ||
    setup?.isOpen ||
    has('package_data') ||
    has('include_package_data') ||
    has('namespace_packages')
  )
    return false
  return setup?.keywords.has('packages') === true
    ? /\bpackages\s*=\s*(?:setuptools\.)?find_packages\s*\(/.test(sdist.texts.get(`${sdist.top}/setup.py`)?.text ?? '')
    : options.get('options.packages')?.values[0]?.text.startsWith('find:') === true
}

/** Which folders are installed, where a list names them all, or only those with `__init__.py` are found. */
function listedOnly(sdist: Sdist, inits: ReadonlySet<string>): ((folder: readonly string[]) => boolean) | undefined {
  const listing = packageListing(sdist)
  if (isFound(sdist)) return folder => folder.every((_, i) => inits.has([...folder.slice(0, i + 1), INIT].join('/')))
  if (!listing || listing.hasData || listing.packages.length === 0) return undefined
  const names = new Set(listing.packages.map(({ text }) => text.replaceAll('/', '.')))
  return folder => folder.length === 0 || names.has(folder.join('.'))
}

/** Does a build requirement, or an argument, write the version into a module? */
const hasVersionWriter = (sdist: Sdist): boolean =>
  WRITERS.test(
    [
      ...texts(sdist.pyproject?.get('build-system', 'requires')).map(([, text]) => text),
      ...(setupCfg(sdist).get('options.setup_requires')?.values ?? []).map(({ text }) => text),
      ...(setupScript(sdist)?.setup?.keywords ?? []),
      ...(setupScript(sdist)?.setup?.list('setup_requires') ?? []).map(({ text }) => text),
    ].join('\n'),
  )
const WRITERS = /scm|vcs|git|version(?:eer|ing|tools|_format|_config)|incremental|pbr|^vermin/im

/** Build requirements that write no modules, but for that of the version. */
const PLAIN =
  /^(?:setuptools|wheel|pip|build|packaging|tomli?|setuptools-scm|setuptools-git-versioning|hatchling|hatch-vcs|hatch-fancy-pypi-readme|flit-core|poetry-core|poetry-dynamic-versioning|pdm-backend|uv-build|uv-dynamic-versioning)$/

/** What setup.py may write itself, or have written. */
const WRITES =
  /cmdclass|ext_modules|rust_extensions|cffi_modules|Extension\(|\bwrite|copy|symlink|subprocess|os\.system|popen|exec|import_module|__import__|['"][wax]b?\+?['"]/i

/** Modules that setup.py may use, and that change nothing. */
const HARMLESS = /^(?:setuptools|pkg_resources|distutils|packaging|wheel)$/

function mayAddModules(sdist: Sdist): boolean {
  const { pyproject, members, top } = sdist
  const required = texts(pyproject?.get('build-system', 'requires')).map(([, text]) =>
    canonicalName(/^\s*([A-Za-z0-9._-]*)/.exec(text.slice(0, 200))?.[1] ?? ''),
  )
  if (required.some(name => !PLAIN.test(name)) || pyproject?.get('build-system', 'backend-path') !== undefined)
    return true
  if (isSetuptools(sdist)) {
    const options = setupCfg(sdist)
    if (
      ['options.cmdclass', 'options.ext_modules', 'global.setup_hooks', 'files.packages'].some(key => options.has(key))
    )
      return true
    const table = pyproject?.get('tool', 'setuptools')
    if (isTable(table) && ['cmdclass', 'ext-modules'].some(key => table[key] !== undefined)) return true
    const kept = sdist.texts.get(`${top}/setup.py`)
    if (!kept) return false
    const setup = setupScript(sdist)?.setup
    return (
      !setup ||
      setup.isOpen ||
      WRITES.test(kept.text) ||
      importsOf(sdist).some(name => !HARMLESS.test(name) && !isStdlibModule(name))
    )
  }
  const backend = pyproject && backendOf(pyproject)
  if (backend === undefined || !PURE.test(coreBackend(backend))) return true
  if (['hatch.toml', 'hatch_build.py', 'pdm_build.py', 'build.py'].some(name => members.has(`${top}/${name}`)))
    return true
  const tool = (...path: string[]) => pyproject?.get('tool', ...path)
  const wheel = tool('hatch', 'build', 'targets', 'wheel')
  return (
    entries(tool('hatch', 'build')).some(([key]) => key !== 'targets' && key !== 'exclude') ||
    (wheel !== undefined &&
      (!isTable(wheel) || Object.keys(wheel).some(key => key !== 'packages' && key !== 'exclude'))) ||
    [
      ['poetry', 'build'],
      ['poetry', 'packages'],
      ['poetry', 'include'],
      ['pdm', 'build'],
    ].some(path => tool(...path) !== undefined)
  )
}

const PURE = /^(?:hatchling|flit-core|poetry-core|pdm-backend|uv-build)$/

/** The modules that setup.py imports. */
const importsOf = (sdist: Sdist): readonly string[] =>
  (sdist.python.get(`${sdist.top}/setup.py`)?.imports ?? []).map(({ level, module }) =>
    level > 0 ? '.' : topOf(module),
  )
