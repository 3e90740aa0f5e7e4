/** Is one address deliverable in principle? The tests of email-validator 2.3 with its defaults and no DNS look-up. */

import { once } from '../once.js'
import { isAscii } from '../text/ascii.js'
import { utf8Length } from '../text/utf8.js'

const LOCAL = /^[\w!#$%&'*+\-/=?^`{|}~\u0080-\u{10FFFF}]+(?:\.[\w!#$%&'*+\-/=?^`{|}~\u0080-\u{10FFFF}]+)*$/u
const LOCAL_CHARACTER = /^[.\w!#$%&'*+\-/=?^`{|}~\u0080-\u{10FFFF}]$/u
const HOST_CHARACTER = /^[A-Za-z0-9.\-\u0080-\u{10FFFF}]$/u
const UNSAFE = once(() => /[\p{Z}\p{C}]/u)
const SYMBOL = once(() => /\p{S}/u)
const RESERVED = ['arpa', 'invalid', 'local', 'localhost', 'onion', 'test']
const LONGEST = 254

/** Why the address is refused, in the words of email-validator; undefined when it passes. */
export function emailProblem(address: string): string | undefined {
  if (address.startsWith('"')) return 'Quoting the part before the @-sign is not allowed here.'
  const at = address.indexOf('@')
  if (at < 0) return 'An email address must have an @-sign.'
  const local = address.slice(0, at)
  const host = address.slice(at + 1)
  return localProblem(local) ?? hostProblem(host) ?? lengthProblem(address)
}

function localProblem(local: string): string | undefined {
  if (local === '') return 'There must be something before the @-sign.'
  if (LOCAL.test(local)) {
    const unsafe = isAscii(local) ? null : UNSAFE().exec(local)
    return unsafe ? `The email address contains unsafe characters: ${shown(unsafe[0])}.` : undefined
  }
  const bad = [...local].filter(c => !LOCAL_CHARACTER.test(c))
  if (bad.length > 0) return `The email address contains invalid characters before the @-sign: ${list(bad)}.`
  if (local.endsWith('.')) return 'An email address cannot have a period immediately before the @-sign.'
  if (local.startsWith('.')) return 'An email address cannot start with a period.'
  return 'An email address cannot have two periods in a row.'
}

function hostProblem(written: string): string | undefined {
  if (written === '') return 'There must be something after the @-sign.'
  if (written.startsWith('[') && written.endsWith(']'))
    return 'A bracketed IP address after the @-sign is not allowed here.'
  const bad = [...written].filter(c => !HOST_CHARACTER.test(c))
  if (bad.length > 0) return `The part after the @-sign contains invalid characters: ${list(bad)}.`
  return labelProblem(written.normalize('NFKC').toLowerCase()) ?? asciiProblem(asAscii(written))
}

/** What the separators of a host name allow. */
function labelProblem(host: string): string | undefined {
  if (host.endsWith('.')) return 'An email address cannot end with a period.'
  if (host.startsWith('.')) return 'An email address cannot have a period immediately after the @-sign.'
  if (host.includes('..')) return 'An email address cannot have two periods in a row.'
  if (host.endsWith('-')) return 'An email address cannot end with a hyphen.'
  if (host.startsWith('-')) return 'An email address cannot have a hyphen immediately after the @-sign.'
  if (/\.-|-\./.test(host)) return 'An email address cannot have a period and a hyphen next to each other.'
  if (host.split('.').some(label => /^(?!xn)..--/u.test(label)))
    return 'An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.'
  return undefined
}

function asciiProblem(ascii: string | undefined): string | undefined {
  if (ascii === undefined) return 'The part after the @-sign is not valid IDNA.'
  const labels = ascii.split('.')
  if (ascii.length > 253)
    return `The email address is too long after the @-sign (${ascii.length - 253} characters too many).`
  if (labels.some(label => label.length > 63))
    return 'After the @-sign, periods cannot be separated by so many characters.'
  if (labels.length < 2) return 'The part after the @-sign is not valid. It should have a period.'
  if (!/[a-z]$/.test(ascii)) return 'The part after the @-sign is not valid. It is not within a valid top-level domain.'
  if (RESERVED.some(name => ascii.endsWith(`.${name}`)))
    return 'The part after the @-sign is a special-use or reserved name that cannot be used with email.'
  return undefined
}

/** Lower-case ASCII form of a host name; undefined where IDNA has none. */
function asAscii(host: string): string | undefined {
  const lower = host.toLowerCase()
  const plain = [...lower].every(c => c < '\u0080')
  if (plain && !/(?:^|\.)xn--/.test(lower)) return lower
  // IDNA 2008, which email-validator uses, has no symbols; the URL standard takes them.
  if (UNSAFE().test(host) || SYMBOL().test(host)) return undefined
  try {
    return new URL(`http://${lower}`).hostname
  } catch {
    return undefined
  }
}

function lengthProblem(address: string): string | undefined {
  const bytes = utf8Length(address)
  if (bytes <= LONGEST) return undefined
  const over = bytes - LONGEST
  return `The email address is too long (${over} character${over > 1 ? 's' : ''} too many).`
}

function list(characters: readonly string[]): string {
  return [...new Set(characters.map(shown))].sort().slice(0, 10).join(', ')
}

function shown(c: string): string {
  if (c === ' ') return 'SPACE'
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(c)) return c === "'" || c === '\\' ? `"${c}"` : `'${c}'`
  return `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
