import { linesOf } from './lines.js'

/** A piece of an XML text. Names are without prefix. */
export interface XmlEvent {
  readonly kind: 'open' | 'close' | 'text'
  /** Element name, or the text with its entities resolved. */
  readonly value: string
  readonly attributes: ReadonlyMap<string, string>
  /** Where the tag begins, or the text without the spaces before it. */
  readonly line: number
  readonly column: number
}

const NAME = /^([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)/
const ATTRIBUTE = /(?<![\w.:-])([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()
const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/**
 * Elements and texts of an XML document, as far as it is well formed: enough to read lists of components. Entities that a DTD
 * declares are left as they are, so that nothing grows.
 */
export function* xmlEvents(text: string): Generator<XmlEvent> {
  let at = 0
  const { position } = linesOf(text)
  const event = (kind: XmlEvent['kind'], value: string, attributes = NO_ATTRIBUTES): XmlEvent => ({
    kind,
    value,
    attributes,
    ...position(at),
  })
  while (at < text.length) {
    const open = text.indexOf('<', at)
    const end = open === -1 ? text.length : open
    if (end > at) {
      const raw = text.slice(at, end)
      at += raw.length - raw.trimStart().length
      const value = resolve(raw).trim()
      if (value !== '') yield event('text', value)
      at = end
    }
    if (open === -1) return
    const skipped = special(text, at)
    if (skipped) {
      if (skipped.text !== undefined) yield event('text', skipped.text)
      at = skipped.end
      continue
    }
    const close = tagEnd(text, at + 1)
    if (close === -1) return
    const closing = text[at + 1] === '/'
    const body = text.slice(at + (closing ? 2 : 1), close)
    const name = NAME.exec(body.slice(0, 200))?.[2]
    if (name === undefined) return
    if (closing) yield event('close', name)
    else {
      yield event('open', name, attributesOf(body))
      if (body.endsWith('/')) yield event('close', name)
    }
    at = close + 1
  }
}

/** Comments, processing instructions, DOCTYPE and CDATA. */
function special(text: string, at: number): { readonly end: number; readonly text?: string } | undefined {
  const upTo = (mark: string) => {
    const found = text.indexOf(mark, at)
    return found === -1 ? text.length : found + mark.length
  }
  if (text.startsWith('<!--', at)) return { end: upTo('-->') }
  if (text.startsWith('<?', at)) return { end: upTo('?>') }
  if (text.startsWith('<![CDATA[', at)) {
    const end = upTo(']]>')
    return { end, text: text.slice(at + 9, Math.max(at + 9, end - 3)) }
  }
  return text.startsWith('<!', at) ? { end: upTo('>') } : undefined
}

/** The `>` of a tag, outside of quotes. */
function tagEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (char === '>') return at
    if (char === '"' || char === "'") {
      at = text.indexOf(char, at + 1)
      if (at === -1) return -1
    }
  }
  return -1
}

function attributesOf(body: string): ReadonlyMap<string, string> {
  if (!body.includes('=')) return NO_ATTRIBUTES
  return new Map([...body.matchAll(ATTRIBUTE)].map(([, name = '', a, b]) => [name, resolve(a ?? b ?? '')]))
}

function resolve(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
