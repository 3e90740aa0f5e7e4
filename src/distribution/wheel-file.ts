import type { Place } from '../finding.js'
import type { Kept } from '../text/file.js'
import { type HeaderBlock, splitHeaders } from '../text/headers.js'
import { splitLines } from '../text/lines.js'
import { badCharacter, decodeUtf8, isUtf8, startsWithBom, wholeLines } from '../text/utf8.js'

export interface WheelField extends Place {
  readonly member: string
  readonly line: number
  readonly column: number
  readonly field: string
  readonly value: string
}

/** `{dist-info}/WHEEL`: RFC 822 headers. */
export interface WheelFile {
  readonly member: string
  readonly fields: readonly WheelField[]
  all(key: string): readonly WheelField[]
  value(key: string): string | undefined
  /** Wheel-Version as [major, minor], when it reads as one. */
  readonly version: readonly [number, number] | undefined
  /** The first character that is not UTF-8. */
  readonly bad: Place | undefined
  readonly bom: boolean
  /** Non-blank text after the first blank line, or lines that are no header. */
  readonly stray: readonly Place[]
}

/** Stray lines that are kept; the first one is what a person needs. */
const MAX_STRAY = 100

/** Reads WHEEL as Python's email parser does. Never throws. */
export function parseWheelFile({ member, bytes: read, cut }: Kept): WheelFile {
  const bytes = wholeLines(read, cut)
  const block = splitHeaders(bytes)
  const fields = block.headers.map(({ name, line, column, value }) => ({ member, line, column, field: name, value }))
  const all = (key: string) => fields.filter(field => field.field.toLowerCase() === key.toLowerCase())
  const value = (key: string) => all(key)[0]?.value
  return {
    member,
    fields,
    all,
    value,
    version: versionOf(value('Wheel-Version')),
    bad: isUtf8(bytes) ? undefined : { member, ...badCharacter(bytes) },
    bom: startsWithBom(bytes),
    stray: strayLines(member, block),
  }
}

function versionOf(text: string | undefined): readonly [number, number] | undefined {
  const [, major, minor = '0'] = /^\s*([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.[0-9]{1,9}){0,9}\s*$/.exec(text ?? '') ?? []
  return major === undefined ? undefined : [Number(major), Number(minor)]
}

function strayLines(member: string, block: HeaderBlock): readonly Place[] {
  const stray = [...(block.orphan === undefined ? [] : [block.orphan]), ...block.skipped].map(line => ({
    member,
    line,
    column: 1,
  }))
  const lines = splitLines(decodeUtf8(block.body).text, 100_000)
  for (const [index, text] of lines.entries()) {
    if (stray.length >= MAX_STRAY) break
    if (text.trim() !== '') stray.push({ member, line: block.bodyLine + index, column: 1 })
  }
  return stray.slice(0, MAX_STRAY)
}
