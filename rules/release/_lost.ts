import type { Member } from '../../src/archive/archive.js'
import type { Release, Sdist, Wheel } from '../../src/distribution/distribution.js'
import { isTable, type TomlValue } from '../../src/distribution/pyproject.js'
import type { Draft } from '../../src/finding.js'
import { once, oncePer } from '../../src/once.js'
import { finding } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { withoutEnd } from '../../src/text/ends.js'
import { dependencies } from '../../src/views/dependencies.js'
import { type Installed, installed } from '../../src/views/install-tree.js'
import { backendFamily } from '../../src/views/pyproject.js'
import { sdistAlone } from '../../src/views/setup-files.js'
import { someQuoted } from '../../src/wording.js'
import { missing } from '../shared/missing.js'
import { isNamedIn } from './_named.js'
import { belowTop } from './_sources.js'
import { andOthers, listed } from './_wheels.js'

/** Folders at the top of a source tree that are not import packages, whatever they contain. */
const ASIDE_NAMES =
  /^(?:tests?|testing|unittests?|integration_tests?|docs?|documentation|examples?|samples?|demos?|bench(?:marks?)?|scripts?|tools?|utils?|build|dist|ci|dev|etc|bin|misc|contrib|extras?|notebooks?|vendor|third_?party|tasks|ext|_?build_?(?:tools|utils|backend|system)|_custom_build|packaging|conda|docker|cmake|rust|node_modules|venv|env|[^/]*\.(?:egg-info|egg|dist-info)|\..*|_.*)$/i

const isAside = (name: string, project: string | undefined) =>
  (ASIDE_NAMES.test(name) || /[A-Za-z\d]Tests?$/.test(name)) && canonicalName(name) !== project

/** The same anywhere below a package. */
const ASIDE_BELOW =
  /^(?:.*_)?(?:tests?|testing|test_?data|unittests?|docs?|examples?|samples?|demos?|bench(?:marks?)?|fixtures?|notebooks?|playground|sandbox|tutorials?|experiments?|__pycache__|node_modules|_build|_?build_?(?:tools|utils|system|backend)|code_?gen(?:erators?|eration)?|generators?|\..*)$|\{\{/i

/** Its modules are not imported; its other files are read. */
const TEMPLATES = /^(?:.*_)?templates?$/i

/** Modules for building, testing or configuration that nobody imports from the installed package. */
const ASIDE_MODULE =
  /^(?:setup|build|conftest|noxfile|tasks|fabfile|conf|tests?|generate|version_?gen|_?custom_?build|hatch_build|pdm_build|build_?ext|.*_pythran|test_.*|.*_tests?|_?(?:generate|gen|make|build|setup)_.*|.*_(?:build|builder|generator|gen|setup|codegen))$/i

/** Is the module of a package for building, testing or showing it, by its path below site-packages? */
export function isAsideModule(path: string, project: string | undefined): boolean {
  if (
    isInAside(path, project) ||
    path
      .split('/')
      .slice(1, -1)
      .some(part => TEMPLATES.test(part))
  )
    return true
  return ASIDE_MODULE.test(nameOf(path).replace(/\.py$/, ''))
}

/** Is a file of data for such a purpose, or a source of something else, documentation, or a setting of a tool? */
export const isAsideData = (path: string, project: string | undefined): boolean =>
  isInAside(path, project) || (isNoData(nameOf(path)) && !TEMPLATE_FILE.test(path))

const isInAside = (path: string, project: string | undefined): boolean =>
  path
    .split('/')
    .slice(0, -1)
    .some((part, i) => (i === 0 ? isAside(part, project) : ASIDE_BELOW.test(part)))

/** Folder of a path with `/` at its end, or ''. */
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** A file of the sources, with its path below the top directory. */
interface Source {
  readonly path: string
  readonly member: Member
}

const sourceFiles = oncePer((sdist: Sdist): readonly Source[] =>
  sdist.members.files.map(member => ({ path: belowTop(member.path), member })).filter(({ path }) => path !== ''),
)

/** Where projects keep their import packages. */
const ROOTS = ['', 'src/', 'lib/', 'python/', 'source/', 'Lib/'] as const

interface Package {
  /** `demo` of `src/demo/__init__.py` and of `src/demo.py`. */
  readonly name: string
  readonly source: Source
}

/** Import packages and modules at the usual places of a source tree. */
export const packagesOf = oncePer((sdist: Sdist): readonly Package[] => {
  const found = new Map<string, Package>()
  for (const source of sourceFiles(sdist))
    for (const root of ROOTS) {
      if (!source.path.startsWith(root)) continue
      const [, name = '', package_] =
        /^([A-Za-z_]\w*)(?:(\/__init__)?\.(?:py|pyx)|\/[^/]+\.pyi)$/.exec(source.path.slice(root.length)) ?? []
      // `src/` may itself be the package.
      if (name === '' || isAside(name, sdist.project) || ROOTS.some(one => one === `${name}/`)) continue
      if (package_ === undefined && (root === '' ? ASIDE_MODULE.test(name) || /^[A-Z_]+$/.test(name) : false)) continue
      if (!found.has(name)) found.set(name, { name, source })
    }
  return found.size > 0 ? [...found.values()] : inNamespaces(sdist)
})

/** The first package in folders without `__init__.py` that is named like the project or lies in a folder of packages: `src/zope/event/`. */
function inNamespaces(sdist: Sdist): readonly Package[] {
  for (const source of sourceFiles(sdist))
    for (const root of ROOTS) {
      const [, path = ''] = source.path.startsWith(root)
        ? (/^((?:[A-Za-z_]\w*\/){1,3}[A-Za-z_]\w*)\/__init__\.py$/.exec(source.path.slice(root.length)) ?? [])
        : []
      const name = path.replaceAll('/', '.')
      if (name === '' || (root === '' && canonicalName(name) !== sdist.project)) continue
      const [first = '', ...others] = name.split('.')
      if (
        isAside(first, sdist.project) ||
        others.some(part => ASIDE_BELOW.test(part)) ||
        ROOTS.some(one => one === `${first}/`)
      )
        continue
      return [{ name, source }]
    }
  return []
}

const MODULE = /(?:\.(?:cpython|abi3|abi3t|cp|pypy|graalpy)[^/.]*)?\.(?:pyi?|pyc|so|pyd)$/
const stemOf = (path: string) => path.replace(MODULE, '').replace(/\.pyx$/, '')
const isStub = (path: string) => path.endsWith('.pyi')

/** `demo.io` of `demo/io/__init__.py`. */
export const moduleOf = (path: string): string =>
  stemOf(path)
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.')

/** Can it be imported, tests and documentation aside? */
export const isImportable = ({ path, top }: Installed, project: string | undefined): boolean =>
  (isStub(path) ? top.endsWith('-stubs') : /\.(?:py|pyc|so|pyd|pth)$/.test(path)) === true &&
  !(path.includes('/') && isAside(top, project))

interface Lost {
  readonly modules: readonly Source[]
  readonly data: readonly Source[]
}

/** What the sdist contains of the packages of a wheel, but the wheel does not. */
function lostIn(wheel: Wheel, sdist: Sdist): Lost {
  const files = installed(wheel)
  const paths = new Set(files.map(({ path }) => path))
  // Stubs next to compiled modules: one file may provide several.
  const isCompiled = files.some(({ path }) => /\.(?:so|pyd)$/.test(path))
  const stems = new Set(files.flatMap(({ path }) => (isStub(path) && !isCompiled ? [] : [stemOf(path)])))
  /** Modules with code: stubs describe them. */
  const coded = new Set(files.flatMap(({ path }) => (MODULE.test(path) && !isStub(path) ? [stemOf(path)] : [])))
  const isTyped = files.some(({ path }) => isStub(path) || nameOf(path) === 'py.typed')
  const hashes = new Set(files.map(({ member }) => member.sha256))
  const folders = new Map<string, { readonly suffixes: Set<string>; modules: number }>()
  for (const { path } of files) {
    const folder = folderOf(path)
    const row = folders.get(folder) ?? { suffixes: new Set(), modules: 0 }
    folders.set(folder, row)
    if (MODULE.test(path)) row.modules++
    else row.suffixes.add(suffixOf(path))
  }
  // What is in a folder of data, at any depth: `demo/templates/` of `demo/templates/mail/a.html`.
  const dataFolderOf = (path: string): string | undefined => {
    const parts = path.split('/').slice(0, -1)
    const at = parts.findIndex((_, i) => i > 0 && !paths.has(`${parts.slice(0, i + 1).join('/')}/__init__.py`))
    return at < 0 ? undefined : parts.slice(0, at + 1).join('/')
  }
  const inDataFolders = new Map<string, Set<string>>()
  for (const { path } of files) {
    const folder = MODULE.test(path) ? undefined : dataFolderOf(path)
    if (folder === undefined) continue
    const suffixes = inDataFolders.get(folder) ?? new Set()
    inDataFolders.set(folder, suffixes.add(suffixOf(path)))
  }
  // A build of web pages puts a hash of the content into the name: `main.1e9b61e6.js` of another build is the same file.
  const hashless = new Set(files.flatMap(({ path }) => withoutHash(path) ?? []))
  const isRebuilt = (path: string) => {
    const plain = withoutHash(path)
    return plain !== undefined && hashless.has(plain)
  }
  const hasAlike = (path: string) => {
    const suffix = suffixOf(path)
    if (folders.get(folderOf(path))?.suffixes.has(suffix)) return true
    const beside = inDataFolders.get(dataFolderOf(path) ?? '')
    return beside?.has(suffix) === true || (beside !== undefined && WEB.test(suffix))
  }
  const sources = sourceFiles(sdist)
  const roots = rootsOf(sources, paths)
  const isExcluded = exclusionsOf(sdist)
  const own = new Set(sources.map(({ path }) => path))
  // `find_packages` omits a folder without __init__.py; Python imports from it.
  const isNamespace = (path: string) =>
    paths.has(`${folderOf(folderOf(path).slice(0, -1))}__init__.py`) && path.split('/').every(part => PLAIN.test(part))
  // Of a namespace that is found, not listed, a build takes all packages.
  const isFound = once(() => !declaredTops(sdist).isWhole && !SETUP_FILES.some(file => includes(sdist, file)))
  const isBesidePackage = (root: string, folder: string) => {
    const above = folderOf(folder.slice(0, -1))
    return (
      above !== '' &&
      own.has(`${root}${folder}__init__.py`) &&
      !own.has(`${root}${above}__init__.py`) &&
      files.some(({ path }) => path.startsWith(above) && /^[^/]+\/__init__\.py$/.test(path.slice(above.length))) &&
      isFound()
    )
  }
  const isPure = wheel.name?.platform.includes('any') === true
  const modules: Source[] = []
  const data: Source[] = []
  for (const source of sources) {
    const { member, path } = source
    const root = roots.find(one => path.startsWith(one))
    if (root === undefined) continue
    const target = path.slice(root.length)
    const parts = target.split('/')
    if (parts.length < 2 || paths.has(target) || hashes.has(member.sha256)) continue
    if (isInAside(target, sdist.project)) continue
    if (target.endsWith('.py') && parts.slice(1, -1).some(part => TEMPLATES.test(part))) continue
    if (isExcluded(path) || isExcluded(target)) continue
    const folder = folderOf(target)
    const name = nameOf(target)
    if (name.endsWith('.py')) {
      if (stems.has(stemOf(target)) || ASIDE_MODULE.test(name.slice(0, -3)) || member.actualSize === 0) continue
      // `make-tables.py`: no import can name it.
      if (!PLAIN.test(name) && !isNamedIn([wheel], target)) continue
      // A folder without __init__.py, of which the wheel contains nothing, is not a package of the project.
      if (!folders.has(folder) && !own.has(`${root}${folder}__init__.py`) && !isNamespace(target)) continue
      // Below a package that is intentionally excluded, or belongs to another project.
      if (
        !paths.has(`${parts[0]}/__init__.py`) &&
        !folders.has(folder) &&
        !paths.has(`${folderOf(folder.slice(0, -1))}__init__.py`) &&
        !isBesidePackage(root, folder)
      )
        continue
      modules.push(source)
    } else if (isStub(name)) {
      // Type checkers read it where the package says that it is typed, or has others.
      if (isTyped && member.actualSize > 0 && coded.has(stemOf(target))) data.push(source)
    } else if (isPure && BINARY.test(name)) {
      // A wheel for every platform may be the one without them, where others have them: those are asked too.
      if (paths.has(`${parts[0]}/__init__.py`)) data.push(source)
    } else if (
      !(isNoData(name) && !(TEMPLATE_FILE.test(name) && folders.get(folder)?.suffixes.has(suffixOf(name)))) &&
      !isRebuilt(target) &&
      (hasAlike(target) || (folders.has(folder) && isNamedIn([wheel], target)))
    )
      data.push(source)
  }
  return { modules: [...lostTops(wheel, sdist, isExcluded), ...modules], data }
}

const SETUP_FILES = ['setup.py', 'setup.cfg', 'pyproject.toml']
/** Does a file that describes the build choose what is included? */
const includes = ({ texts, top }: Sdist, file: string) =>
  /\b(?:include|only|packages\s*=\s*\[)/.test(texts.get(`${top}/${file}`)?.text ?? '')

/** Programs and libraries that code loads. */
const BINARY = /\.(?:dll|dylib|exe|so(?:\.\d+)*)$/i
/** What is read as it is, or made into something else. */
const TEMPLATE_FILE = /\.(?:tmpl|tpl|j2|jinja2?|mako)$/i

/** Names of modules and packages. */
const PLAIN = /^[A-Za-z_]\w*(?:\.py)?$/

/** The path of a part of a web page with `*` for the hash in its name; undefined where there is none. */
function withoutHash(path: string): string | undefined {
  const name = nameOf(path)
  if (name.length > LONGEST_NAME || !WEB.test(suffixOf(name))) return undefined
  const parts = name.split(/([-._])/)
  const plain = parts.map((part, i) => (i > 0 && HASH.test(part) ? '*' : part)).join('')
  return plain === name ? undefined : folderOf(path) + plain
}

const LONGEST_NAME = 200
/** Of webpack and others: letters and digits. */
const HASH = /^(?=[^\d]*\d)(?=\d*[a-z])(?:[0-9a-f]{8,64}|\w{8})$/i

/** What a page needs that is next to others. */
const WEB = /^\.(?:css|js|html?|svg|png|jpe?g|gif|ico|woff2?|ttf)$/

/** Packages and modules next to those of the wheel, of which it has nothing: declared, or named like the project. */
function lostTops(wheel: Wheel, sdist: Sdist, isExcluded: (path: string) => boolean): readonly Source[] {
  const tops = new Set(installed(wheel).map(({ top }) => stemOf(top)))
  const hashes = new Set(wheel.members.files.map(({ sha256 }) => sha256))
  const packages = packagesOf(sdist)
  if (!packages.some(({ name }) => tops.has(name))) return []
  const declared = declaredTops(sdist)
  const own = sdist.project?.replaceAll('-', '_')
  const family = own === undefined ? /$^/ : new RegExp(`^_?${own}(?:_|\\d*$)`, 'i')
  return packages.flatMap(({ name, source }) => {
    if (tops.has(name) || ASIDE_BELOW.test(name) || isExcluded(source.path) || hashes.has(source.member.sha256))
      return []
    // Another project may provide it: `demo_core` comes with demo-core.
    if (dependencies(wheel.metadata).some(one => one.name.startsWith(canonicalName(name)))) return []
    return declared.names.has(name) || (!declared.isWhole && family.test(name)) ? [source] : []
  })
}

/** What a build is told to take, by the first part of its name; `isWhole` where it takes nothing else. */
const declaredTops = oncePer((sdist: Sdist): { readonly names: ReadonlySet<string>; readonly isWhole: boolean } => {
  const names = new Set<string>()
  let isWhole = false
  const add = (written: string) => {
    const [top = ''] = written.replace(/^(?:\.\/)?(?:(?:src|lib|python)\/)?/, '').split(/[./]/)
    if (/^\w+$/.test(top)) names.add(top)
  }
  const lists = [
    ['setuptools', 'packages'],
    ['setuptools', 'py-modules'],
    ['setuptools', 'packages', 'find', 'include'],
    ['hatch', 'build', 'targets', 'wheel', 'packages'],
    ['hatch', 'build', 'targets', 'wheel', 'only-include'],
    ['hatch', 'build', 'targets', 'wheel', 'include'],
    ['poetry', 'packages'],
    ['pdm', 'build', 'includes'],
    ['flit', 'module', 'name'],
  ]
  for (const path of lists) {
    const value = sdist.pyproject?.get('tool', ...path)
    if (value === undefined || isTable(value)) continue
    isWhole = true
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string' && !one.includes('*')) add(one)
      else if (isTable(one) && typeof one.include === 'string' && !isSdistAlone(one)) add(one.include)
    }
  }
  for (const [file, pattern] of [
    ['setup.cfg', /^(?:packages|py_modules)[ \t]*=(?![ \t]*find)([^\n]*(?:\n[ \t]+[^\n]*)*)/gm],
    ['setup.py', /\b(?:packages|py_modules)\s{0,8}=\s{0,8}\[([^[\]]{0,5000})\]/g],
  ] as const)
    for (const [, value = ''] of (sdist.texts.get(`${sdist.top}/${file}`)?.text ?? '').matchAll(pattern)) {
      isWhole = true
      for (const [one] of value.matchAll(/[\w.]+/g)) add(one)
    }
  // Older files list what earlier releases had.
  const [listed] = [...sdist.texts].flatMap(([path, { text }]) =>
    path.endsWith('.egg-info/top_level.txt') ? [text.split(/\s+/).filter(name => name !== '')] : [],
  )
  for (const name of listed ?? []) add(name)
  return { names, isWhole: isWhole || listed !== undefined }
})

/** `.toml`; the whole name where there is no suffix. */
const suffixOf = (path: string) => {
  const name = nameOf(path)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot).toLowerCase() : name
}

/** Sources that a build turns into something else, documentation, and tool configuration. */
const isNoData = (name: string) =>
  /\.(?:pyx|pxd|pxi|c|cc|cpp|cxx|h|hh|hpp|hxx|inl|cu|cuh|m|mm|f|f90|f95|for|s|asm|rs|go|java|kt|swift|zig|in|tmpl|tpl|j2|jinja2?|mako|proto|fbs|thrift|i|swg|g4|y|l|po|pot|ts|tsx|scss|sass|less|map|coffee|md|rst|adoc|ipynb|orig|rej|bak|swp|log|tmp|pyi?|pyc|so|pyd|dll|dylib|a|lib|o|cmake|am|ac|build|gyp|gypi|pri|pro|ui|qrc|bzl|d\.ts)$|^(?:\..*|readme.*|licen[cs]e.*|copying.*|notice.*|changelog.*|makefile|dockerfile|cmakelists\.txt|meson\.build|meson_options\.txt|build|todo.*)$|^(?:package(?:-lock)?|tsconfig[^/]*)\.json$/i.test(
    name,
  )

/** Folders of the sdist that the wheel's files come from, the deepest first. */
export function rootsOf(
  sources: readonly Pick<Source, 'path'>[],
  installedPaths: ReadonlySet<string>,
): readonly string[] {
  const counts = new Map<string, number>()
  const byName = new Map<string, string[]>()
  for (const path of installedPaths) {
    const name = nameOf(path)
    if (!path.includes('/') || !name.endsWith('.py')) continue
    const same = byName.get(name)
    if (same) same.push(path)
    else byName.set(name, [path])
  }
  for (const { path } of sources) {
    // Many packages have files with these names: each path is cut at its parent folders instead.
    for (let at = 0; at >= 0; at = next(path, at)) {
      const target = path.slice(at)
      if (!target.includes('/')) break
      if (byName.has(nameOf(path)) && installedPaths.has(target)) {
        const root = path.slice(0, at)
        counts.set(root, (counts.get(root) ?? 0) + 1)
        break
      }
    }
  }
  const most = Math.max(0, ...counts.values())
  // A few files with the same path elsewhere are copies.
  return [...counts]
    .filter(([, count]) => count * 2 > most)
    .map(([root]) => root)
    .sort((a, b) => b.length - a.length)
}

const next = (path: string, at: number) => {
  const slash = path.indexOf('/', at)
  return slash < 0 ? -1 : slash + 1
}

/** Does a table, setup.cfg or setup.py exclude the file on purpose? Every pattern under such a key is tested. */
const exclusionsOf = oncePer((sdist: Sdist): ((path: string) => boolean) => {
  const patterns = new Set<string>()
  if (sdist.pyproject) excludedIn(sdist.pyproject.get('tool'), false, 0, patterns)
  for (const file of ['setup.cfg', 'setup.py', 'MANIFEST.in']) {
    const text = sdist.texts.get(`${sdist.top}/${file}`)?.text ?? ''
    if (file === 'MANIFEST.in') for (const pattern of manifestExclusions(text)) patterns.add(pattern)
    else
      for (const [, value = ''] of text.matchAll(EXCLUDE_ARGUMENT))
        for (const [, one = ''] of value.matchAll(/["']?([\w.*/\\-]{2,200})["']?/g)) patterns.add(one)
  }
  const matchers = [...patterns].slice(0, MOST_PATTERNS).map(matcherOf)
  const isForSdist = sdistAlone(sdist)
  return path => isForSdist(path) || matchers.some(matches => matches(path))
})

const MOST_PATTERNS = 500
/** Each of them may be tried at every position in a path. */
const MOST_STARS = 6
/** `exclude = …` of setup.cfg with its further lines, and `exclude=[…]` or `exclude = {…}` of setup.py. */
const EXCLUDE_ARGUMENT =
  /\bexclude(?:_package_data)?\s*=\s*((?:[[({][^\])}]{0,2000})|(?:[^\n]*(?:\n[ \t]+[^\n]*){0,100}))/g

function* manifestExclusions(text: string): Generator<string> {
  for (const [, command = '', rest = ''] of text.matchAll(
    /^[ \t]*(exclude|recursive-exclude|global-exclude|prune)[ \t]+([^\n]{1,2000})$/gm,
  )) {
    const words = rest.trim().split(/\s+/)
    if (command === 'recursive-exclude') {
      const [folder = '', ...globs] = words
      for (const glob of globs) yield `${folder}/**/${glob}`
    } else yield* words
  }
}

/** Keys for what is excluded, and for what is only included in the sdist. */
const LEAVES_OUT = /exclude|^(?:source-includes?|sdist-include)$/i

/** `{ path = "tests", format = "sdist" }` of poetry. */
const isSdistAlone = ({ format }: { readonly [key: string]: TomlValue }) =>
  format === 'sdist' || (Array.isArray(format) && format.length === 1 && format[0] === 'sdist')

function excludedIn(value: TomlValue | undefined, isIn: boolean, depth: number, found: Set<string>): void {
  if (depth > 10) return
  if (typeof value === 'string') {
    if (isIn) found.add(value)
  } else if (Array.isArray(value)) for (const item of value) excludedIn(item, isIn, depth + 1, found)
  else if (isTable(value)) {
    const alone = isSdistAlone(value)
    for (const [key, item] of Object.entries(value))
      excludedIn(item, isIn || alone || LEAVES_OUT.test(key), depth + 1, found)
  }
}

/** A glob, a folder, a path or a dotted package: it is enough that part of the path matches. */
export function matcherOf(written: string): (path: string) => boolean {
  if (written.split('*').length > MOST_STARS) return () => false
  const plain = written
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.?\/)+/, '')
  const pattern = withoutEnd(plain, /\//)
  const dotted = /^[\w*]+(?:\.[\w*]+)+$/.test(pattern) && !/\.(?:py|pyi|txt|json|ya?ml|toml|cfg|md|rst)$/.test(pattern)
  const forms = dotted ? [pattern, pattern.replaceAll('.', '/')] : [pattern]
  const tests = forms.map(form => {
    const source = form
      .split(/(\*+)/)
      .map(part => (part.startsWith('*') ? '.*' : part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&')))
      .join('')
      .replace(/(?:\.\*\/?)+/g, '.*')
    return new RegExp(`(?:^|/)${source}(?:$|/)`)
  })
  return path => path.length < 1000 && tests.some(test => test.test(path))
}

/** What is missing from every wheel of a release: a wheel for one platform may omit what is for another. */
const lostInAll = oncePer(({ wheels, sdists }: Release): Lost | undefined => {
  const [sdist] = sdists
  const lost = sdist && wheels.filter(wheel => wheel.members.files.length > 0).map(wheel => lostIn(wheel, sdist))
  const [first, ...others] = lost ?? []
  if (!first) return undefined
  const inAll = (kind: keyof Lost) => {
    const paths = others.map(one => new Set(one[kind].map(({ path }) => path)))
    return first[kind].filter(({ path }) => paths.every(lacking => lacking.has(path)))
  }
  return { modules: inAll('modules'), data: inAll('data') }
})

/** A module that its own project alone imports: `import-fails` says so where that is missed. */
const isPrivate = ({ path }: Source) => path.split('/').some(part => /^_(?!_)/.test(part))

/** Backends whose build files list every file: what they leave out, data of tests above all, is mostly left out on purpose. */
const LISTING: ReadonlySet<string | undefined> = new Set(['meson-python'])

/** A copy of another project, of which some builds need less: setup.py of Mercurial leaves out what only its tests import. */
const VENDORED = /\/(?:_?vendor(?:ed)?|third_?party|extern(?:als?)?)\//i

/** The findings for the files of one kind. */
export function* lostFiles(release: Release, kind: keyof Lost): Generator<Draft> {
  const lost = lostInAll(release)?.[kind] ?? []
  const pyproject = release.sdists[0]?.pyproject
  const isMeant = (source: Source) =>
    VENDORED.test(source.path) ||
    ((kind === 'data' || isPrivate(source)) && pyproject !== undefined && LISTING.has(backendFamily(pyproject)))
  const missed = lost.filter(source => !isMeant(source))
  yield* lostFinding(release, missed.length > 0 ? missed : lost, missed.length > 0 ? undefined : 'info')
}

function* lostFinding(release: Release, lost: readonly Source[], severity: 'info' | undefined): Generator<Draft> {
  const [first] = lost
  const [sdist] = release.sdists
  const [wheel] = release.wheels
  if (!first || !sdist || !wheel) return
  const paths = lost.map(({ path }) => path)
  yield finding(
    { field: 'files', value: first.path },
    `The wheel is missing ${someQuoted(paths, 4)}, which the sdist contains next to files that are in the wheel${andOthers(release.wheels)}.`,
    {
      path: wheel.path,
      subject: first.path,
      severity,
      follows: paths.map(missing.file),
      explains: paths.flatMap(path =>
        ROOTS.flatMap(root => (path.startsWith(root) ? missing.package(moduleOf(path.slice(root.length))) : [])),
      ),
      related: listed(lost, ({ member }) => ({ path: sdist.path, member: member.path, message: 'only in the sdist' })),
    },
  )
}
