import type { Consumer, MemberHeader } from '../archive/archive.js'
import { joined } from '../bytes.js'
import type { Place } from '../finding.js'
import { type BadCharacter, badCharacter, isUtf8, wholeCharacters } from '../text/utf8.js'
import { offersChoice } from './choice.js'
import { comments, docstring } from './comments.js'
import { commonLicense } from './common.js'
import type { LicenseMatch } from './match.js'
import { shingles } from './shingles.js'
import { docstringStatements, type Statement, statements } from './statements.js'

/** A member that looks like a license text, and the licenses whose text it has; none when it is another text. */
export interface LicenseText {
  readonly member: string
  readonly matches: readonly LicenseMatch[]
  /** Its first lines let the reader choose among licenses. */
  readonly offersChoice: boolean
}

/** What the comments at the beginning of a source file say of its license. The value is an expression or an SPDX id. */
export interface LicenseHeader extends Place {
  readonly member: string
  readonly line: number
  readonly value: string
  readonly kind: Statement['kind']
  readonly isGrant?: Statement['isGrant']
}

/** Why a file that should be a text in UTF-8 is none. */
export type TextFault = 'binary' | 'blank' | 'utf-16' | BadCharacter

/** A longer text is not a license but a collection of many, or something else. */
const TEXT_SIZE = 256 * 1024
const HEAD_SIZE = 4 * 1024
/** Characters in which a file says that it is about several licenses: their own texts speak of choices too, further down. */
const PREAMBLE = 1000
const MAX_TEXTS = 2000
const MAX_TEXT_TOTAL = 8 * 1024 * 1024
/** What of them is not read past the limit, as a problem names it. */
export const LICENSE_STATEMENTS = 'license statements of source files'
const MAX_HEADERS = 10_000

const NAME = /^(?:un)?licen[cs]e|^copying|^copyright|^notice|[._-]licen[cs]es?(?:\.(?:txt|md|rst))?$/i
/** What goes along with licenses and names none. */
const PEOPLE = /^(?:authors|contributors|thanks)(?:[._-]|$)/i
const FOLDER = /(?:^|\/)licen[cs]es\/./is
const NOT_PROSE =
  /\.(?:py[cdioxw]?|js|mjs|cjs|jsx|tsx?|css|json|ya?ml|toml|xml|c|h|cc|cpp|hpp|cs|go|rs|java|rb|sh|so|dll|dylib|exe|png|svg|jpe?g|gif|ico|ttf|woff2?|gz|zip|map)$/i

/** How a source file writes its comments, by suffix. */
const HASH = /\.(?:pyx?|pxd|pxi|pyi|sh|rb|ya?ml|toml|cfg|cmake|r|pl|jl)$|(?:^|\/)(?:CMakeLists\.txt|Makefile)$/i
const SLASH =
  /\.(?:c|h|cc|cpp|cxx|hh|hpp|hxx|inl|ipp|cu|cuh|m|mm|js|mjs|cjs|jsx|tsx?|css|scss|rs|go|java|kt|swift|cs|proto|glsl|wgsl)$/i

function isLicenseText({ path, type, size }: MemberHeader): boolean {
  if (type !== 'file' || size === 0 || size > TEXT_SIZE || NOT_PROSE.test(path)) return false
  return NAME.test(path.slice(path.lastIndexOf('/') + 1)) || (FOLDER.test(path) && !path.endsWith('/'))
}

const isOfPeople = ({ path, type, size }: MemberHeader) =>
  type === 'file' &&
  size > 0 &&
  size <= TEXT_SIZE &&
  PEOPLE.test(path.slice(path.lastIndexOf('/') + 1)) &&
  !NOT_PROSE.test(path)

const styleOf = (path: string) => (HASH.test(path) ? 'hash' : SLASH.test(path) ? 'slash' : undefined)

/** Collects license texts and headers while the members go by. */
export function licenseCollector() {
  const texts = new Map<string, string>()
  const faults = new Map<string, TextFault>()
  const headers: LicenseHeader[] = []
  let total = 0
  let unread: { readonly member: string; readonly what: string; readonly limit: number } | undefined
  const beginning = (size: number, done: (bytes: Uint8Array) => void): Consumer => {
    const chunks: Uint8Array[] = []
    let stored = 0
    return {
      write(chunk) {
        if (stored >= size) return
        chunks.push(chunk.slice(0, size - stored))
        stored += chunks.at(-1)?.length ?? 0
      },
      end() {
        done(joined(chunks))
      },
    }
  }
  const note = ({ path, size }: MemberHeader, bytes: Uint8Array) => {
    const fault = textFault(wholeCharacters(bytes, bytes.length < size))
    if (fault !== undefined) faults.set(path, fault)
  }
  return {
    texts: texts as ReadonlyMap<string, string>,
    faults: faults as ReadonlyMap<string, TextFault>,
    headers: headers as readonly LicenseHeader[],
    /** The first member for which there was no room, and of what. */
    unread: () => unread,
    /** Who wants the bytes of this member. */
    consumer(header: MemberHeader): Consumer | undefined {
      if (isLicenseText(header)) {
        const full =
          texts.size >= MAX_TEXTS
            ? { what: 'license texts', limit: MAX_TEXTS }
            : total + header.size > MAX_TEXT_TOTAL && { what: 'bytes of license texts', limit: MAX_TEXT_TOTAL }
        if (full) {
          unread ??= { member: header.path, ...full }
          return undefined
        }
        total += header.size
        return beginning(TEXT_SIZE, bytes => {
          note(header, bytes)
          texts.set(header.path, DECODER.decode(bytes))
        })
      }
      if (isOfPeople(header)) return beginning(TEXT_SIZE, bytes => note(header, bytes))
      const style = header.type === 'file' && header.size > 0 ? styleOf(header.path) : undefined
      if (style === undefined) return undefined
      if (headers.length >= MAX_HEADERS) {
        unread ??= { member: header.path, what: LICENSE_STATEMENTS, limit: MAX_HEADERS }
        return undefined
      }
      return beginning(HEAD_SIZE, bytes => {
        const text = DECODER.decode(bytes)
        if (!/licen[cs]e/i.test(text)) return
        const said = statements(comments(text, style))
        const all = said.length > 0 || !header.path.endsWith('.py') ? said : docstringStatements(docstring(text))
        for (const one of all) headers.push({ member: header.path, ...one })
      })
    },
  }
}

const DECODER = new TextDecoder('utf-8')

/** White space of ASCII. */
const isBlank = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)

function textFault(bytes: Uint8Array): TextFault | undefined {
  if (isUtf8(bytes))
    return bytes.includes(0) ? 'binary' : bytes.length > 0 && bytes.every(isBlank) ? 'blank' : undefined
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'utf-16'
  return bytes.includes(0) ? 'binary' : badCharacter(bytes)
}

/** Does work on a member's text; undefined when that took too long. */
type Worker = <T>(
  file: { readonly member: string; readonly size: number; readonly text: string },
  work: (file: { readonly text: string }) => T,
) => T | undefined

/** Names the licenses of the texts. The whole list is loaded only for a text that is none of the most common ones. */
export async function identify(texts: ReadonlyMap<string, string>, make: Worker): Promise<readonly LicenseText[]> {
  const known = new Map<string, readonly LicenseMatch[]>()
  for (const [member, text] of texts) {
    if (known.has(text)) continue
    const file = { member, size: text.length, text }
    const rows = make(file, one => shingles(one.text))
    const common = rows && commonLicense(rows)
    if (!rows || common) known.set(text, common ? [common] : [])
    else {
      const { matcher } = await import('./matcher.js')
      known.set(text, make(file, () => matcher(rows)) ?? [])
    }
  }
  return [...texts].map(([member, text]) => ({
    member,
    matches: known.get(text) ?? [],
    offersChoice: offersChoice(text.slice(0, PREAMBLE)),
  }))
}
