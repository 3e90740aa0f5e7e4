import { crc32 } from '../runtime.js'
import type { FieldProblem } from './problem.js'
import { ONES32, u16, u32, u64 } from './zip-records.js'

const ZIP64 = 0x0001
const UNICODE_PATH = 0x7075

/** Lengths of a zip64 field that some use has: sizes, offset, disk. */
const ZIP64_LENGTHS: ReadonlySet<number> = new Set([0, 8, 16, 24, 28])

export interface Extra {
  readonly zip64: Uint8Array | undefined
  readonly unicodePath: Uint8Array | undefined
}

/** Tells what is wrong with a record's extra fields. */
export type Report = (
  problem: FieldProblem<
    | 'zip-extra-malformed'
    | 'zip-extra-twice'
    | 'zip64-extra-length'
    | 'zip64-extra-contradiction'
    | 'zip64-extra-missing'
    | 'zip-unicode-path-other'
    | 'zip-unicode-path-crc'
    | 'zip-unicode-path-invalid'
  >,
) => void

/** C0 and DEL. */
const CONTROL = /[\0-\x1f\x7f]/

const NONE: Extra = { zip64: undefined, unicodePath: undefined }

/** The extra fields that change how a member is read. */
export function readExtra(bytes: Uint8Array, report: Report): Extra {
  if (bytes.length === 0) return NONE
  let zip64: Uint8Array | undefined
  let unicodePath: Uint8Array | undefined
  let at = 0
  while (at < bytes.length) {
    const left = bytes.length - at
    const length = left < 4 ? undefined : u16(bytes, at + 2)
    if (length === undefined || 4 + length > left) {
      report({ kind: 'zip-extra-malformed', length, left: length === undefined ? left : left - 4 })
      break
    }
    const id = u16(bytes, at)
    const data = bytes.subarray(at + 4, at + 4 + length)
    if (id === ZIP64) {
      if (zip64) report({ kind: 'zip-extra-twice', id })
      zip64 ??= data
    } else if (id === UNICODE_PATH) {
      if (unicodePath) report({ kind: 'zip-extra-twice', id })
      unicodePath ??= data
    }
    at += 4 + length
  }
  return { zip64, unicodePath }
}

export interface Sizes {
  size: number
  compressedSize: number
  offset: number
}

const NAMES = ['size', 'compressedSize', 'offset'] as const

/** Replaces the plain values that are all ones by those of the zip64 field. */
export function applyZip64(plain: Sizes, field: Uint8Array | undefined, report: Report): Sizes {
  const wanted = NAMES.filter(name => plain[name] === ONES32)
  if (!field) {
    // A size of exactly 4 GiB - 1 can be meant, an offset too; zipfile and uv read it so.
    return plain
  }
  if (!ZIP64_LENGTHS.has(field.length)) report({ kind: 'zip64-extra-length', bytes: field.length })
  const values: number[] = []
  for (let at = 0; at + 8 <= field.length && values.length < 3; at += 8) values.push(u64(field, at))
  if (values.length < wanted.length) {
    report({ kind: 'zip64-extra-missing', values: values.length, wanted: wanted.length })
    return plain
  }
  const result = { ...plain }
  // One value a plain field of all ones, in order; a writer that gives more gives all of them, so they must agree.
  const all = values.length > wanted.length
  for (const [index, value] of values.entries()) {
    const name = all ? NAMES[index] : wanted[index]
    if (name === undefined) continue
    if (plain[name] === ONES32) result[name] = value
    else if (plain[name] !== value) report({ kind: 'zip64-extra-contradiction', zip64: value, plain: plain[name] })
  }
  return result
}

/** Compares the Unicode path field with the name it stands beside. */
export function checkUnicodePath(field: Uint8Array, name: Uint8Array, report: Report): void {
  const path = decodeUtf8(field.subarray(5))
  if (field.length < 5) report({ kind: 'zip-unicode-path-invalid', fault: 'short' })
  else if (path === undefined) report({ kind: 'zip-unicode-path-invalid', fault: 'not-utf8' })
  else if (CONTROL.test(path)) report({ kind: 'zip-unicode-path-invalid', fault: 'control' })
  else if (field[0] !== 1) report({ kind: 'zip-unicode-path-invalid', fault: 'version' })
  else if (u32(field, 1) !== crc32(name)) report({ kind: 'zip-unicode-path-crc', path })
  else if (!sameBytes(field.subarray(5), name)) report({ kind: 'zip-unicode-path-other', path })
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text, or undefined when it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}
