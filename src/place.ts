/** Places made from places: a part of a fact, the name of a header, a part of a file name. */
import type { Place } from './finding.js'

const LINE_END = /\r\n|\r|\n/g

/**
 * A part of what stands at a place: at an offset in it (UTF-16 units), else where it first stands as a word of its own. The
 * place as it is where it has no such part.
 */
export function within(place: Place, part: string, offset?: number): Place {
  const { member, line, column, field, value, mark } = place
  const text = mark ?? value
  if (column === undefined || text === undefined) return place
  const at = offset ?? wordAt(text, part)
  if (at < 0 || at > text.length || !text.startsWith(part, at)) return place
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

/** Where the part stands with no letter, digit, `_`, `.` or `-` beside it; else where it stands first; -1 where it does not. */
function wordAt(text: string, part: string): number {
  const first = text.indexOf(part)
  for (let at = first; at >= 0 && part !== ''; at = text.indexOf(part, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + part.length])) return at
  return part === '' ? -1 : first
}

const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_.-]/u.test(character)

/** The name of a header, which begins its line. */
export function nameOf(header: Place & { readonly writtenName?: string }): Place {
  const { member, line, field, value, writtenName = field } = header
  return { member, line, column: 1, field, value, mark: writtenName }
}

/** A part of a file's own name: at an offset, else where it first stands. */
export function inFileName(
  { filename }: { readonly filename: string },
  part: string,
  offset = filename.indexOf(part),
  { field, value }: Pick<Place, 'field' | 'value'> = {},
): Place {
  return offset < 0 ? { field, value } : { column: offset + 1, field, value, mark: part }
}
