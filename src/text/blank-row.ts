/** What Python's `str.splitlines` takes for the end of a line. */
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g
/** A line without a character: two ends in a row, or one at the beginning. */
const BLANK_LINE = /(?:^|[\n\v\f\x1c-\x1e\x85\u2028\u2029]|\r(?!\n))[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/

/**
 * The line (from 1, ends of lines as `splitlines` has them) of the first row without a field, as Python's csv module reads
 * `text.splitlines()`: a blank line that is not inside quotes. PyPI reads RECORD so, and fails on such a row.
 */
export function firstBlankRow(text: string): number | undefined {
  if (!BLANK_LINE.test(text)) return undefined
  let quoted = false
  let start = 0
  let number = 0
  while (start < text.length) {
    LINE_END.lastIndex = start
    const end = LINE_END.exec(text)
    const stop = end?.index ?? text.length
    number++
    if (!quoted && stop === start) return number
    quoted = endsQuoted(text, start, stop, quoted)
    start = end ? LINE_END.lastIndex : text.length
  }
  return undefined
}

/** Is a quoted field open at the end of a line? A quote opens one only where a field begins. */
function endsQuoted(text: string, start: number, stop: number, open: boolean): boolean {
  let state: 'begin' | 'plain' | 'quoted' | 'closed' = open ? 'quoted' : 'begin'
  for (let at = start; at < stop; at++) {
    const char = text[at]
    if (state === 'quoted') state = char === '"' ? 'closed' : 'quoted'
    else if (char === ',') state = 'begin'
    else if (char === '"' && (state === 'begin' || state === 'closed')) state = 'quoted'
    else state = 'plain'
  }
  return state === 'quoted'
}
