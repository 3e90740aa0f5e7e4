import type { Limits } from './limits.js'
import type { Note } from './problem-list.js'
import type { Payload } from './tar-frames.js'
import { decodeName, type TarHeader } from './tar-header.js'
import { isForeignKey, type PaxRecords, type PaxValue, parsePax } from './tar-pax.js'

/** Text of a GNU long header. */
export interface LongText {
  readonly bytes: Uint8Array
  /** No pax header before it gave the same: for tarfile, whose headers hold the ones that follow, the first one wins. */
  readonly outer: boolean
}

/** What the extension headers before a member say of it. */
export interface Extensions {
  readonly pax: PaxRecords | undefined
  /** GNU long name and long link target. */
  readonly longName: LongText | undefined
  readonly longLink: LongText | undefined
}

export interface ExtensionHeaders {
  /** The payload of an extension header; undefined when the header is a member's. */
  take(header: TarHeader, offset: number): Payload | 'lost' | undefined
  /** What was said of the member whose header has come, and forgets it. */
  consume(header: TarHeader, offset: number): Extensions
  /** Were there extension headers, and no member yet? */
  pending(): boolean
  /** Records of the global headers so far. */
  readonly globals: ReadonlyMap<string, PaxValue>
  readonly count: { readonly pax: number; readonly long: number }
}

/** Extension headers before one member: a global header, a pax header, a long name and a long link are plausible. */
const MOST_BEFORE_ONE = 4

/** Keys that belong to one member; in a global header they would hold for all that follow. */
const MEMBER_KEYS = new Set(['path', 'linkpath', 'size', 'hdrcharset'])

const NOTHING: Extensions = { pax: undefined, longName: undefined, longLink: undefined }

export function extensionHeaders(limits: Limits, note: Note): ExtensionHeaders {
  const globals = new Map<string, PaxValue>()
  const count = { pax: 0, long: 0 }
  let globalSize = 0
  let found = NOTHING
  let chain = 0

  function store(type: string, bytes: Uint8Array, offset: number): void {
    if (type === 'L' || type === 'K') takeLong(type === 'L' ? 'longName' : 'longLink', upToNul(bytes), offset)
    else {
      const records = parsePax(bytes)
      if (records.fault !== undefined) note({ kind: 'tar-pax-record', offset, fault: records.fault })
      if (type === 'g') takeGlobals(records, offset)
      else found = { ...found, pax: merged(found.pax, records) }
    }
  }

  /** Of two, the first wins for tarfile, the last for GNU tar. */
  function takeLong(key: 'longName' | 'longLink', bytes: Uint8Array, offset: number): void {
    const first = found[key]
    const outer = !found.pax?.values.has(key === 'longName' ? 'path' : 'linkpath')
    if (first === undefined) found = { ...found, [key]: { bytes, outer } }
    else
      note({
        kind: 'tar-name-gnu-twice',
        offset,
        what: key === 'longLink' ? 'link target' : 'path',
        first: decodeName(first.bytes).text,
        second: decodeName(bytes).text,
      })
  }

  function takeGlobals({ values }: PaxRecords, offset: number): void {
    for (const [key, value] of values) {
      globals.set(key, value)
      if (MEMBER_KEYS.has(key) || key.startsWith('GNU.sparse.'))
        note({ kind: 'tar-global-field', offset, key, value: value.text })
      else if (isForeignKey(key)) note({ kind: 'tar-pax-vendor', offset, key })
    }
  }

  return {
    globals,
    count,
    pending: () => chain > 0,
    consume(header, offset) {
      if (chain > MOST_BEFORE_ONE)
        note({ kind: 'tar-extension-chain', member: decodeName(header.name).text, offset, count: chain })
      const all = found
      found = NOTHING
      chain = 0
      return all
    },
    take(header, offset) {
      const { type } = header
      const isPax = type === 'x' || type === 'g' || type === 'X'
      if (!isPax && type !== 'L' && type !== 'K') return undefined
      if (isPax) count.pax++
      else count.long++
      chain++
      const size = header.size.value
      if (size === undefined || size < 0 || !Number.isSafeInteger(size)) {
        note({
          kind: 'tar-number-invalid',
          offset,
          field: 'size',
          text: header.size.text ?? '',
          member: decodeName(header.name).text,
        })
        return 'lost'
      }
      const used = type === 'g' ? globalSize : 0
      if (used + size > limits.paxBlock) {
        note({ kind: 'limit-pax-block', offset, bytes: size, limit: limits.paxBlock })
        return { size }
      }
      if (type === 'g') globalSize += size
      return collected(size, bytes => store(type, bytes, offset))
    },
  }
}

/** A payload of bounded size, kept whole. */
function collected(size: number, done: (bytes: Uint8Array) => void): Payload {
  const bytes = new Uint8Array(size)
  let filled = 0
  return {
    size,
    write(chunk) {
      bytes.set(chunk, filled)
      filled += chunk.length
    },
    end: whole => {
      if (whole) done(bytes)
    },
  }
}

function upToNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

/** Two pax headers before one member: the first is the outer one and wins, as tarfile has it. */
function merged(first: PaxRecords | undefined, second: PaxRecords): PaxRecords {
  if (!first) return second
  const repeated = [...first.repeated, ...second.repeated]
  for (const [key, { text }] of second.values) {
    const other = first.values.get(key)?.text
    if (other !== undefined && other !== text) repeated.push([key, text])
  }
  return { values: new Map([...second.values, ...first.values]), repeated, fault: first.fault ?? second.fault }
}
