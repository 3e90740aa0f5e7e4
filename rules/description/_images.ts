export interface Image {
  readonly address: string
  /** 1-based line in the text. */
  readonly line: number
}

const MARKDOWN = /!\[[^[\]]{0,300}\]\([ \t]*<?([^\s<>()]{1,500})/g
const HTML = /<img\b[^<>]{0,500}?\bsrc[ \t]*=[ \t]*["']([^"'<>\s]{1,500})["']/gi
const RST = /^[ \t]*\.\.[ \t]+(?:\|[^|]{1,100}\|[ \t]+)?(?:image|figure)::[ \t]+(\S{1,500})/
const FENCE = /^ {0,3}(```+|~~~+)/
/** A scheme, a protocol-relative address, or a place on the page. */
const NOT_RELATIVE = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|\{|\||<|%)/i

/** Images with a relative address, in Markdown (outside code) or reStructuredText; other types have none. */
export function relativeImages(text: string, contentType: string | undefined): readonly Image[] {
  const markdown = /^text\/markdown\b/i.test(contentType ?? '')
  if (!markdown && contentType !== undefined && !/^text\/x-rst\b/i.test(contentType)) return []
  const images: Image[] = []
  let fence: string | undefined
  let rstCode = false
  text.split(/\r\n|\n|\r/).forEach((line, i) => {
    if (markdown) {
      const mark = FENCE.exec(line)?.[1]
      if (mark && (fence === undefined || mark.startsWith(fence))) fence = fence === undefined ? mark : undefined
      if (fence !== undefined || /^(?: {4}|\t)/.test(line)) return
      const prose = line.replace(/`[^`]*`/g, '')
      for (const pattern of [MARKDOWN, HTML])
        for (const [, address = ''] of prose.matchAll(pattern)) images.push({ address, line: i + 1 })
      return
    }
    // Indented text after `::` is code, not a directive.
    if (/^\S/.test(line)) rstCode = /::\s*$/.test(line)
    const address = rstCode ? undefined : RST.exec(line)?.[1]
    if (address !== undefined) images.push({ address, line: i + 1 })
  })
  return images.filter(({ address }) => !NOT_RELATIVE.test(address))
}
