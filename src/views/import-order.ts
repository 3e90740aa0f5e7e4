/** In which order modules import one another, and what one takes of another that is not there yet. */

import { append } from '../append.js'
import { oncePer } from '../once.js'
import type { AttributeUse, PythonImport, PythonModule } from '../python/module.js'
import { absolute, topOf } from '../python/module-name.js'
import type { Position } from '../text/lines.js'
import type { ModuleEntry } from './python-modules.js'

/** A module, and the place of the import in it that is meant. */
export interface Step extends Position {
  readonly module: string
  /** A command whose function imports it: no other module has to import this one. */
  readonly command?: string
}

/** `from module import names`, while the module is still being imported, and binds the names only behind that. */
interface EarlyImport {
  /** The modules that are imported one by the other, each with its import of the next. */
  readonly steps: readonly Step[]
  /** All modules that were imported by then, at least in part. */
  readonly begun: ReadonlySet<string>
  readonly module: string
  readonly names: readonly string[]
  /** It is not an import: `module.name`. */
  readonly isUsed?: boolean
}

/** The names that a module has at some point of its import. */
export type NamesSoFar = Pick<ReadonlySet<string>, 'has'>

interface Known {
  readonly modules: ReadonlyMap<string, ModuleEntry>
  read(module: string): PythonModule | undefined
  /** What a module has before one of its imports; undefined where that is not known. */
  namesBefore(module: string, at: Position): NamesSoFar | undefined
}

/** Modules that are looked at for all starts together: each of them begins anew. */
export const MOST_LOOKED_AT = 100_000
/** Imports in one another. Python itself gives up at some 150. */
const DEEPEST = 200

/**
 * What an import of `start` fails with; undefined where it is not certain in which order modules come, or where the budget, of
 * modules that may be looked at, is used up.
 */
export function earlyImport(start: string, known: Known, budget: { left: number }): EarlyImport | undefined {
  const { modules, read, namesBefore } = known
  const begun = new Set<string>()
  /** Modules that are being imported, the last one by the one before it. */
  const steps: Step[] = []
  /** What an import that may not run, or runs at another time, may have imported before. */
  const perhaps = new Set<string>()
  let found: EarlyImport | undefined
  let isOver = false

  const mayRun = (from: string, one: PythonImport): void => {
    const names = namedBy(from, one)
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      if (perhaps.has(name)) continue
      perhaps.add(name)
      if (budget.left-- <= 0) isOver = true
      if (isOver) return
      // Nobody knows what an extension module imports.
      const entry = modules.get(name)
      const facts = read(name)
      if (!facts && entry?.kind !== 'folder') isOver = true
      for (const inner of facts?.imports ?? []) if (inner.kind !== 'typing') append(names, namedBy(name, inner))
    }
  }
  const namedBy = (from: string, { level, module, names }: PythonImport): string[] => {
    const base = absolute(from, modules.get(from)?.kind === 'package', level, module)
    if (base === undefined) return []
    return [...ancestorsOf(base), ...names.map(name => `${base}.${name}`)].filter(name => modules.has(name))
  }
  const run = (module: string): void => {
    const entry = modules.get(module)
    if (isOver || begun.has(module) || entry?.kind === 'folder') return
    const facts = read(module)
    if (!entry || !facts || facts.broken || perhaps.has(module) || budget.left-- <= 0 || steps.length > DEEPEST) {
      isOver = true
      return
    }
    begun.add(module)
    const uses = [...usesOf(known, module, facts)]
    for (const one of facts.imports) {
      use(module, uses, one)
      if (isOver) return
      if (one.kind === 'typing') continue
      const base = absolute(module, entry.kind === 'package', one.level, one.module)
      if (base === undefined || !modules.has(topOf(base))) continue
      if (!one.unguarded || one.isCalled || one.ofPackage) mayRun(module, one)
      else {
        steps.push({ module, line: one.line, column: one.column })
        take(module, base, one.names)
        steps.pop()
      }
      if (isOver) return
    }
    use(module, uses)
  }
  /** What the module takes of others before one of its imports. */
  const use = (module: string, uses: AttributeUse[], before?: Position) => {
    while (uses[0] && (!before || isBefore(uses[0], before))) {
      const { module: base, name, line, column } = uses.shift() as AttributeUse
      const at = steps.findLast(step => step.module === base)
      if (base === module || !at) continue
      const has = read(base)?.names.has(name) ? namesBefore(base, at) : undefined
      if (!has || has.has(name)) continue
      found = { steps: [...steps, { module, line, column }], begun, module: base, names: [name], isUsed: true }
      isOver = true
      return
    }
  }
  const take = (module: string, base: string, names: readonly string[]): void => {
    for (const name of ancestorsOf(base)) {
      if (!modules.has(name)) isOver = true
      run(name)
    }
    const facts = read(base)
    const at = steps.findLast(step => step.module === base)
    const has: NamesSoFar | undefined = at ? namesBefore(base, at) : facts && !facts.isOpen ? facts.names : undefined
    const early = names.filter(
      name => at && has && !has.has(name) && facts?.names.has(name) && !modules.has(`${base}.${name}`),
    )
    if (early.length > 0) {
      if (module !== base) found = { steps: [...steps], begun, module: base, names: early }
      isOver = true
    }
    // `*` imports what `__all__` lists.
    const listed = names.includes('*') ? [...(facts?.all?.names ?? [])] : []
    for (const name of [...names, ...listed].map(name => `${base}.${name}`)) {
      if (isOver || !modules.has(name)) continue
      // A package may have something else of that name, and then the module is not imported.
      if (has?.has(name.slice(base.length + 1)) === false) run(name)
      else perhaps.add(name)
    }
  }

  for (const name of ancestorsOf(start)) run(name)
  return found
}

/** What a module takes of modules of the wheel, but their submodules: found once for all starts. */
function usesOf(known: Known, module: string, { attributes }: PythonModule): readonly AttributeUse[] {
  const before = allUses(known).get(module)
  if (before) return before
  const { modules } = known
  const found = attributes.flatMap((one): readonly AttributeUse[] => {
    const base = absolute(module, modules.get(module)?.kind === 'package', one.level, one.module)
    return base !== undefined && modules.has(base) && !modules.has(`${base}.${one.name}`)
      ? [{ ...one, module: base }]
      : []
  })
  allUses(known).set(module, found)
  return found
}
const allUses = oncePer((_: Known) => new Map<string, readonly AttributeUse[]>())

export const isBefore = (one: Position, other: Position): boolean =>
  one.line < other.line || (one.line === other.line && one.column < other.column)

/** `a.b.c` → `a`, `a.b`, `a.b.c`. */
export const ancestorsOf = (module: string): readonly string[] =>
  module.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'))
