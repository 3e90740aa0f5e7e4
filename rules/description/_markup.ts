import { splitLines } from '../../src/text/lines.js'

const MARKDOWN = /^ {0,8}(?:#{1,4} \S|```|\[?!\[[^\]]{0,200}\]\()|\]\(https?:/
const RST = /^ {0,8}(?:\.\. (?:[a-z-]{1,40}::|_[^:]{1,100}:|\|)|:[a-z]{1,40}:`)|<https?:[^`<>]{1,500}>`_|\w::$/

/** Lines that appear in only one of two markups: how many, and the first, 1-based; 0 for none. */
export interface Markup {
  readonly markdown: number
  readonly rst: number
  readonly firstMarkdown: number
  readonly firstRst: number
}

/** Enough of a text for a guess. */
export function countMarkup(text: string): Markup {
  const lines = splitLines(text.slice(0, 50_000))
  const count = (pattern: RegExp) => lines.filter(line => pattern.test(line)).length
  const first = (pattern: RegExp) => lines.findIndex(line => pattern.test(line)) + 1
  return { markdown: count(MARKDOWN), rst: count(RST), firstMarkdown: first(MARKDOWN), firstRst: first(RST) }
}

export const isMarkdown = ({ markdown, rst }: Markup): boolean => markdown >= 2 && rst === 0

export const isRst = ({ markdown, rst }: Markup): boolean => rst >= 2 && markdown === 0
