import { clean } from './links.js'
import type { Note } from './problem-list.js'
import type { Extension, Extensions } from './tar-extensions.js'
import { decodeName, type TarHeader } from './tar-header.js'
import { isForeignKey, type PaxValue } from './tar-pax.js'

export interface Names {
  readonly path: string
  readonly link: string
}

/** A name, and what the extension headers give, whether it won or not. */
interface Name {
  readonly bytes: Uint8Array
  readonly text: string
  readonly utf8: boolean
  readonly pax: Uint8Array | undefined
  readonly gnu: Uint8Array | undefined
}

/** Bytes of a name that any header has room for. */
const HEADER_NAME = 100
export const SLASH = 0x2f
const DIRECTORY = '5'

/**
 * Path and link target as tarfile sees them: of the extension headers the first one wins, then global records, then the header.
 * Notes where the sources contradict each other.
 */
export function namesOf(
  header: TarHeader,
  { list, repeated }: Extensions,
  globals: ReadonlyMap<string, PaxValue>,
  offset: number,
  note: Note,
): Names {
  const isLink = header.type === '1' || header.type === '2'
  const path = nameOf(header.name, list, globals, ['GNU.sparse.name', 'path'], 'L')
  const link = nameOf(isLink ? header.link : NO_NAME, isLink ? list : [], globals, isLink ? ['linkpath'] : [], 'K')
  // Nearly all members have a header only.
  if (list.length === 0 && globals.size === 0 && path.utf8 && link.utf8 && !header.prefixInGnu)
    return { path: path.text, link: link.text }
  const at = { member: path.text, offset }

  for (const [what, { pax, gnu }] of [
    ['path', path],
    ['link target', link],
  ] as const)
    if (gnu && pax && !same(gnu, pax))
      note({ kind: 'tar-name-pax-gnu', ...at, what, pax: decodeName(pax).text, gnu: decodeName(gnu).text })
  // With a long name the header's own is only a stand-in; a sparse member's header name is one by rule.
  const sparse = list.some(each => each.type === 'pax' && each.values.has('GNU.sparse.name'))
  if (path.pax && !path.gnu && !sparse && fits(path.pax) && !same(path.pax, header.name))
    note({ kind: 'tar-name-conflict', ...at, what: 'path', extended: path.text, own: decodeName(header.name).text })
  if (header.prefixInGnu && !path.pax && !path.gnu) {
    const own = decodeName(header.shortName).text
    note({ kind: 'tar-prefix-in-gnu', ...at, own, same: clean(own) === clean(path.text) })
  }
  if (path.bytes === path.pax && header.type !== DIRECTORY && path.text.endsWith('/'))
    note({ kind: 'tar-pax-slash', ...at })
  if (link.pax && !link.gnu && fits(link.pax) && !same(link.pax, header.link))
    note({
      kind: 'tar-name-conflict',
      ...at,
      what: 'link target',
      extended: link.text,
      own: decodeName(header.link).text,
    })

  const target = isLink ? undefined : list.find(each => each.type === 'pax' && each.values.has('linkpath'))
  if (target?.type === 'pax')
    note({
      kind: 'tar-header-form',
      ...at,
      fault: { what: 'link target', text: target.values.get('linkpath')?.text ?? '' },
    })
  const declared = recordOf('hdrcharset', list, globals)?.text === 'BINARY'
  const utf8 = path.utf8 && link.utf8
  if (declared || !utf8) note({ kind: 'tar-name-encoding', ...at, declared, utf8 })
  for (const [key, other] of repeated)
    note({ kind: 'tar-pax-duplicate', ...at, key, value: recordOf(key, list, globals)?.text ?? '', other })
  for (const each of list)
    if (each.type === 'pax')
      for (const [key, { text }] of each.values) {
        if (isForeignKey(key)) note({ kind: 'tar-pax-vendor', ...at, key })
        if (text === '' && (key === 'path' || (key === 'linkpath' && isLink)))
          note({ kind: 'tar-pax-value', offset, key, value: '', fault: 'empty' })
      }
  return { path: path.text, link: link.text }
}

const NO_NAME = new Uint8Array(0)

/** The value that wins for a key: each pax header gives its own records, and then the global ones. */
export function recordOf(
  key: string,
  list: readonly Extension[],
  globals: ReadonlyMap<string, PaxValue>,
): PaxValue | undefined {
  return localRecordOf(key, list, globals) ?? globals.get(key)
}

/** What the pax headers of the member itself give for a key, with the global records that came before each of them. */
export function localRecordOf(
  key: string,
  list: readonly Extension[],
  globals: ReadonlyMap<string, PaxValue>,
): PaxValue | undefined {
  for (const each of list) {
    const value = each.type === 'pax' ? valueIn(each, key, globals) : undefined
    if (value) return value
  }
  return undefined
}

/** What a pax header says: its own record, or the global one that was there before it. */
function valueIn(
  { values, before }: Extract<Extension, { type: 'pax' }>,
  key: string,
  globals: ReadonlyMap<string, PaxValue>,
): PaxValue | undefined {
  return values.get(key) ?? (before.has(key) ? before.get(key) : globals.get(key))
}

function nameOf(
  own: Uint8Array,
  list: readonly Extension[],
  globals: ReadonlyMap<string, PaxValue>,
  keys: readonly string[],
  type: 'L' | 'K',
): Name {
  let first: Uint8Array | undefined
  let pax: Uint8Array | undefined
  let gnu: Uint8Array | undefined
  for (const each of list) {
    const bytes =
      each.type === 'pax'
        ? keys.map(key => valueIn(each, key, globals)).find(value => value !== undefined)?.bytes
        : each.type === type
          ? each.bytes
          : undefined
    if (bytes === undefined) continue
    first ??= bytes
    if (each.type === 'pax') pax ??= bytes
    else gnu ??= bytes
  }
  pax ??= paxName(globals, keys)
  const bytes = first ?? pax ?? own
  return { bytes, ...decodeName(bytes), pax, gnu }
}

function paxName(values: ReadonlyMap<string, PaxValue>, keys: readonly string[]): Uint8Array | undefined {
  for (const key of keys) {
    const value = values.get(key)
    if (value) return value.bytes
  }
  return undefined
}

/** Could the header have held it? Writers use pax only for names that are long or not ASCII. */
function fits(name: Uint8Array): boolean {
  return name.length <= HEADER_NAME && name.every(byte => byte < 0x80)
}

/** Equal but for slashes at the end. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  const [x, y] = [lengthOf(a), lengthOf(b)]
  return x === y && a.subarray(0, x).every((byte, i) => byte === b[i])
}

function lengthOf(name: Uint8Array): number {
  let end = name.length
  while (end > 0 && name[end - 1] === SLASH) end--
  return end
}
