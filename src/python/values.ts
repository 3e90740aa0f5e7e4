/** What an expression of Python text stands for, as far as it matters to what a call of it does. */

import type { Expression, Statement } from './tree.js'

export type Value =
  | typeof UNKNOWN
  | Plain
  | Table
  | Func
  | ClassValue
  | ObjectValue
  | Outside
  /** A call of the first with what it is given before: `partial(f, 1)`. */
  | { readonly kind: 'partial'; readonly of: Value; readonly given: Given }
  /** A generator or a coroutine that waits to be run. */
  | { readonly kind: 'later'; readonly run: (isWhole: boolean) => void; readonly isContext: boolean }
  /** A context that keeps errors of these types: `suppress(A)`. */
  | { readonly kind: 'suppress'; readonly types: readonly Value[] }
  /** `super()` in a method of the class. */
  | { readonly kind: 'super'; readonly of: ClassValue; readonly self: Value }
  /** One of these. */
  | { readonly kind: 'any'; readonly of: readonly Value[] }

/** Nothing that is called, or what is called makes no difference: a string, a number. */
interface Plain {
  readonly kind: 'plain'
  readonly truth: boolean | undefined
  /** Two with the same are equal; undefined where it is not known. */
  readonly key: string | undefined
}

/** A list, tuple or set, whose keys are numbers, or a dictionary. */
export interface Table {
  readonly kind: 'table'
  readonly items: Map<string, Value>
  readonly isDict: boolean
  /** It may have other items. */
  isOpen: boolean
}

export interface Func {
  readonly kind: 'function'
  readonly def: Def | Lambda
  readonly scope: Scope
  readonly home: Home
  /** The class whose body it is in. */
  readonly owner: ClassValue | undefined
  readonly self: Value | undefined
  readonly defaults: ReadonlyMap<string, Value>
  readonly how: 'plain' | 'static' | 'class' | 'property' | 'context'
}

export type Def = Extract<Statement, { kind: 'def' }>
type Lambda = Extract<Expression, { kind: 'lambda' }>

export interface ClassValue {
  readonly kind: 'class'
  readonly name: string
  readonly bases: readonly Value[]
  readonly members: Map<string, Value>
  /** Its class, or a decorator, may give it more. */
  readonly isOpen: boolean
  /** Python calls methods of it unseen, such as `__hash__`, one of which ends the program: its own, or of a base. */
  readonly endsUnseen: boolean
}

interface ObjectValue {
  readonly kind: 'object'
  readonly of: ClassValue | undefined
  readonly fields: Map<string, Value>
}

/** Of another module: `sys.exit`, or what a call gives, `argparse.ArgumentParser.()`. */
export interface Outside {
  readonly kind: 'outside'
  /** Undefined for names that nothing binds: those of Python itself. */
  readonly level: number | undefined
  readonly path: string
}

/** What arguments a call has. */
export interface Given {
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
  /** There may be others: `*args`. */
  readonly isOpen: boolean
}

export interface Scope {
  readonly names: Map<string, Value>
  readonly outer: Scope | undefined
  readonly isClass: boolean
  /** How many conditions are around what runs in it. */
  readonly base: number
  readonly nonlocals: Set<string>
  readonly globals: Set<string>
}

/** What runs a function: the module that it is in. */
export interface Home {
  /** `isPart`: to its first `yield`. */
  invoke(
    func: Func,
    given: Given,
    isPart: boolean,
  ): { readonly ways: number; readonly raised: readonly string[]; readonly value: Value }
}

export const UNKNOWN = { kind: 'unknown' } as const
export const PLAIN: Value = { kind: 'plain', truth: undefined, key: undefined }
export const NOTHING: Value = { kind: 'plain', truth: false, key: 'None' }
export const NO_ARGUMENTS: Given = { args: [], named: new Map(), isOpen: false }

/** More of them are not told apart. */
const MOST = 8

export function joined(...values: readonly Value[]): Value {
  const found = new Set<Value>()
  for (const value of values)
    for (const one of value.kind === 'any' ? value.of : [value]) {
      const same = [...found].find(other => isSame(one, other) === true)
      if (same) continue
      found.add(found.size > 0 && one.kind === 'plain' ? PLAIN : found.size >= MOST ? UNKNOWN : one)
    }
  const [first = UNKNOWN, ...others] = found
  return others.length === 0 ? first : { kind: 'any', of: [first, ...others] }
}

/** Undefined where nobody knows. */
export function isSame(one: Value, other: Value): boolean | undefined {
  if (one === other) return one.kind === 'unknown' || one.kind === 'any' || one === PLAIN ? undefined : true
  if (one.kind === 'plain' && other.kind === 'plain')
    return one.key === undefined || other.key === undefined ? undefined : one.key === other.key
  if (one.kind === 'outside' && other.kind === 'outside' && one.level === other.level && one.path === other.path)
    return true
  if (one.kind === 'unknown' || one.kind === 'any' || other.kind === 'unknown' || other.kind === 'any') return undefined
  // Errors and `None` are never the same.
  const isType = (value: Value) => value.kind === 'class' || (value.kind === 'outside' && isErrorName(value.path))
  if ((isType(one) || isNone(one)) && (isType(other) || isNone(other))) return false
  return isNone(one) || isNone(other)
    ? one.kind === 'outside' || other.kind === 'outside'
      ? undefined
      : false
    : undefined
}

const isNone = (value: Value) => value.kind === 'plain' && value.key === 'None'

const isErrorName = (path: string) => /^(?:\w*(?:Error|Exception|Warning)|SystemExit|KeyboardInterrupt)$/.test(path)

export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'plain':
      return value.truth
    case 'table':
      return value.items.size > 0 ? true : value.isOpen ? undefined : false
    case 'function':
    case 'class':
    case 'partial':
    case 'later':
      return true
    case 'outside':
      return ALWAYS_TRUE.test(value.path) ? true : undefined
    case 'any': {
      const [first, ...others] = value.of.map(truthOf)
      return others.every(one => one === first) ? first : undefined
    }
    default:
      return undefined
  }
}
const ALWAYS_TRUE =
  /^(?:sys\.(?:argv|path|executable|platform|version|version_info|modules|exit)|os\.(?:name|environ|sep)|__name__|__file__|SystemExit|print)$/

/** A literal as the key of a table, or what it is compared by. */
export function plainOf(one: Expression): Value | undefined {
  if (one.kind === 'string')
    return {
      kind: 'plain',
      truth: one.value === undefined ? undefined : one.value !== '',
      key: one.value === undefined ? undefined : `'${one.value}`,
    }
  if (one.kind === 'number') return numberValue(one.text)
  if (one.kind !== 'name') return undefined
  if (one.name === 'None') return NOTHING
  if (one.name === 'True' || one.name === 'False') return truth(one.name === 'True')
  return undefined
}

export const truth = (is: boolean | undefined): Value =>
  is === undefined ? PLAIN : { kind: 'plain', truth: is, key: is ? '1' : '0' }

export function numberValue(text: string): Value {
  const number = Number(text.replaceAll('_', ''))
  return Number.isNaN(number) ? PLAIN : { kind: 'plain', truth: number !== 0, key: String(number) }
}
