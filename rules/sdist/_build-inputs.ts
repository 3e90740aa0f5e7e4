import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import type { Given, SetupScript, Written } from '../../src/python/setup-script.js'
import { quote } from '../../src/rule.js'
import { globBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { canonicalName } from '../../src/standards/name.js'
import { packageFolder } from '../../src/views/package-listing.js'
import { backendOf, entries, isSetuptools, isTable, texts } from '../../src/views/pyproject.js'
import { type CfgOption, setupCfg, setupScript, usesPbr } from '../../src/views/setup-files.js'
import { cargoInputs, cmakeInputs, mesonInputs } from './_build-scripts.js'
import { isOutside, sourceTree, treePath } from './_tree.js'

/** Something that a build needs and the sdist does not contain. */
export interface MissingInput {
  readonly at: Place
  /** What refers to it: `setup.py opens`. */
  readonly who: string
  readonly path: string
  /** What the backend does without it; absent if the build fails. */
  readonly instead?: string
  /** What to do, where it is known. */
  readonly help?: string
}

type Say = (at: Place, who: string, path: string, instead?: string) => Generator<MissingInput>

/** What backend tables, setup.cfg and setup.py refer to and the sdist does not contain; each kind was built once: test/builds. */
export function* missingInputs(sdist: Sdist): Generator<MissingInput> {
  const { pyproject, top } = sdist
  if (top === undefined || sdist.members.files.length === 0 || pyproject?.error) return
  const tree = sourceTree(sdist)
  const say: Say = function* (at, who, path, instead) {
    const clean = treePath(path)
    if (clean !== undefined && clean !== '' && !tree.has(clean))
      yield { at, who, path, ...(instead !== undefined && { instead }) }
  }
  if (isSetuptools(sdist)) {
    yield* ofSetupScript(sdist, say)
    yield* ofSetupCfg(sdist, say)
    if (pyproject) yield* ofSetuptools(pyproject, sdist, say)
    // The extension of setuptools-rust is the crate at the top, unless a path is given.
    const script = sdist.texts.get(`${top}/setup.py`)?.text ?? ''
    if (tree.files.has('Cargo.toml') && script.includes('RustExtension(') && !script.includes('path'))
      yield* ofCargo(sdist, 'Cargo.toml', say)
  } else if (pyproject) {
    const of = BY_BACKEND.get(backendOf(pyproject) ?? '')
    if (of) yield* of(pyproject, sdist, say)
  }
}

function* ofCargo(sdist: Sdist, manifest: string, say: Say): Generator<MissingInput> {
  // What is next to a source tree is not in its sdist.
  for (const { at, who, path } of cargoInputs(sdist, manifest))
    if (!sdist.tree && isOutside(path)) yield { at, who, path }
    else yield* say(at, who, path)
}

function* ofSetupScript(sdist: Sdist, say: Say): Generator<MissingInput> {
  const script = setupScript(sdist)
  if (!script) return
  const member = `${sdist.top}/setup.py`
  const place = ({
    line,
    column,
    text,
  }: {
    readonly line: number
    readonly column: number
    readonly text: string
  }) => ({
    member,
    line,
    column,
    value: text,
    mark: '',
  })
  for (const one of script.reads)
    yield* say(
      place(one),
      one.byCall === undefined ? 'setup.py opens' : `setup.py calls \`${one.byCall}()\` with`,
      one.text,
    )
  const { setup } = script
  if (!setup) return
  // Commands of its own may write them.
  const text = sdist.texts.get(member)?.text ?? ''
  const classes = setup.keywords.has('cmdclass') ? text.split('\nclass ').slice(1) : []
  const writes = (command: string) =>
    classes.some(one => one.slice(0, one.indexOf(':')).includes(command) && /\bdef (?:run|copy_\w{1,40})\(/.test(one))
  if (!writes('build_scripts'))
    for (const one of setup.list('scripts') ?? []) yield* say(place(one), '`scripts` in setup.py lists', one.text)
  if (!writes('install_data'))
    for (const one of setup.dataFiles) yield* say(place(one), '`data_files` in setup.py lists', one.text)
  for (const one of setup.list('license_files') ?? [])
    yield* say(place(one), '`license_files` in setup.py lists', one.text, 'setuptools omits License-File')
  // Custom commands may write what is missing, and so may CMake.
  if (setup.keywords.has('cmdclass') || setup.isOpen || usesCmake(sdist)) return
  for (const one of setup.sources) {
    const at = place(one)
    if (isPattern(one.text)) {
      if (!mayMatch(sdist, one.text)) yield { at, who: '`cythonize()` in setup.py needs', path: one.text }
    } else if (!isGenerated(sdist, one.text)) yield* say(at, 'An Extension in setup.py lists', one.text)
  }
  const folders = setup.keywords.has('package_dir') ? setup.dict('package_dir') : new Map<string, string>()
  if (!folders) return
  const root = folders.get('')
  if (root !== undefined && root !== '') yield* say(rootPlace(setup, member), '`package_dir` in setup.py names', root)
  if (setup.searched) {
    yield* say(place(setup.searched), 'setup.py looks for packages in', setup.searched.text, NO_PACKAGES)
    const folder = treePath(setup.searched.text)
    // setup.cfg may name the root.
    const hasRoot = root !== undefined || setupCfg(sdist).has('options.package_dir')
    if (folder && folders.size === 0 && !hasRoot) yield* elsewhere(sdist, folder, place(setup.searched))
  }
  yield* ofPackageData(sdist, dataOf(setup.given('package_data'), place), 'setup.py', folders, say)
  for (const one of setup.list('packages') ?? [])
    yield* say(place(one), `setup.py expects the package ${quote(one.text)} in`, packageFolder(one.text, folders))
  for (const one of setup.list('py_modules') ?? [])
    yield* ofModule(sdist, place(one), '`py_modules` in setup.py lists', packageFolder(one.text, folders), say)
}

/** The folder of the root in `package_dir`, or the call where it is not written there. */
function rootPlace(setup: NonNullable<SetupScript['setup']>, member: string): Place {
  const given = setup.given('package_dir')
  const [, value] = (given?.kind === 'dict' ? given.items : []).find(([{ text }]) => text === '') ?? []
  const { line, column } = value?.kind === 'text' ? value : setup
  return { member, line, column, ...(value?.kind === 'text' && { mark: value.text }) }
}

/** Packages that are looked for in a folder, and expected next to setup.py. */
function* elsewhere(sdist: Sdist, folder: string, at: Place): Generator<MissingInput> {
  const tree = sourceTree(sdist)
  for (const path of tree.files) {
    const below = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).split('/') : []
    const [name, file] = below.length === 2 ? below : []
    if (file !== '__init__.py') continue
    if (name === undefined || tree.isFolder(name)) continue
    yield {
      at,
      who: `setup.py finds the package ${quote(name)} in ${quote(folder)}, but takes its files from`,
      path: name,
      help: `Add \`package_dir={"": "${folder}"}\` to the call.`,
    }
    return
  }
}

/** Without another root, setuptools takes the only folder that it searches as the root, and stops where it is not there. */
const isRoot = (searched: readonly unknown[], root: string | undefined): boolean =>
  searched.length === 1 && root === undefined

const NO_PACKAGES = 'setuptools finds no packages'

interface PackageData {
  readonly name: string
  readonly at: Place
  readonly patterns: readonly { readonly text: string; readonly at: Place }[]
}

/** `package_data` of setup.py, as far as it is known. */
function dataOf(given: Given | undefined, place: (one: Written) => Place): readonly PackageData[] {
  return (given?.kind === 'dict' ? given.items : []).map(([key, value]) => ({
    name: key.text,
    at: place(key),
    patterns: (value.kind === 'list' ? value.items : []).flatMap(item =>
      item.kind === 'text' ? [{ text: item.text, at: place(item) }] : [],
    ),
  }))
}

/** Suffixes of files that a build writes. */
const WRITTEN =
  /\.(?:so|pyd|dll|dylib|lib|a|o|exe|mo|pyc|whl|jar|class|wasm|js|css|map|html|c|cpp|h|hpp)(?:\.\*|\*)?$|\*$/

/** In a source tree: packages that are not there, and files and patterns that nothing in their folder is like. */
function* ofPackageData(
  sdist: Sdist,
  data: readonly PackageData[],
  file: string,
  folders: ReadonlyMap<string, string>,
  say: Say,
): Generator<MissingInput> {
  if (!sdist.tree) return
  const tree = sourceTree(sdist)
  // A folder that is not there is told where it is named.
  if (!tree.isFolder(treePath(folders.get('') ?? '') ?? '')) return
  const budget = globBudget()
  for (const { name, at, patterns } of data) {
    if (/^[A-Za-z][\w.]*-[\w.-]*$/.test(name)) {
      const module = name.replaceAll('-', '_')
      if (tree.isFolder(treePath(packageFolder(module, folders)) ?? ''))
        yield {
          at,
          who: `\`package_data\` in ${file} names the package`,
          path: name,
          instead: `setuptools builds a wheel without its data. Did you mean ${quote(module)}?`,
          help: `Name the package ${quote(module)}, as it is imported.`,
        }
      continue
    }
    if (!/^[A-Za-z_][\w.]*$/.test(name)) continue
    const folder = treePath(packageFolder(name, folders))
    if (folder === undefined) continue
    yield* say(at, `\`package_data\` in ${file} expects the package ${quote(name)} in`, folder, LEAVES_OUT)
    if (!tree.isFolder(folder)) continue
    for (const pattern of patterns) {
      const written = treePath(pattern.text.replaceAll('*', 'x'))
      if (written === undefined || WRITTEN.test(pattern.text) || globProblem(pattern.text) !== undefined) continue
      const matches = globMatcher(`${folder}/${pattern.text.replace(/^\.\//, '')}`, budget)
      if ([...tree.files].some(path => matches(path)) || tree.isFolder(`${folder}/${written}`) || budget.left < 0)
        continue
      yield {
        at: pattern.at,
        who: `\`package_data\` in ${file} lists`,
        path: `${folder}/${pattern.text}`,
        instead: LEAVES_OUT,
      }
    }
  }
}

const LEAVES_OUT = 'setuptools builds a wheel without it'

const usesCmake = ({ texts: kept, top }: Sdist) => /\bskbuild\b|\bcmake/i.test(kept.get(`${top}/setup.py`)?.text ?? '')

/** A module that setuptools is told of, at a path without its suffix. */
function* ofModule(sdist: Sdist, at: Place, who: string, path: string, say: Say): Generator<MissingInput> {
  // There is a package of that name instead.
  if (!sourceTree(sdist).isFolder(path)) yield* say(at, who, `${path}.py`, 'setuptools builds a wheel without it')
}

/** A folder of a package that is listed too, as Python names it: `demo.sub` of `demo`. */
const isPart = (sdist: Sdist, path: string, listed: readonly (readonly [number, string])[]): boolean =>
  listed.some(([, one]) => one === path.split('.', 1)[0]) && sourceTree(sdist).isFolder(path.replaceAll('.', '/'))

/** A source that a tool generates from another, or whose C code is there instead. */
/** `src/*.pyx`: no pattern but one of stars. */
const isPattern = (path: string) => path.includes('*') && treePath(path.replaceAll('*', '')) !== undefined

/** Does a file match, or one that sources are made from? */
function mayMatch(sdist: Sdist, pattern: string): boolean {
  const matches = globMatcher(pattern.replace(/^(?:\.\/)+/, ''), globBudget())
  return [...sourceTree(sdist).files].some(path => matches(path) || matches(path.replace(MADE_INTO_SOURCE, '')))
}
const MADE_INTO_SOURCE = /\.(?:in|src|tmpl|template|tp|mako|j2|jinja2?)$/

function isGenerated(sdist: Sdist, source: string): boolean {
  const { files } = sourceTree(sdist)
  const path = treePath(source)
  if (path === undefined) return true
  const stem = path.replace(/\.[^./]*$/, '')
  return [
    '.pyx',
    '.py',
    '.c',
    '.cpp',
    '.cc',
    '.cxx',
    '.i',
    '.y',
    '.l',
    '.g',
    '.re',
    '.rl',
    '.in',
    '.proto',
    '.pyx.in',
    '.c.in',
    '.cpp.in',
    '.c.src',
    '.pyf',
    '.f90',
    '.template',
    '.tmpl',
  ].some(suffix => stem + suffix !== path && files.has(stem + suffix))
}

function* ofSetupCfg(sdist: Sdist, say: Say): Generator<MissingInput> {
  const options = setupCfg(sdist)
  if (options.size === 0) return
  const setup = setupScript(sdist)?.setup
  // distutils2 has this section too.
  if (usesPbr(sdist) || options.has('files.packages')) return
  const place = (option: CfgOption, at = option.values[0]): Place => ({
    member: option.member,
    line: at?.line ?? option.line,
    column: at?.column ?? option.column,
    value: at?.text,
  })
  const filesOf = (key: string) => {
    const option = options.get(key)
    const text = option?.values.map(value => value.text).join(',') ?? ''
    if (!option || !/^file:/.test(text)) return []
    return text
      .slice(5)
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== '')
      .map(path => ({ path, at: place(option) }))
  }
  const version = options.get('metadata.version')
  if (version && !setup?.keywords.has('version') && !setup?.isOpen) {
    for (const { path, at } of filesOf('metadata.version')) yield* say(at, '`version` in setup.cfg names', path)
    const attr = /^attr:\s*([\w.]+)$/.exec(version.values[0]?.text ?? '')?.[1]
    if (attr !== undefined) yield* missingModule(sdist, place(version), '`version` in setup.cfg reads', attr)
  }
  for (const key of ['metadata.long_description', 'metadata.description_file']) {
    const files = filesOf(key)
    const isPart = files.some(({ path }) => sourceTree(sdist).has(treePath(path) ?? ''))
    const instead = isPart ? 'setuptools leaves it out of the description' : 'setuptools writes an empty description'
    for (const { path, at } of files) yield* say(at, `\`${key.slice(9)}\` in setup.cfg names`, path, instead)
  }
  for (const key of [
    'options.install_requires',
    ...[...options.keys()].filter(one => one.startsWith('options.extras_require.')),
  ])
    for (const { path, at } of filesOf(key))
      yield* say(at, `\`${key.slice(8)}\` in setup.cfg names`, path, 'setuptools does not write Requires-Dist for it')
  const patterns = setup?.keywords.has('license_files') ? undefined : options.get('metadata.license_files')
  for (const value of patterns?.values ?? [])
    for (const path of value.text.split(',').map(one => one.trim()))
      yield* say(place(patterns!, value), '`license_files` in setup.cfg lists', path, 'setuptools omits License-File')
  if (setup?.keywords.has('cmdclass') || options.has('global.commands')) return
  const script = options.get('options.scripts')
  for (const value of script?.values ?? [])
    for (const path of value.text.split(','))
      yield* say(place(script!, value), '`scripts` in setup.cfg lists', path.trim())
  for (const [key, option] of options)
    if (key.startsWith('options.data_files.'))
      for (const value of option.values)
        for (const path of value.text.split(','))
          yield* say(place(option, value), '`data_files` in setup.cfg lists', path.trim())
  const folders = new Map<string, string>()
  for (const value of options.get('options.package_dir')?.values ?? [])
    for (const pair of value.text.split(',')) {
      const [name = '', folder] = pair.split('=')
      if (folder !== undefined) folders.set(name.trim(), folder.trim())
    }
  const root = folders.get('')
  const rootOption = options.get('options.package_dir')
  if (root && rootOption && !setup?.keywords.has('package_dir'))
    yield* say(place(rootOption), '`package_dir` in setup.cfg names', root)
  const where = options.get('options.packages.find.where')
  const isSearched = /^find(?:_namespace)?:/.test(options.get('options.packages')?.values[0]?.text ?? '')
  if (where && isSearched && !setup?.keywords.has('packages'))
    for (const value of where.values)
      for (const path of value.text.split(',').map(one => one.trim()))
        yield* say(
          place(where, value),
          '`where` in setup.cfg names',
          path,
          isRoot(
            where.values.flatMap(({ text }) => text.split(',')),
            root,
          )
            ? undefined
            : NO_PACKAGES,
        )
  if (!setup?.keywords.has('package_data')) {
    // A folder that is searched is that of its packages.
    const own =
      where && isSearched && !folders.has('') ? new Map([...folders, ['', where.values[0]?.text ?? '']]) : folders
    const data = [...options].flatMap(([key, option]): readonly PackageData[] => {
      const name = key.startsWith('options.package_data.') ? key.slice('options.package_data.'.length) : ''
      const patterns = option.values.flatMap(value =>
        value.text.split(',').map(text => ({ text: text.trim(), at: place(option, value) })),
      )
      return name === ''
        ? []
        : [
            {
              name,
              at: { member: option.member, line: option.line, column: option.column, value: name, mark: name },
              patterns,
            },
          ]
    })
    yield* ofPackageData(sdist, data, 'setup.cfg', own, say)
  }
  const packages = options.get('options.packages')
  if (!packages || /^find(?:_namespace)?:/.test(packages.values[0]?.text ?? '') || setup?.keywords.has('packages'))
    return
  for (const value of packages.values)
    for (const name of value.text.split(',').map(one => one.trim()))
      if (/^[\w.]+$/.test(name))
        yield* say(
          place(packages, value),
          `setup.cfg expects the package ${quote(name)} in`,
          packageFolder(name, folders),
        )
}

/** `attr: demo.version.VERSION`: does the module exist anywhere? Only a build knows the folders that it searches. */
function* missingModule(sdist: Sdist, at: Place, who: string, attr: string): Generator<MissingInput> {
  const parts = attr.split('.').slice(0, -1)
  // `demo.__init__.VERSION` names the file of the package.
  if (parts.at(-1) === '__init__') parts.pop()
  if (parts.length === 0) return
  const path = parts.join('/')
  for (const file of sourceTree(sdist).files) {
    const rest = file.endsWith('/__init__.py')
      ? file.slice(0, -12)
      : file.replace(/\.(?:py|(?:[\w-]*\.)?so|pyd|pyx|in)$/, '')
    if (rest === path || rest.endsWith(`/${path}`) || rest.startsWith(`${path}.`)) return
    // A module in a folder that is renamed by package_dir.
    if (rest.endsWith(`/${parts.at(-1)}`) || rest === parts.at(-1)) return
    if (parts.length === 1 && file === `${parts[0]}.py`) return
  }
  yield { at, who, path: `${path}.py` }
}

function* ofSetuptools(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'setuptools'] as const
  if (!isTable(pyproject.get(...table))) return
  const place = (...path: (string | number)[]) => pyproject.place(...table, ...path)
  const setup = setupScript(sdist)?.setup
  const hasCommands = setup?.keywords.has('cmdclass') || setup?.isOpen || isTable(pyproject.get(...table, 'cmdclass'))
  const attr = pyproject.get(...table, 'dynamic', 'version', 'attr')
  const isDynamic = texts(pyproject.get('project', 'dynamic')).some(([, key]) => key === 'version')
  if (isDynamic && typeof attr === 'string' && /^[\w.]+$/.test(attr))
    yield* missingModule(sdist, place('dynamic', 'version', 'attr'), '`tool.setuptools.dynamic.version` reads', attr)
  for (const [index, path] of texts(pyproject.get(...table, 'script-files')))
    yield* say(place('script-files', index), '`script-files` lists', path)
  for (const [folder, files] of entries(pyproject.get(...table, 'data-files')))
    for (const [index, path] of texts(files)) yield* say(place('data-files', folder, index), '`data-files` lists', path)
  if (hasCommands || usesCmake(sdist)) return
  const folders = new Map(
    entries(pyproject.get(...table, 'package-dir')).flatMap(([name, folder]) =>
      typeof folder === 'string' ? [[name, folder]] : [],
    ),
  )
  const root = folders.get('')
  if (root) yield* say(place('package-dir', ''), '`package-dir` names', root)
  for (const [index, name] of texts(pyproject.get(...table, 'packages')))
    yield* say(
      place('packages', index),
      `setuptools expects the package ${quote(name)} in`,
      packageFolder(name, folders),
    )
  const searched = texts(pyproject.get(...table, 'packages', 'find', 'where'))
  // Without a list of packages, setuptools looks into `src` first. Modules are where packages are.
  const found = searched[0]?.[1] ?? (sourceTree(sdist).isFolder('src') ? 'src' : undefined)
  const rooted = found === undefined || root !== undefined ? folders : new Map([...folders, ['', found]])
  for (const [index, name] of texts(pyproject.get(...table, 'py-modules')))
    yield* ofModule(
      sdist,
      place('py-modules', index),
      '`py-modules` lists',
      packageFolder(name, searched.length === 1 ? rooted : folders),
      say,
    )
  yield* ofPackageData(
    sdist,
    entries(pyproject.get(...table, 'package-data')).map(([name, patterns]) => ({
      name,
      at: pyproject.keyPlace(...table, 'package-data', name),
      patterns: texts(patterns).map(([index, text]) => ({ text, at: place('package-data', name, index) })),
    })),
    'pyproject.toml',
    rooted,
    say,
  )
  const instead = isRoot(searched, root) ? undefined : NO_PACKAGES
  for (const [index, folder] of searched)
    yield* say(place('packages', 'find', 'where', index), '`where` names', folder, instead)
  const extensions = pyproject.get(...table, 'ext-modules')
  if (Array.isArray(extensions))
    for (const [index, extension] of (extensions as readonly TomlValue[]).entries())
      if (isTable(extension) && extension.optional !== true)
        for (const [at, source] of texts(extension.sources))
          if (!isGenerated(sdist, source))
            yield* say(place('ext-modules', index, 'sources', at), '`ext-modules` lists', source)
}

/** The names by which backends look for the code of a project. */
const moduleName = (name: string) => name.replace(/[-.]+/g, '_')
const isNamed = (folder: string, name: string) => canonicalName(folder) === canonicalName(name)

/** Folders at the top that are seldom the package. */
const BESIDE = /^(?:tests?|testing|docs?|examples?|benchmarks?|scripts?|tools?|ci|build|dist)$/i

interface Folder {
  readonly path: string
  readonly module: string
  readonly root: '' | 'src'
}

/** What to do about a package that the backend looks for by the name of the project, where a source tree has one of another name. */
function namingPackage(sdist: Sdist, setting: (one: Folder) => string, wanted: string): { readonly help?: string } {
  if (!sdist.tree) return {}
  const found = [...sourceTree(sdist).files].flatMap((file): readonly Folder[] => {
    const [, src, module = ''] = /^(src\/)?(\w+)\/__init__\.py$/.exec(file) ?? []
    if (module === '' || module === 'src' || BESIDE.test(module)) return []
    return [{ path: `${src ?? ''}${module}`, module, root: src === undefined ? '' : 'src' }]
  })
  const [only, ...others] = found
  if (!only || others.length > 0) return {}
  return { help: `Set ${setting(only)}, or rename the folder ${quote(only.path)} to ${quote(wanted)}.` }
}

type OfBackend = (pyproject: Pyproject, sdist: Sdist, say: Say) => Generator<MissingInput>

const BY_BACKEND: ReadonlyMap<string, OfBackend> = new Map<string, OfBackend>([
  ['hatchling', ofHatch],
  ['flit-core', ofFlit],
  ['flit', ofFlit],
  ['pdm-backend', ofPdm],
  ['poetry-core', ofPoetry],
  ['poetry', ofPoetry],
  ['uv-build', ofUv],
  ['scikit-build-core', ofScikitBuild],
  ['meson-python', ofMeson],
  ['maturin', ofMaturin],
])

function* ofHatch(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  // Its keys replace those in pyproject.toml.
  if (sourceTree(sdist).has('hatch.toml')) return
  const build = ['tool', 'hatch', 'build'] as const
  const wheel = [...build, 'targets', 'wheel'] as const
  const hooks = [build, wheel].flatMap(path =>
    entries(pyproject.get(...path, 'hooks')).map(([name, table]) => ({ path, name, table })),
  )
  for (const { path, name, table } of hooks)
    if (name === 'custom' && isTable(table) && table['enable-by-default'] !== false)
      yield* say(
        pyproject.place(...path, 'hooks', 'custom', ...(typeof table.path === 'string' ? ['path'] : [])),
        'The custom build hook of hatchling is',
        typeof table.path === 'string' ? table.path : 'hatch_build.py',
      )
  const metadata = pyproject.get('tool', 'hatch', 'metadata', 'hooks', 'custom')
  if (isTable(metadata))
    yield* say(
      pyproject.place(
        'tool',
        'hatch',
        'metadata',
        'hooks',
        'custom',
        ...(typeof metadata.path === 'string' ? ['path'] : []),
      ),
      'The custom metadata hook of hatchling is',
      typeof metadata.path === 'string' ? metadata.path : 'hatch_build.py',
    )
  const version = ['tool', 'hatch', 'version'] as const
  const source = pyproject.get(...version, 'path')
  const isRead = (pyproject.get(...version, 'source') ?? 'regex') === 'regex'
  // Of an sdist, it takes the version from PKG-INFO.
  if (typeof source === 'string' && isRead && sdist.tree?.hasPkgInfo === false && hooks.length === 0)
    if (texts(pyproject.get('project', 'dynamic')).some(([, key]) => key === 'version'))
      yield* say(pyproject.place(...version, 'path'), '`tool.hatch.version` names', source)
  // Hooks may create files, and decide what goes into the wheel.
  if (hooks.length > 0) return
  // An sdist is made of a source tree alone.
  for (const target of sdist.tree && !sdist.tree.hasPkgInfo ? ['sdist', 'wheel'] : ['wheel']) {
    const own = [...build, 'targets', target] as const
    const forced = pyproject.get(...own, 'force-include') === undefined ? build : own
    for (const [path] of entries(pyproject.get(...forced, 'force-include')))
      yield* say(pyproject.keyPlace(...forced, 'force-include', path), '`force-include` lists', path)
  }
  for (const key of ['shared-data', 'shared-scripts'])
    for (const [path] of entries(pyproject.get(...wheel, key)))
      yield* say(
        pyproject.keyPlace(...wheel, key, path),
        `\`${key}\` lists`,
        path,
        'hatchling builds a wheel without it',
      )
  const packages = texts(pyproject.get(...wheel, 'packages'))
  for (const [index, path] of packages.filter(([, path]) => !isPart(sdist, path, packages)))
    yield* say(
      pyproject.place(...wheel, 'packages', index),
      '`packages` in the hatchling configuration lists',
      path,
      'hatchling builds a wheel without it',
    )
  const name = pyproject.get('project', 'name')
  const chooses = [build, wheel].some(path =>
    [
      'packages',
      'include',
      'only-include',
      'force-include',
      'artifacts',
      'sources',
      'bypass-selection',
      'only-packages',
    ].some(key => pyproject.get(...path, key) !== undefined),
  )
  if (chooses || typeof name !== 'string' || pyproject.get(...wheel, 'macos-max-compat') !== undefined) return
  for (const path of sourceTree(sdist).files) {
    const parts = path.split('/')
    const [file = '', folder = ''] = parts.reverse()
    if (parts.length === 1 && isNamed(file.replace(/\.py$/, ''), name)) return
    if (parts.length <= 3 && file === '__init__.py' && isNamed(folder, name)) return
  }
  yield {
    at: pyproject.place('project', 'name'),
    who: 'hatchling expects the package in',
    path: `${moduleName(name)}/__init__.py`,
    ...namingPackage(
      sdist,
      ({ path }) => `\`packages = ["${path}"]\` in \`[tool.hatch.build.targets.wheel]\``,
      moduleName(name),
    ),
  }
}

function* ofFlit(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const data = pyproject.get('tool', 'flit', 'external-data', 'directory')
  if (typeof data === 'string')
    yield* say(
      pyproject.place('tool', 'flit', 'external-data', 'directory'),
      '`external-data` in the flit configuration names',
      data,
    )
  const readme = ['tool', 'flit', 'metadata', 'description-file'] as const
  const description = pyproject.get(...readme)
  if (typeof description === 'string' && !isTable(pyproject.get('project')))
    yield* say(pyproject.place(...readme), '`description-file` names', description)
  const keys = [
    ['tool', 'flit', 'module', 'name'],
    ['tool', 'flit', 'metadata', 'module'],
    ['project', 'name'],
  ]
  const key = keys.find(path => typeof pyproject.get(...path) === 'string')
  const name = key && pyproject.get(...key)
  if (!key || typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return
  const path = (key[0] === 'project' ? name.replaceAll('-', '_') : name).replaceAll('.', '/')
  const { has, isFolder } = sourceTree(sdist)
  if ([path, `src/${path}`].some(one => isFolder(one) || has(`${one}.py`))) return
  yield {
    at: pyproject.place(...key),
    who: 'flit expects the module in',
    path: `${path}/__init__.py`,
    ...(key[0] === 'project' &&
      namingPackage(sdist, ({ module }) => `\`name = "${module}"\` in \`[tool.flit.module]\``, path)),
  }
}

/** Hooks of the project or of plugins may set the version first. */
const hasPdmHooks = (pyproject: Pyproject, sdist: Sdist) =>
  sourceTree(sdist).has('pdm_build.py') ||
  pyproject.get('tool', 'pdm', 'build', 'custom-hook') !== undefined ||
  texts(pyproject.get('build-system', 'requires')).length !== 1

function* ofPdm(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const version = ['tool', 'pdm', 'version'] as const
  const isDynamic = texts(pyproject.get('project', 'dynamic')).some(([, key]) => key === 'version')
  const path = pyproject.get(...version, 'path')
  if (isDynamic && pyproject.get(...version, 'source') === 'file' && typeof path === 'string')
    yield* say(pyproject.place(...version, 'path'), '`tool.pdm.version` names', path)
  // It writes the version into the pyproject.toml of each sdist that it makes itself.
  if (isDynamic && pyproject.get(...version, 'source') === 'scm' && !hasPdmHooks(pyproject, sdist))
    if (pyproject.get(...version, 'fallback_version') === undefined && !sourceTree(sdist).has('.hg'))
      yield* say(pyproject.place(...version, 'source'), 'pdm-backend takes the version from', '.git')
  const folder = pyproject.get('tool', 'pdm', 'build', 'package-dir')
  if (typeof folder === 'string')
    yield* say(pyproject.place('tool', 'pdm', 'build', 'package-dir'), '`package-dir` names', folder)
}

function* ofPoetry(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'poetry'] as const
  if (pyproject.get(...table, 'package-mode') === false) return
  if (pyproject.get('project', 'readme') === undefined) {
    const readme = pyproject.get(...table, 'readme')
    if (typeof readme === 'string')
      yield* say(pyproject.place(...table, 'readme'), '`tool.poetry.readme` names', readme)
    for (const [index, path] of texts(readme))
      yield* say(pyproject.place(...table, 'readme', index), '`tool.poetry.readme` names', path)
  }
  for (const [name, one] of entries(pyproject.get(...table, 'scripts')))
    if (isTable(one) && one.type === 'file' && typeof one.reference === 'string')
      yield* say(pyproject.place(...table, 'scripts', name, 'reference'), '`tool.poetry.scripts` lists', one.reference)
  const build = pyproject.get(...table, 'build')
  const script =
    typeof build === 'string'
      ? build
      : isTable(build) && build['generate-setup-file'] !== true
        ? build.script
        : undefined
  if (typeof script === 'string') {
    yield* say(
      pyproject.place(...table, 'build', ...(typeof build === 'string' ? [] : ['script'])),
      'The build script of poetry is',
      script,
    )
    return
  }
  const packages = pyproject.get(...table, 'packages')
  if (Array.isArray(packages)) {
    for (const [index, one] of (packages as readonly TomlValue[]).entries()) {
      if (!isTable(one) || typeof one.include !== 'string') continue
      const formats = typeof one.format === 'string' ? [one.format] : texts(one.format).map(([, format]) => format)
      if (formats.length > 0 && !formats.includes('wheel')) continue
      const from = typeof one.from === 'string' ? one.from : ''
      yield* say(
        pyproject.place(...table, 'packages', index, 'include'),
        '`packages` in the poetry configuration lists',
        from === '' ? one.include : `${from}/${one.include}`,
      )
    }
    return
  }
  const key = typeof pyproject.get('project', 'name') === 'string' ? ['project', 'name'] : [...table, 'name']
  const name = pyproject.get(...key)
  if (typeof name !== 'string') return
  const { files } = sourceTree(sdist)
  for (const path of files) {
    const parts = path.replace(/^src\//, '').split('/')
    if (isNamed((parts[0] ?? '').replace(/\.py$/, ''), name)) return
  }
  yield {
    at: pyproject.place(...key),
    who: 'poetry expects the package in',
    path: `${moduleName(name)}/__init__.py`,
    ...namingPackage(
      sdist,
      ({ module, root }) =>
        `\`packages = [{ include = "${module}"${root === '' ? '' : `, from = "${root}"`} }]\` in \`[tool.poetry]\``,
      moduleName(name),
    ),
  }
}

function* ofUv(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'uv', 'build-backend'] as const
  const root = pyproject.get(...table, 'module-root') ?? 'src'
  const written = pyproject.get(...table, 'module-name')
  const name = pyproject.get('project', 'name')
  for (const [key, path] of entries(pyproject.get(...table, 'data')))
    if (typeof path === 'string') yield* say(pyproject.place(...table, 'data', key), '`data` of uv_build names', path)
  if (pyproject.get(...table, 'namespace') === true || typeof root !== 'string' || typeof name !== 'string') return
  const modules =
    written === undefined
      ? // `demo-stubs` is a package of stubs, whose name has a hyphen.
        [
          {
            module: moduleName(name)
              .toLowerCase()
              .replace(/_stubs$/, '-stubs'),
            at: pyproject.place('project', 'name'),
          },
        ]
      : typeof written === 'string'
        ? [{ module: written, at: pyproject.place(...table, 'module-name') }]
        : texts(written).map(([index, module]) => ({ module, at: pyproject.place(...table, 'module-name', index) }))
  const { files } = sourceTree(sdist)
  const rootPath = treePath(root)
  const hasRoot = !rootPath || [...files].some(path => path.startsWith(`${rootPath}/`))
  const isWritten = pyproject.get(...table, 'module-root') !== undefined
  for (const { module, at } of modules) {
    const folder = treePath([root, module.replaceAll('.', '/')].filter(part => part !== '').join('/'))
    if (folder === undefined) continue
    const wanted = [`${folder}/__init__.py`, `${folder}/__init__.pyi`].map(path => path.toLowerCase())
    if (![...files].some(path => wanted.includes(path.toLowerCase())))
      yield {
        at: isWritten && (!hasRoot || written === undefined) ? pyproject.place(...table, 'module-root') : at,
        who: 'uv_build expects the module in',
        path: `${folder}/__init__.py`,
        ...(written === undefined &&
          !isWritten &&
          namingPackage(
            sdist,
            one =>
              `\`module-name = "${one.module}"\`${one.root === root ? '' : ` and \`module-root = "${one.root}"\``} in \`[tool.uv.build-backend]\``,
            module,
          )),
      }
  }
}

const COMPILED = /\.(?:c|cc|cpp|cxx|pyx|f90|rs|i)$/
const stem = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '')

function* ofScikitBuild(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'scikit-build'] as const
  const listed = texts(pyproject.get(...table, 'wheel', 'packages'))
  const cmake = sdist.texts.get(`${sdist.top}/CMakeLists.txt`)
  for (const [index, path] of listed) {
    // CMake may build the module itself: `manifold3d.cpp`.
    const name = path.split('/').at(-1) ?? ''
    if ([...sourceTree(sdist).files].some(file => COMPILED.test(file) && stem(file) === name)) continue
    // Or one that it names itself.
    if (cmake?.text.includes(name) || isPart(sdist, path, listed)) continue
    yield* say(
      pyproject.place(...table, 'wheel', 'packages', index),
      '`wheel.packages` lists',
      path,
      'scikit-build-core builds a wheel without it',
    )
  }
  if (pyproject.get(...table, 'wheel', 'cmake') === false || pyproject.get(...table, 'overrides') !== undefined) return
  if (pyproject.get(...table, 'experimental') !== undefined) return
  const folder = pyproject.get(...table, 'cmake', 'source-dir')
  yield* say(
    pyproject.place(...table, ...(typeof folder === 'string' ? ['cmake', 'source-dir'] : [])),
    'scikit-build-core needs',
    typeof folder === 'string' ? `${folder}/CMakeLists.txt` : 'CMakeLists.txt',
  )
  const components = pyproject.get(...table, 'install') !== undefined || pyproject.get(...table, 'build') !== undefined
  const first = typeof folder === 'string' ? treePath(folder) : ''
  if (first !== undefined)
    for (const { at, who, path } of cmakeInputs(sdist, first, components)) yield* say(at, who, path)
}

function* ofMeson(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  yield* say(pyproject.place('build-system', 'build-backend'), 'meson-python needs', 'meson.build')
  for (const { at, who, path } of mesonInputs(sdist)) yield* say(at, who, path)
}

function* ofMaturin(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'maturin'] as const
  const written = pyproject.get(...table, 'manifest-path')
  const { files, has } = sourceTree(sdist)
  const source = pyproject.get(...table, 'python-source')
  if (typeof source === 'string')
    yield* say(pyproject.place(...table, 'python-source'), '`python-source` names', source)
  // The package around the extension module; a name without a dot is the module alone.
  const module = pyproject.get(...table, 'module-name')
  const [first = '', ...rest] = typeof module === 'string' ? module.split('.') : []
  const root = treePath(typeof source === 'string' ? source : '')
  if (typeof source === 'string' && rest.length > 0 && root && [...files].some(path => path.startsWith(`${root}/`)))
    for (const missing of say(
      pyproject.place(...table, 'module-name'),
      '`module-name` expects the package',
      `${root}/${first}`,
    ))
      yield {
        ...missing,
        help: `Begin \`module-name\` with the package in \`${root}\`, as in \`PACKAGE.${rest.join('.')}\`.`,
      }
  if (typeof written === 'string')
    yield* say(pyproject.place(...table, 'manifest-path'), '`manifest-path` names', written)
  else if (![...files].some(path => /(?:^|\/)Cargo\.toml$/.test(path)))
    yield* say(pyproject.place('build-system', 'build-backend'), 'maturin needs', 'Cargo.toml')
  const manifest = treePath(typeof written === 'string' ? written : 'Cargo.toml')
  if (manifest === undefined || !has(manifest)) return
  yield* ofCargo(sdist, manifest, say)
}
