/** Values of expressions as far as they are known without running them, and what Python makes of them. */

import { clean } from '../archive/links.js'

/** What is known of a value. Paths begin at the folder of the script. */
export type Value =
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  /** A number, bytes, `None`, `True` or `False`, as it is written. */
  | { readonly kind: 'literal'; readonly text: string; readonly at: number }
  /** `isCut`: a slash follows, and what is added is below. */
  | { readonly kind: 'path'; readonly path: string; readonly isCut?: true }
  | {
      readonly kind: 'list'
      readonly items: readonly Value[]
      readonly whole: boolean
      /** What is written, where that is not a list. */
      readonly form?: Form | undefined
    }
  | {
      readonly kind: 'dict'
      readonly items: ReadonlyMap<string, Value>
      /** Where keys are written, as far as they are. */
      readonly keys?: ReadonlyMap<string, number> | undefined
    }
  /** The text of a file, or the file opened. */
  | { readonly kind: 'content'; readonly path: string }
  | {
      readonly kind: 'extension'
      readonly sources: Value
      readonly isOptional: boolean
      readonly isAlone: boolean
      readonly at: number
    }
  /** What runs a file as a module, or the specification of that module. */
  | { readonly kind: 'loader'; readonly path: string }
  /** A class of the script by its name, or something that it made. */
  | { readonly kind: 'class' | 'instance'; readonly of: string }
  | { readonly kind: 'unknown' }

export type Form = 'tuple' | 'set'

export const UNKNOWN: Value = { kind: 'unknown' }

export const itemsOf = (value: Value): readonly Value[] => (value.kind === 'list' ? value.items : [])

export function anyPathOf(value: Value): string | undefined {
  if (value.kind === 'path') return value.path
  if (value.kind !== 'text' || value.text === '' || value.text.includes('\n') || value.text.length > 300)
    return undefined
  return normalized(value.text)
}

/** Undefined outside the folder of the script. */
function normalized(path: string): string | undefined {
  if (/^(?:[A-Za-z]:)?[\\/]/.test(path) || /[*?\0]/.test(path)) return undefined
  return clean(path)
}

/** Lines of each group, from a dictionary of lists or texts, or from one text with headers. */
export function entryPointsOf(value: Value): ReadonlyMap<string, readonly string[]> {
  const linesOf = (one: Value): readonly string[] =>
    one.kind === 'text' ? one.text.split('\n') : one.kind === 'list' ? one.items.flatMap(linesOf) : []
  const plain = (lines: readonly string[]) => lines.map(line => line.trim()).filter(line => line !== '')
  if (value.kind === 'dict')
    return new Map([...value.items].map(([group, lines]) => [group, plain(linesOf(lines))] as const))
  const found = new Map<string, string[]>()
  let group: string[] | undefined
  for (const line of plain(linesOf(value))) {
    const [, name] = /^\[([^[\]]+)\]$/.exec(line) ?? []
    if (name === undefined) group?.push(line)
    else {
      group = found.get(name) ?? []
      found.set(name, group)
    }
  }
  return found
}

export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

export function joined(parts: readonly Value[]): Value {
  const paths: string[] = []
  for (const part of parts) {
    const path = part.kind === 'text' ? part.text : anyPathOf(part)
    if (path === undefined || /^[\\/]/.test(path)) return UNKNOWN
    paths.push(path)
  }
  const path = normalized(paths.filter(one => one !== '').join('/'))
  return path === undefined ? UNKNOWN : { kind: 'path', path }
}

export function combined(operator: string, left: Value, right: Value): Value {
  if (operator === '/') return left.kind === 'path' || right.kind === 'path' ? joined([left, right]) : UNKNOWN
  if (operator !== '+') return UNKNOWN
  if (left.kind === 'list' && right.kind === 'list')
    return { kind: 'list', items: [...left.items, ...right.items], whole: left.whole && right.whole }
  if (left.kind === 'list') return { kind: 'list', items: left.items, whole: false }
  if (left.kind === 'text' && right.kind === 'text') return { kind: 'text', text: left.text + right.text, at: left.at }
  // `here + '/' + name`
  if (left.kind === 'path' && left.isCut) return right.kind === 'text' ? joined([left, right]) : UNKNOWN
  if (left.kind === 'path' && right.kind === 'text' && right.text === '/')
    return { kind: 'path', path: left.path, isCut: true }
  // `here + '/README'`
  if (left.kind === 'path' && right.kind === 'text' && /^\/[^/]/.test(right.text))
    return joined([left, { ...right, text: right.text.slice(1) }])
  return UNKNOWN
}

/** A text with values at the places between its parts. */
export function filled(parts: readonly string[], values: readonly Value[], at: number): Value {
  if (parts.length !== values.length + 1 || parts.some(part => /[{}%]/.test(part))) return UNKNOWN
  let whole: Value = { kind: 'text', text: parts[0] ?? '', at }
  for (const [i, value] of values.entries()) {
    whole = whole.kind === 'text' && whole.text === '' ? value : combined('+', whole, value)
    const more = parts[i + 1] ?? ''
    if (more !== '') whole = combined('+', whole, { kind: 'text', text: more, at })
  }
  return whole
}

/** A value that was one of the two. */
export const mixed = (before: Value, now: Value): Value =>
  before.kind === 'list' &&
  now.kind === 'list' &&
  before.items.length <= now.items.length &&
  before.items.every((item, i) => now.items[i] === item)
    ? { kind: 'list', items: before.items, whole: false }
    : UNKNOWN
