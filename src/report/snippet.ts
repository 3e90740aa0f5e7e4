import { cells, takeCells } from './cells.js'
import { breakCommands, escapeInsideSnippet, escapeSnippet } from './escape.js'

export interface Snippet {
  /** One line, safe to print. */
  readonly text: string
  /** Spaces up to the marked span, and the carets under it; carets are '' when nothing is marked. */
  readonly indent: string
  readonly carets: string
}

const TAB = 4

/**
 * A line with carets under what is marked: tabs expanded, unsafe characters escaped, cut around the marked span to `width`
 * cells. `column` is 1-based in UTF-16 code units.
 */
export function snippetOf(
  line: string,
  column: number | undefined,
  marked: string | undefined,
  width: number,
): Snippet {
  const [start, end] = markedSpan(line, column, marked)
  const before = show(line.slice(0, start), 0, false)
  const shown = show(line.slice(start, end), cells(before), before.trim() !== '')
  const after = show(line.slice(end), cells(before) + cells(shown), `${before}${shown}`.trim() !== '')
  const cut = cutAround(before, shown, after, width)
  const text = `${cut.before}${cut.marked}${cut.after}`.trimEnd()
  // A runner's command that the marked span divides is seen in the whole line alone; broken, it no longer fits the carets.
  const broken = breakCommands(text)
  if (broken !== text) return { text: broken, indent: '', carets: '' }
  return {
    text,
    indent: ' '.repeat(cells(cut.before)),
    carets: '^'.repeat(end > start ? Math.max(1, cells(cut.marked)) : 0),
  }
}

/** Code unit range of the marked text in the line; an empty range when it is not known. */
export function markedSpan(line: string, column: number | undefined, marked: string | undefined): [number, number] {
  const first = marked?.split(/\r\n|\r|\n/, 1)[0]?.trimEnd()
  if (column === undefined) {
    const at = first ? line.indexOf(first) : -1
    return at < 0 ? [0, 0] : [at, at + (first ?? '').length]
  }
  const start = column - 1
  if (start > line.length) return [0, 0]
  // Something is missing there: one caret, though nothing stands above it.
  if (first === '') return [start, start + 1]
  // The line may have been cut inside the text; without a text the rest of the line is meant.
  const isThere = first !== undefined && line.startsWith(first, start)
  return [start, isThere ? start + first.length : Math.max(start + 1, line.trimEnd().length)]
}

/** Tabs become spaces up to the next stop before anything is escaped. `hasBegun`: the line has other text before this. */
function show(text: string, startCell: number, hasBegun: boolean): string {
  let out = ''
  let begun = hasBegun
  for (const [index, part] of text.split('\t').entries()) {
    if (index > 0) out += ' '.repeat(TAB - ((startCell + cells(out)) % TAB))
    out += begun ? escapeInsideSnippet(part) : escapeSnippet(part)
    begun ||= part.trim() !== ''
  }
  return out
}

function cutAround(before: string, marked: string, after: string, width: number) {
  if (cells(before) + cells(marked) + cells(after) <= width) return { before, marked, after }
  const keptMarked = cells(marked) > width - 8 ? `${takeCells(marked, Math.max(1, width - 8))}…` : marked
  const room = Math.max(0, width - cells(keptMarked))
  const wantBefore = Math.min(cells(before), Math.max(Math.floor(room / 2), room - cells(after)))
  const keptBefore = cells(before) > wantBefore ? `…${takeCells(before, wantBefore - 1, 'end')}` : before
  const left = Math.max(0, width - cells(keptBefore) - cells(keptMarked))
  const keptAfter = cells(after) > left ? `${takeCells(after, left - 1)}…` : after
  return { before: keptBefore, marked: keptMarked, after: keptMarked === marked ? keptAfter : '' }
}
