import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { landing } from '../archive/landing.js'
import { contains } from '../bytes.js'
import type { EntryPoint } from '../distribution/entry-points.js'
import { isTable } from '../distribution/pyproject.js'
import { pythonFile } from '../python/file.js'
import { absolute, topOf } from '../python/module-name.js'
import { textAt } from './document.js'
import type { ProjectFolder } from './folder.js'
import { bytesOf, sizeOf } from './load.js'

/** The Python files of a source tree that its entry points speak of. */
export interface TreeCode {
  /** Files of the packages, by path below the project's folder; `parts` are those of the path in site-packages. */
  readonly modules: readonly { readonly path: string; readonly parts: readonly string[] }[]
  /** Bytes of each of them. */
  readonly sizes: ReadonlyMap<string, number>
  /** Those whose text is wanted. */
  readonly read: ReadonlySet<string>
}

export const NO_CODE: TreeCode = { modules: [], sizes: new Map(), read: new Set() }

/** More than a package of a person has; where there are more, nothing is said. */
const MOST = 5000
const DEEPEST = 20
/** Star imports that are followed. */
const MOST_STARS = 20

/**
 * Finds the packages that entry points name, below the project's folder or one of its folders such as `src`. `placed` are
 * packages in folders with other names.
 */
export async function findCode(
  folder: string,
  entries: readonly EntryPoint[],
  placed: ReadonlyMap<string, string> = new Map(),
): Promise<TreeCode> {
  const named = entries.flatMap(({ module, attr }) => (module === undefined ? [] : [{ module, attr }]))
  // `src.demo.cli` most likely means `demo.cli`.
  const tops = [...new Set(named.flatMap(({ module }) => [topOf(module), topOf(module.replace(/^src\./, ''))]))]
  if (tops.length === 0) return NO_CODE
  const roots = await rootsOf(folder)
  const modules: { path: string; parts: readonly string[] }[] = []
  for (const [name, written] of placed) {
    const at = written
      .split('/')
      .filter(part => part !== '')
      .join('/')
    if (tops.includes(topOf(name)) && landing(at))
      for (const path of await filesBelow(folder, at))
        modules.push({ path, parts: [...name.split('.'), ...path.slice(at.length + 1).split('/')] })
  }
  for (const root of roots)
    for (const name of root.names) {
      // Other packages next to it only tell what may have been meant.
      // A folder that packages lie in is not one itself.
      const isLayout = name === 'src' && !root.packages.has(name)
      if (isLayout) continue
      if (!tops.some(top => name === top || name === `${top}.py`)) {
        if (/^[A-Za-z_]\w*$/.test(name) && root.packages.has(name))
          modules.push({ path: below(root.path, `${name}/__init__.py`), parts: [name, '__init__.py'] })
      } else if (root.packages.has(name) || root.folders.has(name)) {
        for (const path of await filesBelow(join(folder, root.path), name))
          modules.push({ path: below(root.path, path), parts: path.split('/') })
      } else modules.push({ path: below(root.path, name), parts: [name] })
      if (modules.length > MOST) return NO_CODE
    }
  const { paths: read, isAll } = await wanted(folder, modules, named)
  const all = isAll ? modules.filter(({ path }) => path.endsWith('.py')).map(({ path }) => path) : [...read]
  const sizes = new Map(modules.map(({ path }) => [path, 1]))
  for (const path of all) sizes.set(path, (await sizeOf(join(folder, path))) ?? 0)
  return { modules, sizes, read: new Set(all) }
}

const below = (root: string, path: string) => (root === '' ? path : `${root}/${path}`)

interface Root {
  /** Below the project's folder; '' for that itself. */
  readonly path: string
  readonly names: readonly string[]
  readonly folders: ReadonlySet<string>
  /** Folders with an `__init__.py`. */
  readonly packages: ReadonlySet<string>
}

/** Folders of which nothing is installed. */
const ASIDE = /^(?:\.|_|build$|dist$|docs?$|tests?$|node_modules$|venv$|env$|examples?$|scripts$|.*\.egg-info$)/

/** The project's folder, and those in it that are not packages. */
async function rootsOf(folder: string): Promise<readonly Root[]> {
  const own = await rootAt(folder, '')
  const others = [...own.folders].filter(name => !own.packages.has(name) && !ASIDE.test(name)).slice(0, 50)
  return [own, ...(await Promise.all(others.map(name => rootAt(folder, name))))]
}

async function rootAt(folder: string, path: string): Promise<Root> {
  const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => [])
  const folders = entries.filter(entry => entry.isDirectory() && !ASIDE.test(entry.name)).map(({ name }) => name)
  const packages = new Set<string>()
  for (const name of folders.slice(0, 200))
    if ((await sizeOf(join(folder, path, name, '__init__.py'))) !== undefined) packages.add(name)
  const files = entries.filter(entry => entry.isFile() && /\.py$/.test(entry.name)).map(({ name }) => name)
  return { path, names: [...folders, ...files], folders: new Set(folders), packages }
}

/** Paths of the files below a folder, relative to what it is in. */
async function filesBelow(base: string, name: string): Promise<readonly string[]> {
  const found: string[] = []
  const wait = [name]
  for (let at = wait.shift(); at !== undefined && found.length <= MOST; at = wait.shift())
    for (const entry of await readdir(join(base, at), { withFileTypes: true }).catch(() => [])) {
      const path = `${at}/${entry.name}`
      if (entry.isDirectory()) {
        if (entry.name !== '__pycache__' && path.split('/').length < DEEPEST) wait.push(path)
      } else if (!/\.py[co]$/.test(entry.name)) found.push(path)
    }
  return found
}

/** The modules that are named, and those that they import with a star; all, where a name is in none of them. */
async function wanted(
  folder: string,
  modules: TreeCode['modules'],
  named: readonly { readonly module: string; readonly attr: string | undefined }[],
) {
  const byName = new Map(
    modules.map(({ path, parts }) => [
      parts
        .join('.')
        .replace(/\.py$/, '')
        .replace(/\.__init__$/, ''),
      path,
    ]),
  )
  const known = new Map<string, ReadonlySet<string>>()
  const paths = new Set<string>()
  let stars = 0
  const namesIn = async (module: string): Promise<ReadonlySet<string> | undefined> => {
    const path = byName.get(module)
    if (path === undefined || known.has(module)) return known.get(module)
    const bytes = await bytesOf(join(folder, path))
    if (!bytes) return undefined
    paths.add(path)
    const { names, imports } = pythonFile(bytes, false).module
    const found = new Set(names.keys())
    known.set(module, found)
    for (const { level, module: from, names: taken } of imports) {
      const base = taken.includes('*') && stars++ < MOST_STARS ? absolute(module, isInit(path), level, from) : undefined
      const more = base === undefined ? undefined : await namesIn(base)
      for (const name of more ?? []) found.add(name)
    }
    return found
  }
  let isAll = false
  for (const { module, attr } of named) {
    // A package that changes its path has modules elsewhere.
    for (let end = module.indexOf('.'); end > 0; end = module.indexOf('.', end + 1)) await namesIn(module.slice(0, end))
    const names = await namesIn(module)
    isAll ||= names !== undefined && attr !== undefined && !names.has(attr.split('.', 1)[0] ?? '')
  }
  return { paths, isAll }
}

const isInit = (path: string) => path.endsWith('/__init__.py')

/** Python files of which one is read for the marks of a merge. */
const MOST_SEARCHED = 2000

/** Python files that may have the marks of a merge that was not finished, with their sizes; `known` are kept in any case. */
export async function unmergedFiles(
  folder: string,
  listed: readonly { readonly path: string; readonly isFolder?: boolean | undefined }[],
  known: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  const modules = listed.filter(({ path, isFolder }) => !isFolder && path.endsWith('.py')).slice(0, MOST_SEARCHED)
  for (const { path } of modules) {
    if (known.has(path)) continue
    const bytes = await bytesOf(join(folder, path))
    if (bytes && contains(bytes, MARK)) found.set(path, bytes.length)
  }
  return found
}

const MARK = new TextEncoder().encode('<<<<<<< ')

/** The packages that setuptools is told to take from folders with other names. */
export function placedPackages({ pyproject }: ProjectFolder): ReadonlyMap<string, string> {
  const folders = pyproject?.document.get('tool', 'setuptools', 'package-dir')
  return new Map(
    Object.entries(isTable(folders) ? folders : {}).flatMap(([name, at]) =>
      name !== '' && typeof at === 'string' && at !== '' && at !== '.' ? [[name, at]] : [],
    ),
  )
}

/** Backends and hooks that write modules. */
export function mayAddModules({ pyproject, setupScript }: ProjectFolder): boolean {
  const document = pyproject?.document
  const backend = document && textAt(document, 'build-system', 'build-backend')
  return (
    (backend !== undefined &&
      !/^(?:setuptools|hatchling|flit_core|poetry\.core|pdm\.backend|uv_build)(?![A-Za-z0-9_])/.test(backend)) ||
    [[], ['targets', 'wheel']].some(target =>
      ['hooks', 'sources', 'force-include'].some(
        key => document?.get('tool', 'hatch', 'build', ...target, key) !== undefined,
      ),
    ) ||
    document?.get('tool', 'poetry', 'build') !== undefined ||
    ['custom-hook', 'run-setuptools'].some(key => document?.get('tool', 'pdm', 'build', key) !== undefined) ||
    /cmdclass|ext_modules|build_py|package_dir|write|copy|subprocess|os\.system/.test(
      (setupScript?.text ?? '').replace(ROOT, ''),
    )
  )
}

/** A folder for all packages renames none. */
const ROOT = /package_dir=\{(?:""|''): ?(?:"[\w-]{1,60}"|'[\w-]{1,60}')\}/
