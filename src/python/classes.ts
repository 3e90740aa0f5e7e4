/** What classes have, and what is of which class. */

import { oncePer } from '../once.js'
import { type ClassValue, UNKNOWN, type Value } from './values.js'

/** A class and those it is made of, in the order in which names are looked for. */
export function ancestors(of: ClassValue): readonly Value[] {
  const found: Value[] = []
  const left: Value[] = [of]
  for (let one = left.pop(); one && found.length < MOST_ANCESTORS; one = left.pop()) {
    if (found.includes(one)) continue
    found.push(one)
    if (one.kind === 'class') left.push(...[...one.bases].reverse())
  }
  return found
}

let level = 0

/** The order of Python (C3): a class that two bases share comes behind both. Undefined where there is none, or too much of it. */
const linear = oncePer((of: ClassValue): readonly Value[] | undefined => {
  if (level > MOST_LEVELS || of.bases.length > MOST_BASES) return undefined
  const lists: Value[][] = []
  level++
  for (const base of of.bases) lists.push([...((base.kind === 'class' ? linear(base) : [base]) ?? [])])
  level--
  if (lists.some(list => list.length === 0)) return undefined
  lists.push([...of.bases])
  const found: Value[] = [of]
  while (lists.some(list => list.length > 0)) {
    const next = lists.flatMap(([head]) => head ?? []).find(head => !lists.some(list => list.includes(head, 1)))
    if (!next || found.length > MOST_ANCESTORS) return undefined
    found.push(next)
    for (const list of lists) if (list[0] === next) list.shift()
  }
  return found
})

const MOST_LEVELS = 30
const MOST_BASES = 20
const MOST_ANCESTORS = 100

const inOrder = oncePer((of: ClassValue) => linear(of) ?? ancestors(of))

export const memberOf = (of: ClassValue, name: string): Value | undefined => memberIn(inOrder(of), name)

/** What `super()` has in a method of the class `owner`, for an object of another class or for that class. */
export function memberAbove(owner: ClassValue, self: Value, name: string): Value | undefined {
  const own = self.kind === 'object' ? self.of : self.kind === 'class' ? self : undefined
  const order = own ? inOrder(own) : []
  const all = order.includes(owner) ? order : inOrder(owner)
  return memberIn(all.slice(all.indexOf(owner) + 1), name)
}

function memberIn(all: readonly Value[], name: string): Value | undefined {
  for (const one of all) {
    const found = one.kind === 'class' ? one.members.get(name) : undefined
    if (found) return found
    // Its own methods are known by their names.
    if (one.kind === 'outside' && /(?:^|\.)ArgumentParser$/.test(one.path) && /^(?:error|exit|parse_args)$/.test(name))
      return { ...one, path: `${one.path}.().${name}` }
    // Another module may have it.
    if (one.kind !== 'class' && !(one.kind === 'outside' && PYTHON_NAME.test(one.path))) return UNKNOWN
  }
  return undefined
}

export const isOpenClass = (of: ClassValue) =>
  ancestors(of).some(one => (one.kind === 'class' ? one.isOpen : !(one.kind === 'outside' && one.path === 'object')))

export function isKindOf(value: Value, type: Value): boolean | undefined {
  const of = value.kind === 'object' ? value.of : value
  if (of?.kind === 'class' && type.kind === 'class')
    return ancestors(of).includes(type) ? true : isOpenClass(of) ? undefined : false
  if (of?.kind === 'outside' && type.kind === 'outside') {
    const name = of.path.replace(/\.\(\)$/, '')
    if (name === type.path || PARENTS[name]?.includes(type.path)) return true
    return BUILT_IN_ERROR.test(name) && BUILT_IN_ERROR.test(type.path) ? false : undefined
  }
  return undefined
}

export const BUILT_IN_ERROR = /^(?:[A-Z]\w*(?:Error|Exception|Iteration)|SystemExit|KeyboardInterrupt)$/
export const PARENTS: Readonly<Record<string, readonly string[]>> = {
  KeyError: ['LookupError', 'Exception', 'BaseException'],
  IndexError: ['LookupError', 'Exception', 'BaseException'],
  ModuleNotFoundError: ['ImportError', 'Exception', 'BaseException'],
  FileNotFoundError: ['OSError', 'IOError', 'EnvironmentError', 'Exception', 'BaseException'],
  ZeroDivisionError: ['ArithmeticError', 'Exception', 'BaseException'],
  NotImplementedError: ['RuntimeError', 'Exception', 'BaseException'],
  RecursionError: ['RuntimeError', 'Exception', 'BaseException'],
  UnboundLocalError: ['NameError', 'Exception', 'BaseException'],
  UnicodeDecodeError: ['UnicodeError', 'ValueError', 'Exception', 'BaseException'],
  OSError: ['IOError', 'EnvironmentError', 'Exception', 'BaseException'],
  IOError: ['OSError', 'EnvironmentError', 'Exception', 'BaseException'],
  SystemExit: ['BaseException'],
}

/** Names of Python itself that matter here. */
export const PYTHON_NAME =
  /^(?:object|exit|quit|[A-Z]\w*(?:Error|Exception|Warning)|SystemExit|KeyboardInterrupt|print|super|str|int|dict|list|tuple|set|type|len|getattr|setattr|isinstance|next|map|filter|bool|property|staticmethod|classmethod|any|all|sum|max|min|sorted|reversed|__import__|__name__|__file__)$/
