/** What setup.py, setup.cfg and `[tool.setuptools]` refer to. */

import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import type { Given, SetupScript, Written } from '../../src/python/setup-script.js'
import { quote } from '../../src/rule.js'
import { globBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { packageFolder } from '../../src/views/package-listing.js'
import { entries, isTable, texts } from '../../src/views/pyproject.js'
import {
  type CfgOption,
  isSectionMisspelled,
  scriptPlace,
  setupCfg,
  setupScript,
  usesPbr,
} from '../../src/views/setup-files.js'
import { cfgFolders, tomlFolders } from './_code.js'
import { missingHeaders } from './_includes.js'
import type { MissingInput, Say } from './_missing-input.js'
import { sourceTree, treePath } from './_tree.js'

export function* ofSetupScript(sdist: Sdist, say: Say): Generator<MissingInput> {
  const script = setupScript(sdist)
  if (!script) return
  const member = `${sdist.top}/setup.py`
  const place = (one: Parameters<typeof scriptPlace>[1]) => scriptPlace(sdist, one)
  for (const one of script.reads)
    yield* say(
      place(one),
      one.byCall === undefined ? 'setup.py opens' : `setup.py calls \`${one.byCall}()\` with`,
      one.text,
      one.isIgnored ? 'Python prints an error, and the build goes on without what the script does' : undefined,
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
  const licenses = (setup.list('license_files') ?? []).map(one => ({ at: place(one), text: one.text }))
  yield* ofLicenses(sdist, '`license_files` in setup.py lists', licenses, say)
  // Custom commands may write what is missing, and so may CMake.
  if (setup.keywords.has('cmdclass') || setup.isOpen || usesCmake(sdist)) return
  for (const one of setup.sources) {
    const at = place(one)
    if (isPattern(one.text)) {
      if (!mayMatch(sdist, one.text)) yield { at, who: '`cythonize()` in setup.py needs', path: one.text }
    } else if (!isGenerated(sdist, one.text)) yield* say(at, 'An Extension in setup.py lists', one.text)
  }
  const sources = setup.sources.map(({ text, isAlone }) => ({ path: text, isAlone }))
  yield* missingHeaders(sdist, sources, 'a source of an Extension in setup.py')
  const folders = setup.keywords.has('package_dir') ? setup.dict('package_dir') : new Map<string, string>()
  if (!folders) return
  const root = folders.get('')
  if (root !== undefined && root !== '') yield* say(rootPlace(setup, member), '`package_dir` in setup.py names', root)
  const searched = setup.search?.where
  if (searched) {
    yield* say(place(searched), 'setup.py looks for packages in', searched.text, NO_PACKAGES)
    const folder = treePath(searched.text)
    // setup.cfg may name the root.
    const hasRoot = root !== undefined || setupCfg(sdist).has('options.package_dir')
    if (folder && folders.size === 0 && !hasRoot) yield* elsewhere(sdist, folder, place(searched))
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

/** `src/*.pyx`: no pattern but one of stars. */
const isPattern = (path: string) => path.includes('*') && treePath(path.replaceAll('*', '')) !== undefined

/** Does a file match, or one that sources are made from? */
function mayMatch(sdist: Sdist, pattern: string): boolean {
  const matches = globMatcher(pattern.replace(/^(?:\.\/)+/, ''), globBudget())
  return [...sourceTree(sdist).files].some(path => matches(path) || matches(path.replace(MADE_INTO_SOURCE, '')))
}

const MADE_INTO_SOURCE = /\.(?:in|src|tmpl|template|tp|mako|j2|jinja2?)$/

/** A source that a tool generates from another, or whose C code is there instead. */
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

export function* ofSetupCfg(sdist: Sdist, say: Say): Generator<MissingInput> {
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
    if (attr !== undefined)
      yield* missingModule(sdist, place(version), '`version` in setup.cfg reads', attr, cfgFolders(options))
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
  const licenses = (patterns?.values ?? []).flatMap(value =>
    value.text.split(',').map(one => ({ at: place(patterns!, value), text: one.trim() })),
  )
  yield* ofLicenses(sdist, '`license_files` in setup.cfg lists', licenses, say)
  if (setup?.keywords.has('cmdclass') || options.has('global.commands') || isSectionMisspelled(sdist, 'options')) return
  const script = options.get('options.scripts')
  for (const value of script?.values ?? [])
    for (const path of value.text.split(','))
      yield* say(place(script!, value), '`scripts` in setup.cfg lists', path.trim())
  for (const [key, option] of options)
    if (key.startsWith('options.data_files.'))
      for (const value of option.values)
        for (const path of value.text.split(','))
          yield* say(place(option, value), '`data_files` in setup.cfg lists', path.trim())
  const folders = cfgFolders(options)
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
function* missingModule(
  sdist: Sdist,
  at: Place,
  who: string,
  attr: string,
  folders: ReadonlyMap<string, string>,
): Generator<MissingInput> {
  const parts = attr.split('.').slice(0, -1)
  // `demo.__init__.VERSION` names the file of the package.
  if (parts.at(-1) === '__init__') parts.pop()
  if (parts.length === 0) return
  const path = parts.join('/')
  const { files } = sourceTree(sdist)
  // The folder of a package may have another name.
  const renamed = treePath(packageFolder(parts.join('.'), folders))
  if (renamed === undefined || [`${renamed}/__init__.py`, `${renamed}.py`].some(one => files.has(one))) return
  for (const file of files) {
    const rest = file.endsWith('/__init__.py')
      ? file.slice(0, -12)
      : file.replace(/\.(?:py|(?:[\w-]*\.)?so|pyd|pyx|in)$/, '')
    if (rest === path || rest.endsWith(`/${path}`) || rest.startsWith(`${path}.`)) return
    // setup.py may name the folder.
    if (rest.endsWith(`/${parts.at(-1)}`) || rest === parts.at(-1)) return
    if (parts.length === 1 && file === `${parts[0]}.py`) return
  }
  yield { at, who, path: `${path}.py` }
}

export function* ofSetuptools(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'setuptools'] as const
  if (!isTable(pyproject.get(...table))) return
  const place = (...path: (string | number)[]) => pyproject.place(...table, ...path)
  const setup = setupScript(sdist)?.setup
  const hasCommands = setup?.keywords.has('cmdclass') || setup?.isOpen || isTable(pyproject.get(...table, 'cmdclass'))
  const folders = tomlFolders(pyproject)
  const attr = pyproject.get(...table, 'dynamic', 'version', 'attr')
  const isDynamic = texts(pyproject.get('project', 'dynamic')).some(([, key]) => key === 'version')
  if (isDynamic && typeof attr === 'string' && /^[\w.]+$/.test(attr))
    yield* missingModule(
      sdist,
      place('dynamic', 'version', 'attr'),
      '`tool.setuptools.dynamic.version` reads',
      attr,
      folders,
    )
  for (const [index, path] of texts(pyproject.get(...table, 'script-files')))
    yield* say(place('script-files', index), '`script-files` lists', path)
  for (const [folder, files] of entries(pyproject.get(...table, 'data-files')))
    for (const [index, path] of texts(files)) yield* say(place('data-files', folder, index), '`data-files` lists', path)
  if (hasCommands || usesCmake(sdist)) return
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
      if (isTable(extension) && extension.optional !== true) {
        const isAlone = !Object.keys(extension).some(key => /dirs|libraries|args|objects/.test(key))
        const sources = texts(extension.sources).map(([, path]) => ({ path, isAlone }))
        yield* missingHeaders(sdist, sources, 'a source in `ext-modules`')
        for (const [at, source] of texts(extension.sources))
          if (!isGenerated(sdist, source))
            yield* say(place('ext-modules', index, 'sources', at), '`ext-modules` lists', source)
      }
}

interface Listed {
  readonly at: Place
  readonly text: string
}

/** Paths that `license_files` lists, and patterns where no file matches any of them: setuptools has others that may match none. */
function* ofLicenses(sdist: Sdist, who: string, listed: readonly Listed[], say: Say): Generator<MissingInput> {
  const instead = 'setuptools omits License-File'
  const isPattern = ({ text }: Listed) => /[*?[]/.test(text)
  for (const one of listed) {
    // Spaces divide no list of setup.cfg.
    const words = one.text.split(/\s+/)
    const areFiles = words.length > 1 && words.some(word => sourceTree(sdist).has(word))
    const help = 'Write each file on a line of its own below the key, or put commas between them.'
    for (const missing of isPattern(one) ? [] : say(one.at, who, one.text, instead))
      yield { ...missing, ...(areFiles && { help }) }
  }
  const [first] = listed.filter(isPattern)
  if (!first || listed.some(({ text }) => globProblem(text) !== undefined)) return
  const budget = globBudget()
  const matchers = listed.map(({ text }) => globMatcher(text, budget))
  const isMatched = [...sourceTree(sdist).files].some(path => matchers.some(matches => matches(path)))
  if (!isMatched && budget.left >= 0) yield { at: first.at, who, path: first.text, instead }
}
