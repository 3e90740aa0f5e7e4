/** Terminal cells: what a text takes in a fixed-width font. */

import { once } from '../once.js'

const WIDE = once(
  () =>
    /^(?:[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u,
)
const ZERO = once(() => /^(?:\p{Mn}|\p{Me}|\p{Cf})/u)
const PLAIN = /^[\x20-\x7e]*$/

let segmenter: Intl.Segmenter | undefined

function graphemes(text: string): string[] {
  if (PLAIN.test(text)) return text.split('')
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), part => part.segment)
}

const graphemeCells = (grapheme: string) => (WIDE().test(grapheme) ? 2 : ZERO().test(grapheme) ? 0 : 1)

export function cells(text: string): number {
  if (PLAIN.test(text)) return text.length
  return graphemes(text).reduce((sum, grapheme) => sum + graphemeCells(grapheme), 0)
}

/** Spaces to the right up to `width` cells. */
export const padCells = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)))

/** The longest beginning of `text`, or its longest ending, that fits into `width` cells. */
export function takeCells(text: string, width: number, from: 'start' | 'end' = 'start'): string {
  const parts = graphemes(text)
  if (from === 'end') parts.reverse()
  const taken: string[] = []
  let used = 0
  for (const part of parts) {
    used += cells(part)
    if (used > width) break
    taken.push(part)
  }
  return (from === 'end' ? taken.reverse() : taken).join('')
}

/**
 * Lines of at most `width` cells (the first one of `firstWidth`), broken at spaces, and a word that is longer than a line
 * between its parts. A part that is longer keeps its own line. A line never begins with the `::` of a classifier: CI runners
 * take that for a command.
 */
export function wrap(text: string, width: number, firstWidth = width): string[] {
  const lines: string[] = []
  let line: string | undefined
  const add = (piece: string, space: string) => {
    const room = lines.length === 0 ? firstWidth : width
    if (line === undefined) line = piece
    else if (cells(line) + space.length + cells(piece) <= room) line += space + piece
    else {
      lines.push(line)
      line = piece
    }
  }
  for (const word of text.split(NO_COLONS)) {
    const [first = '', ...rest] = cells(word) > width ? partsOf(word) : [word]
    add(first, ' ')
    for (const part of rest) add(part, '')
  }
  return [...lines, line ?? '']
}

const NO_COLONS = / (?!::)/

const SEPARATORS: ReadonlySet<string> = new Set('-._/')

/** A long name, divided after its separators: `demo_`, `pkg-`, `1.`, `0.`, `tar.`, `gz`. An address stays whole. */
function partsOf(word: string): readonly string[] {
  if (word.includes('://')) return [word]
  const parts: string[] = []
  let start = 0
  let inside = false
  for (let i = 0; i < word.length; i++) {
    const divides = SEPARATORS.has(word.charAt(i))
    if (!divides && inside && SEPARATORS.has(word.charAt(i - 1))) {
      parts.push(word.slice(start, i))
      start = i
    }
    inside ||= !divides
  }
  return [...parts, word.slice(start)]
}
