/** What the compiler says of names where the grammar has nothing against them: `global`, `nonlocal` and walruses. */

import { append } from '../append.js'
import type { Expression, Statement } from './tree.js'
import { blocksOf, expressionsIn, ownExpressions, ownExpressionsIn } from './walk.js'

interface ScopeFault {
  readonly at: number
  /** Absent: no Python takes it. */
  readonly what?: string
  /** The first Python that refuses it. */
  readonly before?: number
}

interface Scope {
  readonly isFunction: boolean
  readonly params: ReadonlySet<string>
  readonly bound: Set<string>
  /** Where a name first stands, but for imports of it. */
  readonly seen: Map<string, number>
  readonly annotated: Set<string>
  readonly globals: Set<string>
  readonly nonlocals: Wanted[]
  /** What functions and classes inside want, and do not bind themselves. */
  readonly wanted: Wanted[]
}

interface Wanted {
  readonly name: string
  readonly at: number
}

type Definition = Extract<Statement, { kind: 'def' | 'class' }>

/** Of text that the parser read whole. `hasWalrus`: nobody looks for every name that is bound. */
export function scopeFaults(body: readonly Statement[], hasWalrus: boolean): readonly ScopeFault[] {
  const faults: ScopeFault[] = []
  const { wanted } = scopeFor(body, undefined, faults)
  // A walrus may bind the name where nobody looks; `__class__` is in every class.
  if (!hasWalrus) for (const { name, at } of wanted) if (name !== '__class__') faults.push({ at })
  return faults
}

function scopeFor(body: readonly Statement[], one: Definition | undefined, faults: ScopeFault[]): Scope {
  const scope: Scope = {
    isFunction: one?.kind === 'def',
    params: new Set(one?.kind === 'def' ? one.params : []),
    bound: new Set(),
    seen: new Map(),
    annotated: new Set(),
    globals: new Set(),
    nonlocals: [],
    wanted: [],
  }
  const { isFunction, bound, params, globals, wanted } = scope
  for (const child of read(body, scope, faults)) {
    const inner = scopeFor(child.body, child, faults)
    for (const { name, at } of [...inner.nonlocals, ...inner.wanted])
      if (!isFunction || globals.has(name) || !(bound.has(name) || params.has(name))) wanted.push({ name, at })
  }
  return scope
}

/** Reads the statements of one scope; the definitions in it. */
function read(body: readonly Statement[], scope: Scope, faults: ScopeFault[]): readonly Definition[] {
  const { params, bound, seen, annotated } = scope
  const inner: Definition[] = []
  const declared: (Wanted & { readonly kind: 'global' | 'nonlocal' })[] = []
  const see = (name: string, at: number) => seen.set(name, Math.min(seen.get(name) ?? at, at))
  const bind = (name: string, at: number) => {
    bound.add(name)
    see(name, at)
  }
  const bindTarget = (target: Expression | undefined) => {
    for (const part of expressionsIn(target)) if (part.kind === 'name') bind(part.name, part.at)
  }
  const left: (readonly Statement[])[] = [body]
  for (let block = left.pop(); block; block = left.pop())
    for (const one of block) {
      for (const part of ownExpressionsIn(...ownExpressions(one))) if (part.kind === 'name') see(part.name, part.at)
      switch (one.kind) {
        case 'def':
        case 'class':
          bind(one.name, one.at)
          inner.push(one)
          continue
        case 'import':
        case 'from':
          for (const { name, as } of one.names) bound.add(as ?? name.split('.', 1)[0] ?? name)
          break
        case 'assign':
          for (const target of one.targets) bindTarget(target)
          if (one.annotation) for (const target of one.targets) if (target.kind === 'name') annotated.add(target.name)
          break
        case 'delete':
          for (const target of one.targets) bindTarget(target)
          break
        case 'for':
          bindTarget(one.target)
          break
        case 'with':
          for (const { target } of one.items) bindTarget(target)
          break
        case 'try':
          for (const { name, at } of one.handlers) if (name !== undefined) bind(name, at)
          break
        case 'match':
          for (const { names } of one.cases) for (const name of names) bind(name, one.at)
          break
        case 'type':
          bind(one.name, one.at)
          break
        case 'global':
        case 'nonlocal':
          for (const name of one.names) declared.push({ kind: one.kind, name, at: one.at })
          break
        default:
      }
      append(left, blocksOf(one))
    }
  for (const { kind, name, at } of declared) {
    if (kind === 'global') scope.globals.add(name)
    else scope.nonlocals.push({ name, at })
    const isBoth = declared.some(other => other.kind !== kind && other.name === name)
    if (params.has(name) || annotated.has(name) || isBoth) faults.push({ at })
    else if ((seen.get(name) ?? at) < at)
      faults.push({ at, what: `\`${kind} ${name}\` after a use of ${name}`, before: 306 })
  }
  return inner
}
