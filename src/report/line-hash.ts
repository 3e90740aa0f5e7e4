/*
 * `primaryLocationLineHash` as GitHub's upload-sarif action computes it. A hash that differs from the action's gives a
 * warning for each result, so this has to agree to the last digit.
 */

const BLOCK = 100
const MULTIPLIER = 37
const UINT32 = 2 ** 32
const END_OF_FILE = 0xffff
const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32

/**
 * The hash of every line of a file, `17a8e2e87f26556e:1`; index 0 is line 1. From the start of a line, the first 100 code
 * units that are no blank or tab are folded into 64 bits, line ends being LF and the end of the file U+FFFF, with zeros
 * after it. Equal hashes are numbered.
 */
export function lineHashes(text: string): string[] {
  const { units, starts } = significantUnits(text)
  const seen = new Map<string, number>()
  return starts.map(start => {
    const hash = hashFrom(units, start)
    const count = (seen.get(hash) ?? 0) + 1
    seen.set(hash, count)
    return `${hash}:${count}`
  })
}

/** The hash of one line (1-based), or undefined when the text has no such line. */
export const lineHash = (text: string, line: number): string | undefined => lineHashes(text)[line - 1]

/** Code units without spaces and tabs, and the index where each line begins among them. */
function significantUnits(text: string): { units: Uint16Array; starts: number[] } {
  const units = new Uint16Array(text.length + 1)
  const starts: number[] = []
  let length = 0
  let lineStart = true
  let afterCr = false
  for (let i = 0; i <= text.length; i++) {
    let unit = i === text.length ? END_OF_FILE : text.charCodeAt(i)
    const skipped = unit === SPACE || unit === TAB || (afterCr && unit === LF)
    afterCr = unit === CR
    if (skipped) continue
    if (unit === CR) unit = LF
    if (lineStart) starts.push(length)
    lineStart = unit === LF
    units[length++] = unit
  }
  return { units: units.subarray(0, length), starts }
}

/** `h = h * 37 + unit` modulo 2^64, in two halves of 32 bits. */
function hashFrom(units: Uint16Array, start: number): string {
  let high = 0
  let low = 0
  for (let i = start; i < start + BLOCK; i++) {
    const sum = low * MULTIPLIER + (units[i] ?? 0)
    low = sum % UINT32
    high = (high * MULTIPLIER + Math.floor(sum / UINT32)) % UINT32
  }
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0')
}
