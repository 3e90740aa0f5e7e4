import { splitLines } from '../text/lines.js'
/**
 * Whether a Markdown text renders to nothing, as comrak (which readme_renderer 45.0 uses) has it: then, and only then, PyPI
 * refuses Markdown. Only blank lines, definitions of links and definitions of footnotes that nothing refers to give no
 * output; a comment does (PyPI takes it, and shows an empty page).
 */
export function rendersToNothing(markdown: string): boolean {
  const text = markdown.startsWith('\ufeff') ? markdown.slice(1) : markdown
  const first = /[^ \t\r\n]/.exec(text)?.[0]
  // Nearly every text ends here.
  if (first !== '[') return first === undefined
  const lines = splitLines(text)
  const labels = lines.flatMap(line => FOOTNOTE.exec(line)?.[1] ?? []).map(labelKey)
  const defined = new Set(labels)
  // comrak 0.0.12 shows a footnote that is defined a second time.
  if (defined.size < labels.length) return false
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    if (isBlank(line)) at++
    else if (FOOTNOTE.test(line)) {
      const next = afterFootnote(lines, at, defined)
      if (next === undefined) return false
      at = next
    } else if (LINK_DEFINITION.test(line)) {
      const end = paragraphEnd(lines, at)
      if (end === undefined || !onlyDefinitions(paragraph(lines, at, end))) return false
      at = end
    } else return false
  }
  return true
}

const FOOTNOTE = /^ {0,3}\[\^([^\] \r\n\0\t]+)\]:[ \t]*/
const REFERENCE = /\[\^([^[\]\s]+)\]/g
const EMPTY_ITEM = /^ {0,3}(?:[-+*]|[0-9]+[.)])[ \t]*$/
const LINK_DEFINITION = /^ {0,3}\[/
/** What ends a paragraph: a quote, heading, fence, list item, HTML, a rule, the underline of a heading. */
const BLOCK =
  /^ {0,3}(?:>|#{1,6}(?:[ \t]|$)|```|~~~|[-+*][ \t]+\S|1[.)][ \t]+\S|<[!?/A-Za-z]|=+[ \t]*$|[-_*](?:[ \t]*[-_*])*[ \t]*$)/

const labelKey = (label = '') => label.toLowerCase()

function isBlank(line: string): boolean {
  return /^[ \t]*$/.test(line)
}

/** The line after the paragraph that begins at `from`; undefined when a block that gives output ends it. */
function paragraphEnd(lines: readonly string[], from: number): number | undefined {
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]!
    if (isBlank(line) || FOOTNOTE.test(line)) return at
    if (BLOCK.test(line)) return undefined
  }
  return lines.length
}

/** The line after a footnote's definition; undefined when something in it or after it gives output. */
function afterFootnote(lines: readonly string[], from: number, defined: ReadonlySet<string>): number | undefined {
  const first = lines[from]!.replace(FOOTNOTE, '')
  const refers = (line: string) => [...line.matchAll(REFERENCE)].some(([, label]) => defined.has(labelKey(label)))
  // A footnote may refer to another one, which then appears.
  if (refers(first)) return undefined
  let inParagraph = !isBlank(first) && !BLOCK.test(first)
  let at = from + 1
  for (; at < lines.length; at++) {
    const line = lines[at]!
    if (isBlank(line)) inParagraph = false
    else if (FOOTNOTE.test(line)) break
    else if (refers(line)) return undefined
    else if (/^(?: {4}| {0,3}\t)/.test(line)) inParagraph = !BLOCK.test(line.replace(/^[ \t]+/, ''))
    else if (!inParagraph) break
    else if ((BLOCK.test(line) || EMPTY_ITEM.test(line)) && !/^ {0,3}=/.test(line)) return undefined
  }
  return at
}

/** The lines of a paragraph without leading spaces; the last one ends with a line feed unless it ends the text. */
function paragraph(lines: readonly string[], from: number, to: number): string {
  const text = lines
    .slice(from, to)
    .map(line => line.replace(/^[ \t]+/, ''))
    .join('\n')
  return to < lines.length ? `${text}\n` : text
}

/** A paragraph's text that is one link definition after the other. */
function onlyDefinitions(text: string): boolean {
  let at = 0
  while (at < text.length) {
    const end = afterDefinition(text, at)
    if (end === undefined) return false
    at = end
  }
  return true
}

const LABEL = /\[((?:[^\\[\]]|\\.){1,1000})\]:[ \t]*(?:\n[ \t]*)?/sy
const IN_ANGLES = /<(?:[^<>\\\n]|\\[^\n])*>/y
const TITLE = /(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))/sy
const LINE_END = /[ \t]*(?:\n|$)/y
const BLANKS = /[ \t]*(?:\n[ \t]*)?/y

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

function afterDefinition(text: string, from: number): number | undefined {
  LABEL.lastIndex = from
  const label = LABEL.exec(text)
  if (!label || /^[ \t\n]*$/.test(label[1] ?? '')) return undefined
  const target = afterDestination(text, LABEL.lastIndex)
  if (target === undefined) return undefined
  const blanks = match(BLANKS, text, target) ?? target
  const title = blanks > target ? match(TITLE, text, blanks) : undefined
  const end = title === undefined ? undefined : match(LINE_END, text, title)
  return end ?? match(LINE_END, text, target)
}

/** After a link's destination: no spaces, no control characters, parentheses in pairs. */
function afterDestination(text: string, from: number): number | undefined {
  if (text[from] === '<') {
    // comrak 0.0.12 does not take one that ends the whole text.
    const end = match(IN_ANGLES, text, from)
    return end === text.length ? undefined : end
  }
  let depth = 0
  let at = from
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit <= 0x20 || unit === 0x7f) break
    if (unit === 0x5c && isPunctuation(text.charCodeAt(at + 1))) at++
    else if (unit === 0x28) depth++
    else if (unit === 0x29 && depth-- === 0) return undefined
    if (depth > 32) return undefined
  }
  return at > from && depth === 0 ? at : undefined
}

function isPunctuation(unit: number): boolean {
  return (
    (unit >= 0x21 && unit <= 0x2f) ||
    (unit >= 0x3a && unit <= 0x40) ||
    (unit >= 0x5b && unit <= 0x60) ||
    (unit >= 0x7b && unit <= 0x7e)
  )
}
