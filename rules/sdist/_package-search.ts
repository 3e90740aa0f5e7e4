/** Where setuptools looks for packages, and does not find any. */

import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft, Place } from '../../src/finding.js'
import { oncePer } from '../../src/once.js'
import { finding, quote } from '../../src/rule.js'
import { type GlobBudget, globBudget, globMatcher } from '../../src/standards/globs.js'
import { withoutEnd } from '../../src/text/ends.js'
import { nearest } from '../../src/text/nearest.js'
import { entries, isTable, texts } from '../../src/views/pyproject.js'
import {
  type CfgOption,
  isSectionMisspelled,
  scriptPlace,
  setupCfg,
  setupScript,
  usesPbr,
} from '../../src/views/setup-files.js'
import { sourceTree, treePath } from './_tree.js'

interface Pattern {
  readonly text: string
  readonly at: Place
}

export interface Search {
  /** `` `find` in setup.cfg ``, and the place for what is wrong with it as a whole. */
  readonly name: string
  readonly at: Place
  readonly folders: readonly string[]
  readonly include: readonly Pattern[]
  readonly exclude: readonly Pattern[]
  /** Folders without `__init__.py` are packages too. */
  readonly isNamespace: boolean
  /** What makes them no packages, and what to do about it. */
  readonly namespaces?: { readonly at: Place; readonly help: string } | undefined
  /** How to search in a folder. */
  in(folder: string): string
}

const BUILDS = 'setuptools builds a wheel without a package'

/** How setuptools is told to look for packages, if it installs nothing else. */
export const packageSearchOf = oncePer(
  (sdist: Sdist): Search | undefined => ofProject(sdist) ?? ofSetupCfg(sdist) ?? ofSetupScript(sdist),
)

export function* packageSearch(sdist: Sdist): Generator<Draft> {
  const search = packageSearchOf(sdist)
  if (!search) return
  const { isFolder } = sourceTree(sdist)
  // A folder that is not there is told by another rule.
  const paths = search.folders.map(treePath)
  if (paths.some(path => path === undefined || (path !== '' && !isFolder(path)))) return
  const all = paths.flatMap(path => packagesIn(sdist, path ?? '', search.isNamespace))
  const budget = globBudget()
  const isIncluded = anyOf(search.include, budget, true)
  const isExcluded = anyOf(search.exclude, budget, false)
  const found = all.filter(isIncluded)
  if (budget.left < 0 || found.some(name => !isExcluded(name)) || budget.left < 0) return
  if (all.length === 0) {
    const inner = paths.flatMap(path => innerPackages(sdist, path ?? ''))[0]
    if (search.namespaces && inner !== undefined) {
      const outer = inner.slice(0, inner.lastIndexOf('/'))
      yield finding(
        search.namespaces.at,
        `${search.name} does not find a package, because ${quote(outer)} does not have an \`__init__.py\`: ${BUILDS}.`,
        { help: search.namespaces.help },
      )
      return
    }
    const folder = folderOfPackages(sdist)
    // A tree without packages has modules, or is not written yet.
    if (folder !== undefined)
      yield finding(
        search.at,
        `${search.name} does not find a package: ${BUILDS}. The packages are in ${quote(folder)}.`,
        {
          help: `Write ${search.in(folder)}.`,
        },
      )
    return
  }
  const [first] = search.include
  const guilty = search.exclude.find(one => globMatcher(one.text, budget)(found[0] ?? ''))
  if (guilty && found.length > 0) {
    yield finding(guilty.at, `\`exclude\` leaves out every package, such as ${quote(found[0] ?? '')}: ${BUILDS}.`, {
      help: 'Remove the pattern, or write one that matches only what is not to be installed.',
    })
    return
  }
  if (!first) return
  const stem = withoutEnd(first.text, /[.*]/)
  const meant = nearest(stem, all) ?? (all.includes(stem.replaceAll('-', '_')) ? stem.replaceAll('-', '_') : undefined)
  yield finding(
    first.at,
    `\`include\` lists ${quote(first.text)}, which does not match a package: ${BUILDS}.${meant === undefined ? '' : ` Did you mean ${quote(meant + first.text.slice(stem.length))}?`}`,
    { help: 'Name packages as they are imported, with dots and without the folder that is searched.' },
  )
}

/** Does a pattern of a list match? An empty list says nothing. */
function anyOf(patterns: readonly Pattern[], budget: GlobBudget, byDefault: boolean): (name: string) => boolean {
  if (patterns.length === 0) return () => byDefault
  const matchers = patterns.map(({ text }) => globMatcher(text, budget))
  return name => matchers.some(matches => matches(name))
}

/** The names of the packages below a folder. */
function packagesIn(sdist: Sdist, folder: string, isNamespace: boolean): readonly string[] {
  const { files } = sourceTree(sdist)
  const start = folder === '' ? '' : `${folder}/`
  const names = new Set<string>()
  for (const path of files) {
    if (!path.startsWith(start)) continue
    const parts = path.slice(start.length).split('/').slice(0, -1)
    for (const [i, part] of parts.entries()) {
      const inner = parts.slice(0, i + 1)
      if (part.includes('.') || (!isNamespace && !files.has(`${start}${inner.join('/')}/__init__.py`))) break
      names.add(inner.join('.'))
    }
  }
  return [...names]
}

/** Packages whose parent has no `__init__.py`, as paths from the top: where another folder than the top is searched. */
const innerPackages = (sdist: Sdist, folder: string): readonly string[] =>
  folder === ''
    ? []
    : [...sourceTree(sdist).files].flatMap(path => {
        const [all, inner = ''] = /^(.*\/[A-Za-z_]\w*)\/__init__\.py$/.exec(path) ?? []
        const outer = inner.slice(0, inner.lastIndexOf('/'))
        return all !== undefined && outer.startsWith(`${folder}/`) && !sourceTree(sdist).has(`${outer}/__init__.py`)
          ? [inner]
          : []
      })

/** The only folder below the top that has packages, tests and the like apart. */
function folderOfPackages(sdist: Sdist): string | undefined {
  const folders = new Set<string>()
  for (const path of sourceTree(sdist).files) {
    const [, folder = '', name = ''] = /^([\w-]+)\/([A-Za-z_]\w*)\/__init__\.py$/.exec(path) ?? []
    if (name !== '' && !/^(?:tests?|docs?|examples?)$/i.test(folder)) folders.add(folder)
  }
  const [only, ...others] = folders
  return others.length === 0 ? only : undefined
}

/** What else setup.py may install. */
const OTHERS = [
  'py_modules',
  'ext_modules',
  'data_files',
  'scripts',
  'cmdclass',
  'packages',
  'cffi_modules',
  'rust_extensions',
]

function mayInstallMore(sdist: Sdist, given: readonly string[] = OTHERS): boolean {
  const read = setupScript(sdist)
  return read !== undefined && (!read.setup || read.setup.isOpen || given.some(key => read.setup?.keywords.has(key)))
}

function ofProject(sdist: Sdist): Search | undefined {
  const { pyproject } = sdist
  const table = ['tool', 'setuptools'] as const
  const path = [...table, 'packages', 'find'] as const
  if (!pyproject || !isTable(pyproject.get(...path)) || mayInstallMore(sdist)) return undefined
  if (entries(pyproject.get(...table)).some(([key]) => /^(?:py-modules|ext-modules|data-files|cmdclass)$/.test(key)))
    return undefined
  const patterns = (key: string) =>
    texts(pyproject.get(...path, key)).map(([index, text]) => ({ text, at: pyproject.place(...path, key, index) }))
  const where = patterns('where')
  return {
    name: '`[tool.setuptools.packages.find]`',
    at: where[0]?.at ?? pyproject.keyPlace(...path),
    folders: where.length === 0 ? [''] : where.map(({ text }) => text),
    include: patterns('include'),
    exclude: patterns('exclude'),
    isNamespace: pyproject.get(...path, 'namespaces') !== false,
    namespaces: { at: pyproject.keyPlace(...path, 'namespaces'), help: 'Remove `namespaces = false`.' },
    in: folder => `\`where = ["${folder}"]\` in \`[tool.setuptools.packages.find]\``,
  }
}

function ofSetupCfg(sdist: Sdist): Search | undefined {
  const options = setupCfg(sdist)
  const packages = options.get('options.packages')
  const [value] = packages?.values ?? []
  if (!packages || !value || !/^find(?:_namespace)?:$/.test(value.text) || usesPbr(sdist) || mayInstallMore(sdist))
    return undefined
  if (['py_modules', 'ext_modules', 'scripts'].some(key => options.has(`options.${key}`))) return undefined
  if (isSectionMisspelled(sdist, 'options.packages.find')) return undefined
  if ([...options.keys()].some(key => key.startsWith('options.data_files') || key === 'global.commands'))
    return undefined
  const place = ({ member }: CfgOption, { text, line, column }: CfgOption['values'][number]): Place => ({
    member,
    line,
    column,
    value: text,
  })
  const patterns = (key: string): readonly Pattern[] => {
    const option = options.get(`options.packages.find.${key}`)
    return (option?.values ?? []).flatMap(one =>
      one.text
        .split(',')
        .map(text => text.trim())
        .filter(text => text !== '')
        .map(text => ({ text, at: { ...place(option!, one), mark: text } })),
    )
  }
  const where = patterns('where')
  return {
    name: `\`packages = ${value.text}\` in setup.cfg`,
    at: where[0]?.at ?? place(packages, value),
    folders: where.length === 0 ? [''] : where.map(({ text }) => text),
    include: patterns('include'),
    exclude: patterns('exclude'),
    isNamespace: value.text !== 'find:',
    namespaces: { at: place(packages, value), help: 'Write `packages = find_namespace:`.' },
    in: folder => `\`where = ${folder}\` in \`[options.packages.find]\``,
  }
}

function ofSetupScript(sdist: Sdist): Search | undefined {
  const setup = setupScript(sdist)?.setup
  const search = setup?.search
  if (
    !search?.include ||
    !search.exclude ||
    // It looks in another folder by then.
    sdist.texts.get(`${sdist.top}/setup.py`)?.text.includes('chdir') ||
    mayInstallMore(
      sdist,
      OTHERS.filter(key => key !== 'packages'),
    )
  )
    return undefined
  const place = (one: Parameters<typeof scriptPlace>[1]) => scriptPlace(sdist, one)
  const patterns = (list: readonly Parameters<typeof place>[0][]) =>
    list.map(one => ({ text: one.text, at: place(one) }))
  return {
    name: `\`${search.text}()\` in setup.py`,
    at: place(search.where ?? search),
    folders: [search.where?.text ?? ''],
    include: patterns(search.include),
    exclude: patterns(search.exclude),
    isNamespace: search.text === 'find_namespace_packages',
    namespaces: { at: place(search), help: 'Use `find_namespace_packages` instead of `find_packages`.' },
    in: folder => `\`${search.text}("${folder}")\``,
  }
}
