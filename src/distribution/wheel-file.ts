import type { Place } from '../finding.js'

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
  readonly utf8: boolean
  readonly bom: boolean
  /** Non-blank text after the first blank line, or lines that are no header. */
  readonly stray: readonly Place[]
}
