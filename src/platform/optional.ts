import type { Wheel } from '../distribution/distribution.js'
import { installedPath } from '../distribution/members.js'
import { groupBy } from '../group-by.js'
import type { NativeFile } from '../native/file.js'
import { oncePer } from '../once.js'
import type { ImportKind } from '../python/module.js'
import { topOf } from '../python/module-name.js'
import { basename, nativeSubject } from './subject.js'
import { extensionSuffix } from './suffix.js'

/** Which extension modules of a wheel can fail to load without harm to who imports the package. */
export interface Optional {
  /** Such a module, or a library that only such modules load. */
  isOptional(path: string): boolean
  /** Only code that goes by paths can load it, since a dot in its name keeps it from every import; or a library of such modules. */
  isOpened(path: string): boolean
  /** As these, or a private module that no Python file imports, of a package that opens modules by their names. */
  isUnnamed(path: string): boolean
  /** A module that a statement imports. */
  isImported(path: string): boolean
  /** A module that is imported whenever its package is. */
  isAlwaysImported(path: string): boolean
}

interface Edge {
  readonly from: string
  readonly kind: ImportKind
}

export const optionalOf = oncePer((wheel: Wheel): Optional => {
  const { loadable, isExtension, loadedBy } = nativeSubject(wheel)
  const extensions = loadable.filter(isExtension)
  const graph = importsOf(wheel, extensions)
  /** Loaded by such modules and by no other. */
  const loadedOnlyBy = (modules: readonly NativeFile[]): ((path: string) => boolean) => {
    if (modules.length === 0) return () => false
    const own = new Set(modules)
    const [theirs, others] = [loadedBy(modules), loadedBy(extensions.filter(file => !own.has(file)))]
    return path => theirs.has(path) && !others.has(path)
  }
  const guarded = extensions.filter(file => isGuarded(moduleOf(file.path), graph))
  const opened = extensions.filter(file => extensionSuffix(basename(file.path))?.module.includes('.') === true)
  const known = new Set([...guarded, ...opened])
  const unnamed = extensions.filter(file => known.has(file) || isUnnamed(moduleOf(file.path), graph))
  return {
    isOptional: loadedOnlyBy(guarded),
    isOpened: loadedOnlyBy(opened),
    isUnnamed: loadedOnlyBy(unnamed),
    isImported: path => graph.into.has(moduleOf(path)),
    isAlwaysImported: path => graph.always.has(moduleOf(path)),
  }
})

/** `demo/_x.cpython-312-darwin.so` → `demo._x`, `demo/__init__.py` → `demo`. */
function moduleOf(path: string): string {
  const parts = installedPath(path).split('/')
  const last = (parts.pop() ?? '').split('.', 1)[0] ?? ''
  return [...parts, ...(last === '__init__' ? [] : [last])].join('.')
}

interface Graph {
  /** Module → who imports it. */
  readonly into: ReadonlyMap<string, readonly Edge[]>
  /** What is imported whenever a package of the top is. */
  readonly always: ReadonlySet<string>
  /** Modules that do something where an import fails, if only to say why. */
  readonly catching: ReadonlySet<string>
  /** Top packages that import modules by names that they compute: with importlib. */
  readonly opening: ReadonlySet<string>
}

/** Bytes of Python that are read for it. */
const MOST_READ = 24 * 1024 * 1024

function importsOf(wheel: Wheel, extensions: readonly NativeFile[]): Graph {
  const known = new Set([...wheel.python.keys(), ...extensions.map(file => file.path)].map(moduleOf))
  const edges: (Edge & { readonly to: string })[] = []
  const tops: string[] = []
  const opening = new Set<string>()
  const catching = new Set<string>()
  let left = MOST_READ
  for (const [path, file] of wheel.python) {
    left -= file.size
    if (left < 0) break
    const from = moduleOf(path)
    const isPackage = basename(path) === '__init__.py'
    if (file.text.includes('except ImportError')) catching.add(from)
    if (file.imports.some(({ module }) => topOf(module) === 'importlib')) opening.add(topOf(from))
    if (isPackage && !from.includes('.')) tops.push(from)
    for (const { module, level, names, kind } of file.imports) {
      if (kind === 'typing') continue
      const base = absolute(from, isPackage, level, module)
      if (base === undefined) continue
      const targets = [base, ...names.map(name => (base === '' ? name : `${base}.${name}`))]
      for (const target of new Set(targets)) {
        if (!known.has(target) || target === from) continue
        edges.push({ from, to: target, kind })
      }
    }
  }
  const eager = groupBy(
    edges.filter(({ kind }) => kind === 'eager'),
    ({ from }) => from,
  )
  const always = new Set(tops)
  // With `a.b.c` come `a` and `a.b`.
  for (const from of always)
    for (const { to } of eager.get(from) ?? [])
      for (let name = to; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) always.add(name)
  return { into: groupBy(edges, ({ to }) => to), always, catching, opening: left < 0 ? new Set() : opening }
}

function absolute(from: string, isPackage: boolean, level: number, module: string): string | undefined {
  if (level === 0) return module
  const parts = from.split('.')
  const up = level - (isPackage ? 1 : 0)
  if (up > parts.length) return undefined
  return [...parts.slice(0, parts.length - up), ...(module === '' ? [] : [module])].join('.')
}

/** A private module that no Python file imports, in a package that opens modules by name. Public ones are for users to import. */
const isUnnamed = (module: string, { into, opening }: Graph): boolean =>
  /\._[^.]*$/.test(module) && opening.has(topOf(module)) && !into.has(module)

/** How far imports are followed back. */
const DEEPEST = 50

/** Is every import of the module one that may fail, or that somebody has to ask for? */
function isGuarded(module: string, { into, always, catching }: Graph): boolean {
  const edges = into.get(module) ?? []
  if (edges.length === 0 || always.has(module)) return false
  /** A plug-in: nothing imports it by a statement, so something opens it by its name. */
  const isOpened = (name: string) => !always.has(name) && !into.has(name)
  const known = new Map<string, boolean>()
  /** Is a module imported only where that may fail? Modules that import one another are not. */
  function isTried(name: string, depth = 0): boolean {
    const before = known.get(name)
    if (before !== undefined || depth > DEEPEST) return before ?? false
    known.set(name, false)
    const own = into.get(name) ?? []
    const guards = own.map(({ from, kind }) => kind === 'try' || isTried(from, depth + 1))
    const found = guards.includes(true) && own.every(({ from }, index) => guards[index] || isOpened(from))
    known.set(name, found)
    return found
  }
  const lazy = new Map<string, boolean>()
  /** Is a module imported only by functions, or by modules that are? */
  function isLazy(name: string, depth = 0): boolean {
    const before = lazy.get(name)
    if (before !== undefined || depth > DEEPEST) return before ?? false
    lazy.set(name, false)
    const own = into.get(name) ?? []
    const found =
      !always.has(name) && own.length > 0 && own.every(({ from, kind }) => kind !== 'eager' || isLazy(from, depth + 1))
    lazy.set(name, found)
    return found
  }
  const guards = edges.map(({ from, kind }) => kind === 'try' || isTried(from))
  return edges.every(
    ({ from, kind }, index) =>
      guards[index] ||
      kind === 'lazy' ||
      (catching.has(from) && isLazy(from)) ||
      (guards.includes(true) && isOpened(from)),
  )
}
