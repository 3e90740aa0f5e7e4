/** Places made from places: a part of a fact, the name of a header, a part of a file name. */
import type { Place } from './finding.js'
import { fits } from './text/ascii.js'

const LINE_END = /\r\n|\r|\n/g

/**
 * A part of what stands at a place: at an offset in it (UTF-16 units) or behind that, where it first stands as a word of its
 * own. The place as it is where it has no such part.
 */
export function within(place: Place, part: string, offset?: number): Place {
  const { member, line, column, field, value, mark } = place
  const text = mark ?? value
  if (column === undefined || text === undefined) return place
  const at = partAt(text, part, offset)
  if (at < 0) return place
  let [ends, start] = [0, 0]
  for (const end of text.slice(0, at).matchAll(LINE_END)) {
    ends++
    start = end.index + end[0].length
  }
  return {
    member,
    line: line === undefined ? undefined : line + ends,
    // Further lines of a value begin where the lines of the file do.
    column: at - start + (ends === 0 ? column : 1),
    field,
    value,
    mark: part,
  }
}

/** At the offset; else where no letter, digit, `_`, `.` or `-` is next to it; else where it stands first; else -1. */
function partAt(text: string, part: string, offset: number | undefined): number {
  if (part === '') return offset !== undefined && offset <= text.length ? offset : -1
  const first = text.indexOf(part, offset)
  if (first === offset) return first
  for (let at = first; at >= 0; at = text.indexOf(part, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + part.length])) return at
  return first
}

const isWordText = fits(/[\w.-]/, () => /[\p{L}\p{N}_.-]/u)
const isWord = (character: string | undefined) => character !== undefined && isWordText(character)

/** The part of a text at a place that a grammar refuses: offsets in code points; without an end, all that follows. */
export function atProblem(
  place: Place,
  text: string,
  problem: { readonly offset: number; readonly end?: number | undefined },
): Place {
  const start = unitsOf(text, problem.offset)
  const end = problem.end !== undefined && problem.end > problem.offset ? unitsOf(text, problem.end) : text.length
  return within(place, text.slice(start, end).trimEnd(), start)
}

/** UTF-16 code units of the first code points of a text. */
function unitsOf(text: string, points: number): number {
  let at = 0
  for (let count = 0; count < points && at < text.length; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return at
}

/** The name of a header, which begins its line. */
export function nameOf(header: Place & { readonly writtenName?: string; readonly nameAt?: Place }): Place {
  if (header.nameAt) return header.nameAt
  const { member, line, field, value, writtenName = field } = header
  return { member, line, column: 1, field, value, mark: writtenName }
}

/** A file's own name as a place. */
export const ofFileName = ({ filename }: { readonly filename: string }): Place => ({ column: 1, mark: filename })

/** A part of a file's own name: at an offset, else where it first stands. */
export function inFileName(
  { filename }: { readonly filename: string },
  part: string,
  offset = filename.indexOf(part),
  { field, value }: Pick<Place, 'field' | 'value'> = {},
): Place {
  return offset < 0 ? { field, value } : { column: offset + 1, field, value, mark: part }
}
