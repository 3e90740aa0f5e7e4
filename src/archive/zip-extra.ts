import { crc32 } from '../runtime.js'
import type { FieldProblem } from './problem.js'
import { u16, u32 } from './zip-records.js'

const ZIP64 = 0x0001
const UNICODE_PATH = 0x7075
const UNICODE_COMMENT = 0x6375

export interface Extra {
  /** All there are: one is right. */
  readonly zip64: readonly Uint8Array[]
  readonly unicodePaths: readonly Uint8Array[]
}

/** Tells what is wrong with a record's extra fields. */
export type Report = (
  problem: FieldProblem<
    | 'zip-extra-malformed'
    | 'zip-extra-twice'
    | 'zip64-extra-length'
    | 'zip64-extra-unneeded'
    | 'zip64-extra-missing'
    | 'zip-unicode-path-crc'
    | 'zip-unicode-path-invalid'
    | 'zip-unicode-comment-invalid'
  >,
) => void

/** C0 and DEL. */
const CONTROL = /[\0-\x1f\x7f]/

const NO_EXTRA: Extra = { zip64: [], unicodePaths: [] }

/** The extra fields that change how a member is read. */
export function readExtra(bytes: Uint8Array, report: Report): Extra {
  if (bytes.length === 0) return NO_EXTRA
  const zip64: Uint8Array[] = []
  const unicodePaths: Uint8Array[] = []
  const seen = new Set<number>()
  const told = new Set<number>()
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
    if (seen.has(id) && !told.has(id)) {
      told.add(id)
      report({ kind: 'zip-extra-twice', id })
    }
    seen.add(id)
    if (id === ZIP64) zip64.push(data)
    else if (id === UNICODE_PATH) unicodePaths.push(data)
    else if (id === UNICODE_COMMENT) checkUnicodeComment(data, report)
    at += 4 + length
  }
  return { zip64, unicodePaths }
}

function checkUnicodeComment(data: Uint8Array, report: Report): void {
  if (data.length === 0 || (data[0] === 1 && data.length < 5)) report({ kind: 'zip-unicode-comment-invalid' })
}

/**
 * The other name that Unicode path fields give a member, where there is one; `name` is the one that they stand next to. Python
 * takes the last one whose CRC fits. What is wrong with a field is reported, once of each kind.
 */
export function unicodeName(fields: readonly Uint8Array[], name: Uint8Array, report: Report): string | undefined {
  if (fields.length === 0) return undefined
  let other: string | undefined
  const told = new Set<string>()
  for (const field of fields) {
    const text = field.subarray(5)
    const path = decodeUtf8(text)
    const version = field[0]
    const fits = field.length >= 5 && version === 1 && u32(field, 1) === crc32(name)
    if (path !== undefined && fits && text.length > 0) other = sameBytes(text, name) ? undefined : path
    const fault =
      field.length < 5
        ? 'short'
        : path === undefined
          ? 'not-utf8'
          : CONTROL.test(path)
            ? 'control'
            : version !== 1
              ? 'version'
              : undefined
    const key = `${fault} ${fits}`
    if (told.has(key)) continue
    told.add(key)
    if (fault !== undefined) report({ kind: 'zip-unicode-path-invalid', fault, version, fits })
    else if (!fits || text.length === 0) report({ kind: 'zip-unicode-path-crc', path: path ?? '' })
  }
  return other
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
