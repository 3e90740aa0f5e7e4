import { linesOf } from './lines.js'

/** Another text for a part of a text: offsets in UTF-16 code units. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** In order, without those that change nothing; undefined where two of them change the same place. */
export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = edits.filter(({ start, end, text }) => end > start || text !== '').sort((a, b) => a.start - b.start)
  const clash = sorted.some((edit, i) => i > 0 && edit.start < sorted[i - 1]!.end)
  return clash ? undefined : sorted
}

/** The text with edits that are in order. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = []
  let at = 0
  for (const edit of edits) {
    pieces.push(text.slice(at, edit.start), edit.text)
    at = edit.end
  }
  return pieces.join('') + text.slice(at)
}

/** The line end that most of the text is written with: that of its first line. */
export const lineEndOf = (text: string): string => /\r\n|\n/.exec(text)?.[0] ?? '\n'

/** Start of the line of an offset. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** Offset behind the line end that follows an offset; the end of the text where none does. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** Lines and columns, from 1. */
export interface Region {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** Where an edit is; its end may be the start of the line below. */
export function regionsOf(text: string, edits: readonly TextEdit[]): readonly Region[] {
  const { position } = linesOf(text)
  return edits.map(({ start, end }) => {
    const from = position(start)
    const to = position(end)
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
  })
}
