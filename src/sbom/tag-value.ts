import { append } from '../append.js'
import { splitLines } from '../text/lines.js'
import { type Content, MAX_PARTS, type Part } from './document.js'
import { bothWays, described, isTool } from './spdx.js'

const TAG = /^\ufeff?([A-Za-z][A-Za-z0-9]*):[ \t]*(?![ \t])(.*)$/
const NONE = new Set(['NOASSERTION', 'NONE', ''])

interface Tag {
  readonly name: string
  readonly value: string
  readonly line: number
  /** Where the value begins. */
  readonly column: number
}

/** `Tag: value` lines; `<text>` … `</text>` spans lines. */
function* tags(text: string): Generator<Tag> {
  const lines = splitLines(text)
  for (let at = 0; at < lines.length; at++) {
    const [whole = '', name, first = ''] = TAG.exec(lines[at] ?? '') ?? []
    if (name === undefined) continue
    const line = at + 1
    const column = whole.length - first.length + 1
    const value = [first]
    if (first.startsWith('<text>'))
      while (!value.at(-1)?.includes('</text>') && at + 1 < lines.length) value.push(lines[++at] ?? '')
    yield { name, value: value.join('\n').trim(), line, column }
  }
}

/** The value of `SPDXVersion`, where the text is SPDX tag-value: `SPDX-2.3`. */
export function tagValueVersion(text: string): Tag | undefined {
  let seen = 0
  for (const tag of tags(text.slice(0, 64 * 1024))) {
    if (tag.name === 'SPDXVersion') return tag
    if (++seen > 200) return undefined
  }
  return undefined
}

/** Reads packages and files of an SPDX 2 document in tag-value form. */
export function readTagValue(text: string, member: string): Content {
  const parts: { -readonly [key in keyof Part]: Part[key] }[] = []
  const roots: string[] = []
  const edges: (readonly [string, string])[] = []
  let created = false
  let tool = false
  for (const { name, value, line, column } of tags(text)) {
    const part = parts.at(-1)
    if (name === 'Created') created = true
    else if (name === 'Creator') tool ||= isTool(value)
    else if (name === 'PackageName' || name === 'FileName') {
      if (parts.length >= MAX_PARTS) break
      const isFile = name === 'FileName'
      parts.push({
        member,
        line,
        column,
        field: 'sboms',
        value,
        name: value,
        ref: undefined,
        version: undefined,
        purl: undefined,
        identified: false,
        sha256: [],
        isFile,
        paths: isFile ? [value] : [],
      })
    } else if (name === 'Relationship') {
      const [from, type = '', to] = value.split(/\s+/)
      if (from === undefined || to === undefined) continue
      const about = described({ from, type, to })
      if (about.length > 0) append(roots, about)
      else append(edges, bothWays({ from, type, to }))
    } else if (part) note(part, name, value)
  }
  return { created, tool, parts, roots, edges }
}

function note(part: { -readonly [key in keyof Part]: Part[key] }, name: string, value: string): void {
  switch (name) {
    case 'SPDXID':
      part.ref ??= value
      break
    case 'PackageVersion':
      part.version = NONE.has(value) ? undefined : value
      break
    case 'PackageDownloadLocation':
      part.identified ||= !NONE.has(value)
      break
    case 'PackageFileName':
      part.paths = [value]
      break
    case 'PackageChecksum':
    case 'FileChecksum':
      if (/^SHA256:/.test(value)) part.sha256 = [...part.sha256, value.slice(7).trim().toLowerCase()]
      break
    case 'ExternalRef': {
      const [, type = '', locator] = value.split(/\s+/)
      if (type === 'purl') part.purl = locator
      if (type === 'purl' || /^cpe2[23]Type$/.test(type)) part.identified = true
      break
    }
  }
}
