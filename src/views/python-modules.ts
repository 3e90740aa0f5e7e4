import type { Member } from '../archive/archive.js'
import type { Sdist, Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import { type PythonFile, pythonFile } from '../python/file.js'
import { absolute, PACKAGE_ROOTS, topOf } from '../python/module-name.js'
import { Installed, installed } from './install-tree.js'
import { namedEntryPoints } from './named-entry-points.js'
import { requiredBy } from './required.js'
import { wheelPythons } from './wheel-pythons.js'

/** What a dotted name means in site-packages, once the wheel is installed. */
export interface ModuleEntry {
  /** `package`: a folder with an `__init__`; `folder`: one without; `binary`: an extension module, or compiled Python. */
  readonly kind: 'package' | 'module' | 'binary' | 'folder'
  /** Absent for a folder. */
  readonly installed: Installed | undefined
  /** Its text, if it is Python that was kept. */
  readonly file: PythonFile | undefined
}

/** Python, and what may replace it: what Cython, Hy and others import, or encrypt. */
const MODULE = /^([^.]+)(\.(?:py|pyc|pyo|pyd|so|pyw|pye|pyx|hy|coco)|\.[^/]+\.(?:so|pyd))$/

/** What Python imports if several have the same name: packages before modules, extension modules before source. */
const rank = (isInit: boolean, suffix: string): number =>
  (isInit ? 4 : 1) + (/\.(?:so|pyd)$/.test(suffix) ? 2 : suffix === '.py' ? 1 : 0)

/** Nested folders: no real package has so many. */
const DEEPEST = 40

/** What a wheel installs, or the sources that one would be built from, as far as it is known where they go. */
const filesOf = oncePer((dist: Wheel | Sdist): readonly Installed[] => {
  if (dist.kind === 'wheel') return installed(dist)
  if (!dist.tree) return sourcesOf(dist)
  return dist.tree.code.flatMap(({ member: path, parts }) => {
    const member = dist.members.get(path)
    return member ? [new Installed(parts.join('/'), member)] : []
  })
})

/** The files of an sdist in the one folder that has all packages which entry points name. */
function sourcesOf(sdist: Sdist): readonly Installed[] {
  const tops = new Set(namedEntryPoints(sdist).flatMap(({ module }) => (module === undefined ? [] : [topOf(module)])))
  const egg = sdist.entryPoints?.member
  // setuptools writes .egg-info into the folder of the packages.
  const [, own] = /^(.*\/|)[^/]+\.egg-info\/[^/]+$/.exec(egg ?? '') ?? []
  const roots = own === undefined ? PACKAGE_ROOTS.map(root => `${sdist.top}/${root}`) : [own]
  const { members } = sdist
  const [root, ...others] = roots.filter(one =>
    [...tops].some(top => members.has(`${one}${top}.py`) || members.has(`${one}${top}/__init__.py`)),
  )
  if (root === undefined || others.length > 0) return []
  return members.files.flatMap(member => {
    if (!member.path.startsWith(root)) return []
    return [new Installed(member.path.slice(root.length), member)]
  })
}

/** Modules, packages and folders of a wheel, or of a source tree, by their dotted names. */
export const pythonModules = oncePer((dist: Wheel | Sdist) => modulesIn(dist, filesOf(dist)))

/** The same for files of it. */
export function modulesIn(dist: Wheel | Sdist, files: readonly Installed[]): ReadonlyMap<string, ModuleEntry> {
  const found = new Map<string, ModuleEntry>()
  const ranks = new Map<string, number>()
  // Cython's sources are no modules; what was compiled of them may be in a file of another name.
  const isCompiled = dist.kind !== 'wheel' || files.some(({ path }) => /\.(?:so|pyd)$/.test(path))
  for (const file of files) {
    const { parts, member } = file
    if (parts.length > DEEPEST) continue
    for (let i = 1; i < parts.length; i++) {
      const name = parts.slice(0, i).join('.')
      if (!found.has(name)) found.set(name, { kind: 'folder', installed: undefined, file: undefined })
    }
    const [, stem, suffix = ''] = MODULE.exec(parts.at(-1) ?? '') ?? []
    if (stem === undefined || (suffix === '.pyx' && !isCompiled)) continue
    const isInit = stem === '__init__'
    const name = [...parts.slice(0, -1), ...(isInit ? [] : [stem])].join('.')
    const weight = rank(isInit, suffix)
    if (name === '' || (ranks.get(name) ?? 0) >= weight) continue
    ranks.set(name, weight)
    const isSource = suffix === '.py'
    found.set(name, {
      kind: isInit ? 'package' : isSource ? 'module' : 'binary',
      installed: file,
      file: isSource ? fileOf(dist, member) : undefined,
    })
  }
  // Compiled code provides a package of which only stubs are there: obstore/exceptions/__init__.pyi.
  const compiled = new Set([...found].flatMap(([name, { kind }]) => (kind === 'binary' ? [name.split('.', 1)[0]] : [])))
  for (const file of files) {
    if (!file.path.endsWith('/__init__.pyi') || !compiled.has(file.top)) continue
    const name = file.parts.slice(0, -1).join('.')
    if (found.get(name)?.kind === 'folder') found.set(name, { kind: 'binary', installed: file, file: undefined })
  }
  return found
}

/** An empty file says as much as any other. */
const fileOf = ({ python }: Wheel | Sdist, { path, size }: Member): PythonFile | undefined =>
  size === 0 ? pythonFile(new Uint8Array(), false) : python.get(path)

/** What each dotted name has below it. */
const below = oncePer((modules: ReadonlyMap<string, ModuleEntry>): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>()
  for (const name of modules.keys()) {
    const dot = name.lastIndexOf('.')
    if (dot < 0) continue
    const parent = name.slice(0, dot)
    const names = found.get(parent)
    if (names) names.push(name.slice(dot + 1))
    else found.set(parent, [name.slice(dot + 1)])
  }
  return found
})

/** What a dotted name is besides the module that contains it: `from demo import cli` may mean demo/cli.py. */
export const submodules = (modules: ReadonlyMap<string, ModuleEntry>, parent: string): readonly string[] =>
  below(modules).get(parent) ?? []

const MOST_STARS = 5

type Modules = ReadonlyMap<string, ModuleEntry>
type Names = ReadonlySet<string> | undefined

/** For each module what `find` says of it, found once: each import of a large package asks for its names. */
function known(find: (modules: Modules, module: string) => Names): (modules: Modules, module: string) => Names {
  const of = oncePer((_: Modules) => new Map<string, Names>())
  return (modules, module) => {
    const found = of(modules)
    if (!found.has(module)) found.set(module, find(modules, module))
    return found.get(module)
  }
}

/** The names of a module once it is imported; undefined where it may have more than is known. */
export const namesOf = known((modules, module) => readNames(modules, module, 0))

/** The names that a module has by `from … import *`; undefined where they are not all known. */
export const namesByStar = known((modules, module) => readStars(modules, module, 0))

function readNames(modules: Modules, module: string, depth: number): Names {
  const entry = modules.get(module)
  if (!entry?.file || entry.file.cut || depth > MOST_STARS) return undefined
  const facts = entry.file.module
  if (facts.isOpen || facts.broken) return undefined
  const more = readStars(modules, module, depth)
  return more && new Set([...facts.names.keys(), ...more])
}

function readStars(modules: Modules, module: string, depth: number): Names {
  const entry = modules.get(module)
  const found = new Set<string>()
  for (const { level, module: of, names } of entry?.file?.module.imports ?? []) {
    if (!names.includes('*')) continue
    const base = absolute(module, entry?.kind === 'package', level, of)
    const has = base === undefined || base === module ? undefined : readNames(modules, base, depth + 1)
    if (base === undefined || !has) return undefined
    const all = modules.get(base)?.file?.module.all
    if (all?.names) for (const name of all.names) found.add(name)
    else {
      for (const name of has) if (all || !name.startsWith('_')) found.add(name)
      // Modules of a package that were imported are names of it.
      if (modules.get(base)?.kind === 'package') for (const name of submodules(modules, base)) found.add(name)
    }
  }
  return found
}

/** Does any module of the wheel set an attribute of that name from outside? */
export const isSetElsewhere = (wheel: Wheel | Sdist, name: string): boolean => namesSet(wheel).has(name)

const namesSet = oncePer((wheel: Wheel | Sdist): ReadonlySet<string> => {
  const found = new Set<string>()
  const add = (targets: string) => {
    for (const [, name = ''] of targets.matchAll(ATTRIBUTE)) found.add(name)
  }
  for (const { text } of wheel.python.values()) {
    for (const [, name = ''] of text.matchAll(SET)) found.add(name)
    for (const [, args = ''] of text.matchAll(SET_BY_CALL))
      for (const [, name = ''] of args.matchAll(QUOTED)) found.add(name)
    for (const { 0: all, 1: path = '', index } of text.matchAll(SET_BY_WITH))
      if (path.includes('.') && /[:,)]/.test(text.charAt(index + all.length)))
        found.add(path.slice(path.lastIndexOf('.') + 1))
    for (const [, targets = ''] of text.matchAll(TARGETS)) add(targets)
    // What stands behind the last `in` is not a target.
    for (const [, loop = ''] of text.matchAll(LOOP))
      add(
        loop
          .split(/\bin\b/)
          .slice(0, -1)
          .join(' '),
      )
  }
  return found
})

/** `a.name = 1` */
const SET = /\.\s*([\p{L}_][\p{L}\p{N}_]*)\s*(?==[^=]|:[^=])/gu
const SET_BY_CALL = /(?:setattr|attach|__setattr__)\s*\(([^)]*)/g
const QUOTED = /['"]([\p{L}_][\p{L}\p{N}_]*)(?=['"])/gu
/** `with open() as a.name:` */
const SET_BY_WITH = /\bas[ \t]+([\w.]+)[ \t]*/g
/** One of several targets. */
const TARGETS = /^([\w.,* \t()[\]]*)=(?!=)/gm
const LOOP = /\bfor\b([\w.,* \t()[\]]{0,400})/g
const ATTRIBUTE = /\.\s*([\p{L}_][\p{L}\p{N}_]*)/gu

/** What a .pth or .start file runs may do anything. */
export const hasStartFile = oncePer((dist: Wheel | Sdist): boolean =>
  dist.kind === 'wheel'
    ? [...dist.texts.keys()].some(member => /^(?:[^/]+\.data\/[^/]+\/)?[^/]+\.(?:pth|start)$/.test(member))
    : dist.members.files.some(({ path }) => /\.(?:pth|start)$/.test(path)),
)

/** Modules that go to the prefix, not to site-packages. */
export const hasPrefixModules = oncePer((wheel: Wheel | Sdist): boolean =>
  wheel.members.files.some(({ path }) => /^[^/]+\.data\/data\/.*\.py$/.test(path)),
)

/** May a project that is required put modules into the package? It has the same first word. */
export function isShared(wheel: Wheel | Sdist, top: string): boolean {
  const family = [top, wheel.project ?? top].map(name =>
    name
      .toLowerCase()
      .replace(/^_+/, '')
      .replace(/[-_.].*$/s, ''),
  )
  return (requiredBy(wheel) ?? []).some(
    ({ name }) => name !== wheel.project && family.some(one => one !== '' && name.startsWith(one)),
  )
}

/** Is it for Python 3? Of an sdist, its metadata has to say so: many old ones are for Python 2 alone. */
export const isForPython3 = oncePer((dist: Wheel | Sdist): boolean => {
  if (dist.kind === 'wheel') return dist.name?.python.some(tag => !/^[a-z]+2/.test(tag)) ?? true
  const pythons = dist.metadata?.first('Requires-Python')
  // An old setuptools makes Python 3 of it.
  if (/\buse_2to3\b/.test(dist.texts.get(`${dist.top}/setup.py`)?.text ?? '')) return false
  return pythons
    ? wheelPythons(dist).length > 0
    : (dist.metadata?.all('Classifier') ?? []).some(({ value }) => /^Programming Language :: Python :: 3\b/.test(value))
})

/** `demo.cli:main` for `demo.cli.main`, or for `demo.cli`, where that module has the function; undefined where none is known. */
export function meantFunction(dist: Wheel | Sdist, target: string): string | undefined {
  const dot = target.lastIndexOf('.')
  const [module, name] = [target.slice(0, Math.max(0, dot)), target.slice(dot + 1)]
  const modules = pythonModules(dist)
  const has = (one: string, wanted: string) => modules.get(one)?.file?.module.names.has(wanted) === true
  if (has(target, 'main')) return `${target}:main`
  return dot > 0 && has(module, name) ? `${module}:${name}` : undefined
}
