import type { Limits } from './limits.js'
import { MOST_NESTED, type Note } from './problem-list.js'
import type { Payload } from './tar-frames.js'
import { BLOCK, decodeName, isExtensionType, isOddNumber, type TarHeader } from './tar-header.js'
import { isForeignKey, type PaxRecords, type PaxValue, parsePax, valueFault } from './tar-pax.js'

/**
 * What one extension header says of the member: for tarfile, whose headers hold the ones that follow, the first one wins. A pax
 * header stands for itself and for the global records before it.
 */
export type Extension =
  | {
      readonly type: 'pax'
      readonly values: ReadonlyMap<string, PaxValue>
      /** Global records that were set behind this header, and what it had in their place. */
      readonly before: Map<string, PaxValue | undefined>
    }
  | { readonly type: 'L' | 'K'; readonly bytes: Uint8Array }

type Globals = ReadonlyMap<string, PaxValue>

/** What the extension headers before a member say of it, in their order. */
export interface Extensions {
  readonly list: readonly Extension[]
  readonly repeated: PaxRecords['repeated']
}

export interface ExtensionHeaders {
  /** The payload of an extension header; undefined when the header is a member's. */
  take(header: TarHeader, offset: number): Payload | 'lost' | undefined
  /** What was said of the member whose header has come, and forgets it. */
  consume(header: TarHeader, offset: number): Extensions
  /** Were there extension headers, and no member yet? `local`: not only global ones. */
  pending(): 'none' | 'global' | 'local'
  /** Number of extension headers since the last member. */
  length(): number
  /** A header ended the archive for tarfile. */
  ended(): boolean
  /** Records of the global headers so far. */
  globals(): Globals
  readonly count: { readonly pax: number; readonly long: number }
}

/** Bytes of a GNU long name that uv takes. */
const MOST_LONG = 128 * 1024

/** Extension headers before one member: a global header, a pax header, a long name and a long link are plausible. */
const MOST_BEFORE_ONE = 4

/** Keys that belong to one member; in a global header they would hold for all that follow. */
const MEMBER_KEYS = new Set(['path', 'linkpath', 'size'])

/** Keys whose values tarfile looks at when it unpacks. */
const MATTERS = /^(?:path|linkpath|size|mtime|GNU\.sparse\..*)$/s

/** How many there are; is one not global, a pax header of the member, a link target? */
const NO_CHAIN = { length: 0, local: false, pax: false, link: false }
const PAX_TYPES = 'xgX'
/** Keys of one member that are told to stand there twice. */
const MOST_REPEATED = 1_000

export function extensionHeaders(limits: Limits, note: Note): ExtensionHeaders {
  const count = { pax: 0, long: 0 }
  const globals = new Map<string, PaxValue>()
  let globalSize = 0
  let binary = false
  let list: Extension[] = []
  let twice: (readonly [string, string])[] = []
  /** The headers before the next member. */
  let chain = NO_CHAIN
  let over = false
  /** Said once a member follows: uv looks at global records only then. */
  let later: (() => void)[] = []

  /** Behind so many, tarfile has given up. */
  function add(extension: Extension | undefined, repeated: PaxRecords['repeated']): void {
    if (extension && list.length < MOST_NESTED) list.push(extension)
    for (const each of repeated) if (twice.length < MOST_REPEATED) twice.push(each)
  }

  function store(type: string, block: Uint8Array, size: number, offset: number): void {
    if (type === 'L' || type === 'K') takeLong(type, block, size, offset)
    else takePax(type, block, size, offset)
  }

  function takePax(type: string, block: Uint8Array, size: number, offset: number): void {
    const records = parsePax(block, size)
    const { values, fault, ends, beyond } = records
    // Inside another extension header it is an error for tarfile, and at the beginning too.
    const stops = chain.length > 1 || offset === 0 ? 'refuses' : 'ends'
    if (fault !== undefined) {
      const uv = fault.what !== 'length-of-many-digits' || !fault.zeros
      note({ kind: 'tar-pax-record', offset, fault, tarfile: ends ? stops : 'reads on', uv })
    } else if (ends) notePadding('pax', stops, block, size, offset)
    if (beyond.some(key => MATTERS.test(key)))
      note({ kind: 'tar-extension-padding', offset, header: 'pax', tarfile: 'reads', text: beyond.join(', ') })
    else if (!ends && isFilled(block, size)) notePadding('pax', 'ignores', block, size, offset)
    if (ends) {
      over = true
      return
    }
    const charset = values.get('hdrcharset')?.text
    const isBinary = charset === undefined ? binary : charset === 'BINARY'
    if (type === 'g') binary = isBinary
    noteValues(records, isBinary, offset)
    if (type === 'g') takeGlobals(records, offset)
    else add({ type: 'pax', values, before: new Map() }, records.repeated)
  }

  function noteValues({ values, oddKey }: PaxRecords, isBinary: boolean, offset: number): void {
    if (oddKey !== undefined) note({ kind: 'tar-pax-value', offset, key: oddKey, value: '', fault: 'key-not-utf8' })
    for (const [key, value] of values) {
      const fault = valueFault(key, value, isBinary)
      // A size is a finding of the member.
      if (fault !== undefined && key !== 'size') note({ kind: 'tar-pax-value', offset, key, value: value.text, fault })
    }
  }

  function takeLong(type: 'L' | 'K', block: Uint8Array, size: number, offset: number): void {
    const what = type === 'K' ? 'link target' : 'path'
    const bytes = upToNul(block)
    const text = decodeName(bytes).text
    if (size > MOST_LONG) note({ kind: 'tar-long-name', offset, what, fault: 'too-long', text: text.slice(0, 200) })
    if (bytes.length >= size) {
      note({ kind: 'tar-long-name', offset, what, fault: 'no-nul', text })
      if (bytes.length > size) notePadding('GNU', 'reads', block, size, offset)
    } else if (block.subarray(bytes.length, size).some(byte => byte !== 0))
      note({ kind: 'tar-long-name', offset, what, fault: 'after-nul', text })
    if (bytes.length <= size && isFilled(block, size)) notePadding('GNU', 'ignores', block, size, offset)
    const first = list.find(each => each.type === type)
    if (first?.type === type)
      note({ kind: 'tar-name-gnu-twice', offset, what, first: decodeName(first.bytes).text, second: text })
    add({ type, bytes }, [])
  }

  function notePadding(
    header: 'pax' | 'GNU',
    tarfile: 'ignores' | 'reads' | 'ends' | 'refuses',
    block: Uint8Array,
    size: number,
    offset: number,
  ): void {
    const hidden = block.subarray(size)
    const from = hidden.findIndex(byte => byte !== 0)
    const text = decodeName(upToNul(hidden.subarray(from))).text.slice(0, 200)
    note({ kind: 'tar-extension-padding', offset, header, tarfile, text })
  }

  function takeGlobals({ values, repeated }: PaxRecords, offset: number): void {
    for (const [key, value] of values) {
      for (const each of list) if (each.type === 'pax' && !each.before.has(key)) each.before.set(key, globals.get(key))
      globals.set(key, value)
    }
    later.push(() => {
      for (const [key, value] of values) {
        if (MEMBER_KEYS.has(key) || key.startsWith('GNU.sparse.'))
          note({ kind: 'tar-global-field', offset, key, value: value.text })
        else if (isForeignKey(key)) note({ kind: 'tar-pax-vendor', offset, key })
      }
    })
    add(undefined, repeated)
  }

  return {
    globals: () => globals,
    count,
    length: () => chain.length,
    ended: () => over,
    pending: () => (chain.length === 0 ? 'none' : chain.local ? 'local' : 'global'),
    consume(header, offset) {
      if (chain.length > MOST_BEFORE_ONE)
        note({ kind: 'tar-extension-chain', member: decodeName(header.name).text, offset, count: chain.length })
      if (chain.link && header.type !== '1' && header.type !== '2')
        note({
          kind: 'tar-long-name',
          offset,
          what: 'link target',
          fault: 'no-link',
          text: decodeName(header.name).text,
        })
      for (const say of later) say()
      later = []
      const all: Extensions = { list, repeated: twice }
      list = []
      twice = []
      chain = NO_CHAIN
      return all
    },
    take(header, offset) {
      const { type, format } = header
      if (!isExtensionType(type)) return undefined
      const isPax = PAX_TYPES.includes(type)
      if (isPax) count.pax++
      else count.long++
      if (chain.pax && isPax) note({ kind: 'tar-pax-again', offset })
      chain = {
        length: chain.length + 1,
        local: chain.local || type !== 'g',
        pax: chain.pax || type === 'x' || type === 'X',
        link: chain.link || type === 'K',
      }
      const member = decodeName(header.name).text
      for (const fault of header.faults) note({ kind: 'tar-header-form', member, offset, fault })
      if (isOddNumber(header.size, 'size', format))
        note({ kind: 'tar-number-form', member, offset, field: 'size', text: header.size.text ?? '', uv: true })
      if (type === 'X' || (format === 'gnu' && isPax) || (format === 'ustar' && !isPax))
        note({ kind: 'tar-extension-format', offset, type, format })
      const size = header.size.value ?? 0
      const used = type === 'g' ? globalSize : 0
      if (used + size > limits.paxBlock) {
        note({ kind: 'limit-pax-block', offset, bytes: size, limit: limits.paxBlock })
        return { size }
      }
      if (type === 'g') globalSize += size
      return collected(
        size,
        block => store(type, block, size, offset),
        rest => {
          // tarfile reads what there is of the records.
          if (isPax && chain.length === 1 && offset > 0) over = parsePax(rest, size).ends
        },
      )
    },
  }
}

/** A payload of bounded size, kept whole with its padding. */
function collected(stated: number, done: (bytes: Uint8Array) => void, cut: (rest: Uint8Array) => void): Payload {
  const size = Math.ceil(stated / BLOCK) * BLOCK
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
      else cut(bytes.slice(0, filled))
    },
  }
}

const isFilled = (block: Uint8Array, from: number): boolean => block.subarray(from).some(byte => byte !== 0)

function upToNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}
