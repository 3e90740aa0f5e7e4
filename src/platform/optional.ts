import type { Wheel } from '../distribution/distribution.js'
import { installedPath } from '../distribution/members.js'
import { groupBy } from '../group-by.js'
import type { NativeFile } from '../native/file.js'
import { oncePer } from '../once.js'
import type { ImportKind } from '../python/module.js'
import { basename, nativeSubject } from './subject.js'

/** Which extension modules of a wheel can fail to load without harm to who imports the package. */
export interface Optional {
  /** Such a module, or a library that only such modules load. */
  isOptional(path: string): boolean
}

interface Edge {
  readonly from: string
  readonly kind: ImportKind
}

export const optionalOf = oncePer((wheel: Wheel): Optional => {
  const { loadable, isExtension, loadedBy } = nativeSubject(wheel)
  const extensions = loadable.filter(isExtension)
  const graph = importsOf(wheel, extensions)
  const modules = extensions.filter(file => isGuarded(moduleOf(file.path), graph))
  const optional = new Set(modules.map(file => file.path))
  const byOptional = optional.size > 0 ? loadedBy(modules) : optional
  const others = extensions.filter(file => !optional.has(file.path))
  const byOthers = optional.size > 0 ? loadedBy(others) : optional
  return { isOptional: path => byOptional.has(path) && !byOthers.has(path) }
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
}

/** Bytes of Python that are read for it. */
const MOST_READ = 24 * 1024 * 1024

function importsOf(wheel: Wheel, extensions: readonly NativeFile[]): Graph {
  const known = new Set([...wheel.python.keys(), ...extensions.map(file => file.path)].map(moduleOf))
  const edges: (Edge & { readonly to: string })[] = []
  const tops: string[] = []
  let left = MOST_READ
  for (const [path, file] of wheel.python) {
    left -= file.size
    if (left < 0) break
    const from = moduleOf(path)
    const isPackage = basename(path) === '__init__.py'
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
  return { into: groupBy(edges, ({ to }) => to), always }
}

function absolute(from: string, isPackage: boolean, level: number, module: string): string | undefined {
  if (level === 0) return module
  const parts = from.split('.')
  const up = level - (isPackage ? 1 : 0)
  if (up > parts.length) return undefined
  return [...parts.slice(0, parts.length - up), ...(module === '' ? [] : [module])].join('.')
}

/** How far imports are followed back. */
const DEEPEST = 50

/** Is every import of the module one that may fail, or that somebody has to ask for? */
function isGuarded(module: string, { into, always }: Graph): boolean {
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
  const guards = edges.map(({ from, kind }) => kind === 'try' || isTried(from))
  return edges.every(
    ({ from, kind }, index) => guards[index] || kind === 'lazy' || (guards.includes(true) && isOpened(from)),
  )
}
