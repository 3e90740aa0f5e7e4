const LF = 10
const CR = 13
/** Every how many lines a start is remembered: a file of blank lines must not cost an array entry for each. */
const STRIDE = 256

/** A position in a text: 1-based line, and 1-based column in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The lines of a text; they end with LF, CR LF or a lone CR. */
export interface Lines {
  /** Where an offset is; a line end is part of the line that it ends. */
  position(offset: number): Position
  /** Line n (1-based) without its end. */
  text(line: number): string | undefined
}

/** Reads the text as far as it is asked about; questions in the order of the text take linear time. */
export function linesOf(text: string): Lines {
  const hasCr = text.includes('\r')
  /** Starts of the lines 1, 257, 513… that were reached. */
  const starts = [0]
  let line = 1
  let start = 0
  let end = lineEnd(text, 0, hasCr)
  const moveTo = (block: number) => {
    line = block * STRIDE + 1
    start = starts[block]!
    end = lineEnd(text, start, hasCr)
  }
  /** False on the last line. */
  const advance = () => {
    if (end === text.length) return false
    start = afterLineEnd(text, end)
    end = lineEnd(text, start, hasCr)
    if (line++ === starts.length * STRIDE) starts.push(start)
    return true
  }
  return {
    position(offset) {
      const block = offset < start || offset > end ? lastAtOrBefore(starts, offset) : 0
      if (offset < start || block * STRIDE >= line) moveTo(block)
      while (end < text.length && afterLineEnd(text, end) <= offset) advance()
      return { line, column: offset - start + 1 }
    },
    text(wanted) {
      if (!Number.isInteger(wanted) || wanted < 1) return undefined
      const block = Math.min(Math.floor((wanted - 1) / STRIDE), starts.length - 1)
      if (wanted < line || block * STRIDE >= line) moveTo(block)
      while (line < wanted) if (!advance()) return undefined
      // What follows the last line end is not a line.
      return start === text.length && line > 1 ? undefined : text.slice(start, end)
    },
  }
}

/** Index of the last start that is not after an offset. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function lineEnd(text: string, from: number, hasCr: boolean): number {
  if (!hasCr) {
    const end = text.indexOf('\n', from)
    return end < 0 ? text.length : end
  }
  let at = from
  while (at < text.length) {
    const unit = text.charCodeAt(at)
    if (unit === LF || unit === CR) break
    at++
  }
  return at
}

/** The offset after the line end at an offset. */
export function afterLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1
}

/** All lines, without their ends; what follows the last line end is one more. */
export const splitLines = (text: string, most?: number): string[] =>
  text.split(text.includes('\r') ? /\r\n|\r|\n/ : '\n', most)
