import { crc32 } from '../runtime.js'
import type { FieldProblem } from './problem.js'
import { u16, u32 } from './zip-records.js'

const ZIP64 = 0x0001
const UNICODE_PATH = 0x7075
const UNICODE_COMMENT = 0x6375

export interface Extra {
  /** All there are: one is right. */
  readonly zip64: readonly Uint8Array[]
  readonly unicodePath: Uint8Array | undefined
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

const NO_EXTRA: Extra = { zip64: [], unicodePath: undefined }

/** The extra fields that change how a member is read. */
export function readExtra(bytes: Uint8Array, report: Report): Extra {
  if (bytes.length === 0) return NO_EXTRA
  const zip64: Uint8Array[] = []
  let unicodePath: Uint8Array | undefined
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
    else if (id === UNICODE_PATH) unicodePath ??= data
    else if (id === UNICODE_COMMENT) checkUnicodeComment(data, report)
    at += 4 + length
  }
  return { zip64, unicodePath }
}

function checkUnicodeComment(data: Uint8Array, report: Report): void {
  if (data.length === 0 || (data[0] === 1 && data.length < 5)) report({ kind: 'zip-unicode-comment-invalid' })
}

/**
 * The other name that the Unicode path field gives a member, where there is one; `name` is the one that it stands next to. What
 * is wrong with the field is reported.
 */
export function unicodeName(field: Uint8Array, name: Uint8Array, report: Report): string | undefined {
  const text = field.subarray(5)
  const path = decodeUtf8(text)
  const version = field[0]
  const fits = field.length >= 5 && version === 1 && u32(field, 1) === crc32(name)
  const invalid = (fault: 'short' | 'not-utf8' | 'control' | 'version') =>
    report({ kind: 'zip-unicode-path-invalid', fault, version, fits })
  if (field.length < 5) invalid('short')
  else if (path === undefined) invalid('not-utf8')
  else {
    if (CONTROL.test(path)) invalid('control')
    else if (version !== 1) invalid('version')
    else if (!fits || text.length === 0) report({ kind: 'zip-unicode-path-crc', path })
    if (fits && text.length > 0 && !sameBytes(text, name)) return path
  }
  return undefined
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
