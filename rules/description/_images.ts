import { splitLines } from '../../src/text/lines.js'
export interface Image {
  readonly address: string
  /** 1-based line in the text, and column of the address in it. */
  readonly line: number
  readonly column: number
}

const MARKDOWN = /!\[[^[\]]{0,300}\]\([ \t]*<?([^\s<>()]{1,500})/dg
const HTML = /<img\b[^<>]{0,500}?\bsrc[ \t]*=[ \t]*["']([^"'<>\s]{1,500})["']/dgi
const RST = /^[ \t]*\.\.[ \t]+(?:\|[^|]{1,100}\|[ \t]+)?(?:image|figure)::[ \t]+(\S{1,500})/d
const FENCE = /^ {0,3}(```+|~~~+)/
/** A scheme, a protocol-relative URL, or an anchor on the page. */
const NOT_RELATIVE = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|\{|\||<|%)/i

/** Images with a relative URL, in Markdown (outside code) or reStructuredText; other types have none. */
export function relativeImages(text: string, contentType: string | undefined): readonly Image[] {
  const markdown = /^text\/markdown\b/i.test(contentType ?? '')
  if (!markdown && contentType !== undefined && !/^text\/x-rst\b/i.test(contentType)) return []
  const images: Image[] = []
  let fence: string | undefined
  let rstCode = false
  splitLines(text).forEach((line, i) => {
    const add = (match: RegExpExecArray | null) => {
      const [start, end] = match?.indices?.[1] ?? [0, 0]
      if (end > 0) images.push({ address: line.slice(start, end), line: i + 1, column: start + 1 })
    }
    if (markdown) {
      const mark = FENCE.exec(line)?.[1]
      if (mark && (fence === undefined || mark.startsWith(fence))) fence = fence === undefined ? mark : undefined
      if (fence !== undefined || /^(?: {4}|\t)/.test(line)) return
      const prose = line.replace(/`[^`]*`/g, code => ' '.repeat(code.length))
      for (const pattern of [MARKDOWN, HTML]) for (const match of prose.matchAll(pattern)) add(match)
      return
    }
    // Indented text after `::` is code, not a directive.
    if (/^\S/.test(line)) rstCode = /::\s*$/.test(line)
    if (!rstCode) add(RST.exec(line))
  })
  return images.filter(({ address }) => !NOT_RELATIVE.test(address))
}
