import type { Note } from './problem-list.js'
import type { Extensions, LongText } from './tar-extensions.js'
import { decodeName, type TarHeader } from './tar-header.js'
import { isForeignKey, type PaxValue } from './tar-pax.js'

export interface Names {
  readonly path: string
  readonly link: string
}

/** A name and where it came from. */
interface Name {
  readonly text: string
  readonly utf8: boolean
  /** The bytes that pax gives, whether they won or not. */
  readonly pax: Uint8Array | undefined
}

const NO_LINK: Name = { text: '', utf8: true, pax: undefined }

/** Bytes of a name that any header holds. */
const HEADER_NAME = 100
export const SLASH = 0x2f

/**
 * Path and link target as tarfile sees them: the pax record or GNU's long name, whichever comes first, else the header.
 * Notes where the sources contradict each other.
 */
export function namesOf(
  header: TarHeader,
  { pax, longName, longLink }: Extensions,
  globals: ReadonlyMap<string, PaxValue>,
  offset: number,
  note: Note,
): Names {
  const value = (key: string) => pax?.values.get(key) ?? globals.get(key)
  const sparse = value('GNU.sparse.name')
  const path = choose(sparse ?? value('path'), longName, header.name)
  const isLink = header.type === '1' || header.type === '2'
  const link = isLink ? choose(value('linkpath'), longLink, header.link) : NO_LINK
  // Nearly all members have a header only.
  if (!pax && !longName && !longLink && globals.size === 0 && path.utf8 && link.utf8 && !header.prefixInGnu)
    return { path: path.text, link: link.text }
  const at = { member: path.text, offset }

  for (const [what, long, given] of [
    ['path', longName, path.pax],
    ['link target', longLink, link.pax],
  ] as const)
    if (long && given && !same(long.bytes, given))
      note({
        kind: 'tar-name-pax-gnu',
        ...at,
        what,
        pax: decodeName(given).text,
        gnu: decodeName(long.bytes).text,
      })
  // With a long name the header's own is only a stand-in; a sparse member's header name is one by rule.
  if (path.pax && !longName && !sparse && fits(path.pax) && !same(path.pax, header.name))
    note({ kind: 'tar-name-conflict', ...at, what: 'path', extended: path.text, own: decodeName(header.name).text })
  if (header.prefixInGnu && !path.pax && !longName)
    note({
      kind: 'tar-name-conflict',
      ...at,
      what: 'path',
      extended: path.text,
      own: decodeName(header.shortName).text,
    })
  if (link.pax && !longLink && fits(link.pax) && !same(link.pax, header.link))
    note({
      kind: 'tar-name-conflict',
      ...at,
      what: 'link target',
      extended: link.text,
      own: decodeName(header.link).text,
    })

  const binary = value('hdrcharset')?.text === 'BINARY'
  if (binary || !path.utf8 || !link.utf8) note({ kind: 'tar-name-encoding', ...at, declared: binary })
  for (const [key, other] of pax?.repeated ?? [])
    note({ kind: 'tar-pax-duplicate', ...at, key, value: pax?.values.get(key)?.text ?? '', other })
  for (const key of pax?.values.keys() ?? []) if (isForeignKey(key)) note({ kind: 'tar-pax-vendor', ...at, key })
  return { path: path.text, link: link.text }
}

function choose(pax: PaxValue | undefined, long: LongText | undefined, header: Uint8Array): Name {
  if (pax && !long?.outer) return { text: pax.text, utf8: pax.utf8, pax: pax.bytes }
  const { text, utf8 } = decodeName(long?.bytes ?? header)
  return { text, utf8, pax: pax?.bytes }
}

/** Could the header have held it? Writers use pax only for names that are long or not ASCII. */
function fits(name: Uint8Array): boolean {
  return name.length <= HEADER_NAME && name.every(byte => byte < 0x80)
}

/** Equal but for slashes at the end. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  const [x, y] = [lengthOf(a), lengthOf(b)]
  return x === y && a.subarray(0, x).every((byte, i) => byte === b[i])
}

function lengthOf(name: Uint8Array): number {
  let end = name.length
  while (end > 0 && name[end - 1] === SLASH) end--
  return end
}
