import { splitLines } from '../../text/lines.js'
/** Lines as docutils reads them: tabs expanded to columns of 8, nothing blank at the end, form feeds are spaces. */
export function toLines(text: string): string[] {
  const lines = splitLines(text.replace(/[\v\f]/g, ' '))
  if (lines.at(-1) === '') lines.pop()
  return lines.map(line => expandTabs(line).trimEnd())
}

function expandTabs(line: string): string {
  if (!line.includes('\t')) return line
  let out = ''
  let column = 0
  for (const char of line) {
    const width = char === '\t' ? 8 - (column % 8) : 1
    out += char === '\t' ? ' '.repeat(width) : char
    column += width
  }
  return out
}

export interface Indented {
  /** Without the indentation common to all of them. */
  readonly lines: string[]
  /** Index of the first line after them. */
  readonly next: number
  /** Whether a blank line or the end follows, as most constructs require. */
  readonly isFinished: boolean
}

export const indentOf = (line: string) => line.length - line.trimStart().length

interface Options {
  /** Where the text of the first line begins; undefined when that line is indented like the others. */
  readonly first?: number
  /** Indentation that all other lines need; undefined takes off what they have in common. */
  readonly known?: number
  readonly untilBlank?: boolean
  readonly keepIndent?: boolean
}

/** The lines from `at` that are indented, with blank ones between them. */
export function indentedLines(all: readonly string[], at: number, options: Options): Indented {
  const { first, known, untilBlank = false, keepIndent = false } = options
  const start = first === undefined ? at : at + 1
  let end = start
  let common = Number.MAX_SAFE_INTEGER
  let isFinished = true
  for (; end < all.length; end++) {
    const line = all[end]!
    if (line === '') {
      if (untilBlank) break
      continue
    }
    const indent = indentOf(line)
    if (line[0] !== ' ' || (known !== undefined && indent < known)) {
      isFinished = end > at && all[end - 1] === ''
      break
    }
    common = Math.min(common, indent)
  }
  const cut = keepIndent || common === Number.MAX_SAFE_INTEGER ? 0 : (known ?? common)
  const lines = all.slice(start, end).map(line => line.slice(cut))
  if (first !== undefined) lines.unshift(all[at]!.slice(first))
  return { lines, next: end, isFinished }
}

/** Without the blank lines at the start. */
export function withoutTop(lines: readonly string[]): readonly string[] {
  const filled = lines.findIndex(line => line.trim() !== '')
  return filled < 0 ? [] : filled === 0 ? lines : lines.slice(filled)
}

/** Without the blank lines at both ends. */
export function trimmed(lines: readonly string[]): readonly string[] {
  const rest = withoutTop(lines)
  let end = rest.length
  while (end > 0 && rest[end - 1]!.trim() === '') end--
  return rest.slice(0, end)
}
