/**
 * Finds the addresses in a header, as Python's strict `email.utils.parseaddr` does for PyPI's upload. Whether an address
 * is a good one, email-address.ts says.
 */

const SPECIALS = '()<>@,:;."[]'
const BLANKS = ' \t'
const FOLDING = ' \t\r\n'
const ATOM_ENDS = `${SPECIALS} \t\r\n`
const PHRASE_ENDS = ATOM_ENDS.replace('.', '')
/** A group inside a group inside …: nobody writes more. */
const DEEPEST = 50
const LONGEST = 20_000

export interface Mailbox {
  readonly name: string
  readonly address: string
}

interface Cursor {
  readonly text: string
  at: number
}

/** Every mailbox of an RFC 822 address list, as Python reads it. An unreadable part gives an empty address. */
export function parseAddressList(text: string): readonly Mailbox[] {
  if (text.length > LONGEST) return []
  const cursor = { text, at: 0 }
  const result: Mailbox[] = []
  while (cursor.at < text.length) {
    const before = cursor.at
    const found = address(cursor, 0)
    if (found.length > 0) result.push(...found)
    else result.push({ name: '', address: '' })
    if (cursor.at === before) cursor.at++
  }
  return result
}

/** The one mailbox that Python's strict parseaddr finds; empty when there are several, or none that is whole. */
export function parseSingleAddress(text: string): Mailbox {
  const none = { name: '', address: '' }
  if (!balanced(text)) return none
  const found = parseAddressList(text)
  const [only] = found
  return !only || found.length > 1 || only.address.includes('[') ? none : only
}

/** Are the parentheses outside quotes balanced? */
function balanced(text: string): boolean {
  // Python drops `"…"` pairs first; an opening quote without a partner hides nothing.
  let unquoted = ''
  let start = 0
  let open: number | undefined
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') {
      if (open === undefined) open = i
      else {
        unquoted += text.slice(start, open)
        start = i + 1
        open = undefined
      }
    }
  }
  unquoted += text.slice(start)
  let depth = 0
  for (let i = 0; i < unquoted.length; i++) {
    if (unquoted[i] === '\\') i++
    else if (unquoted[i] === '(') depth++
    else if (unquoted[i] === ')' && --depth < 0) return false
  }
  return depth === 0
}

function skip(cursor: Cursor): string {
  let blanks = ''
  while (cursor.at < cursor.text.length) {
    const c = cursor.text.charAt(cursor.at)
    if (FOLDING.includes(c)) {
      if (BLANKS.includes(c)) blanks += c
      cursor.at++
    } else if (c === '(') comment(cursor)
    else break
  }
  return blanks
}

/** Past a comment; a carriage return ends one level of it, as in Python. */
function comment(cursor: Cursor): void {
  let depth = 0
  while (cursor.at < cursor.text.length) {
    const c = cursor.text[cursor.at++]
    if (c === '\\') cursor.at++
    else if (c === '(') depth++
    else if ((c === ')' || c === '\r') && --depth === 0) return
  }
}

function delimited(cursor: Cursor, ends: string): string {
  let value = ''
  cursor.at++
  while (cursor.at < cursor.text.length) {
    const c = cursor.text.charAt(cursor.at++)
    if (ends.includes(c)) break
    value += c === '\\' ? cursor.text.charAt(cursor.at++) : c
  }
  return value
}

function atom(cursor: Cursor, ends: string): string {
  const start = cursor.at
  while (cursor.at < cursor.text.length && !ends.includes(cursor.text.charAt(cursor.at))) cursor.at++
  return cursor.text.slice(start, cursor.at)
}

function phrases(cursor: Cursor): readonly string[] {
  const list: string[] = []
  while (cursor.at < cursor.text.length) {
    const c = cursor.text.charAt(cursor.at)
    if (FOLDING.includes(c)) cursor.at++
    else if (c === '"') list.push(delimited(cursor, '"\r'))
    else if (c === '(') comment(cursor)
    else if (PHRASE_ENDS.includes(c)) break
    else list.push(atom(cursor, PHRASE_ENDS))
  }
  return list
}

function address(cursor: Cursor, depth: number): readonly Mailbox[] {
  skip(cursor)
  const start = cursor.at
  const words = phrases(cursor)
  skip(cursor)
  let found: readonly Mailbox[] = []
  const c = cursor.text[cursor.at]
  const [word] = words
  if (c === undefined) {
    if (word !== undefined) found = [{ name: '', address: word }]
  } else if (c === '.' || c === '@') {
    cursor.at = start
    found = [{ name: '', address: specification(cursor) }]
  } else if (c === ':') {
    const members: Mailbox[] = []
    cursor.at++
    while (cursor.at < cursor.text.length && depth < DEEPEST) {
      skip(cursor)
      if (cursor.text[cursor.at] === ';') {
        cursor.at++
        break
      }
      const before = cursor.at
      members.push(...address(cursor, depth + 1))
      if (cursor.at === before) break
    }
    found = members
  } else if (c === '<') found = [{ name: words.join(' '), address: route(cursor) }]
  else if (word !== undefined) found = [{ name: '', address: word }]
  else if (SPECIALS.includes(c)) cursor.at++
  skip(cursor)
  if (cursor.text[cursor.at] === ',') cursor.at++
  return found
}

function route(cursor: Cursor): string {
  cursor.at++
  skip(cursor)
  let routed = false
  while (cursor.at < cursor.text.length) {
    const c = cursor.text[cursor.at]
    if (routed) {
      domain(cursor)
      routed = false
    } else if (c === '>') {
      cursor.at++
      return ''
    } else if (c === '@' || c === ':') {
      cursor.at++
      routed = c === '@'
    } else {
      const found = specification(cursor)
      cursor.at++
      return found
    }
    skip(cursor)
  }
  return ''
}

function specification(cursor: Cursor): string {
  const parts: string[] = []
  const dropBlank = () => {
    const last = parts.at(-1)
    if (last !== undefined && last.trim() === '') parts.pop()
  }
  skip(cursor)
  while (cursor.at < cursor.text.length) {
    const c = cursor.text.charAt(cursor.at)
    let keep = true
    if (c === '.') {
      dropBlank()
      parts.push('.')
      cursor.at++
      keep = false
    } else if (c === '"') parts.push(`"${delimited(cursor, '"\r').replace(/[\\"]/g, '\\$&')}"`)
    else if (ATOM_ENDS.includes(c)) {
      dropBlank()
      break
    } else parts.push(atom(cursor, ATOM_ENDS))
    const blanks = skip(cursor)
    if (keep && blanks !== '') parts.push(blanks)
  }
  if (cursor.text[cursor.at] !== '@') return parts.join('')
  cursor.at++
  skip(cursor)
  const host = domain(cursor)
  return host === '' ? '' : `${parts.join('')}@${host}`
}

function domain(cursor: Cursor): string {
  let value = ''
  while (cursor.at < cursor.text.length) {
    const c = cursor.text.charAt(cursor.at)
    if (BLANKS.includes(c)) cursor.at++
    else if (c === '(') comment(cursor)
    else if (c === '[') value += `[${delimited(cursor, ']\r')}]`
    else if (c === '.') {
      value += '.'
      cursor.at++
    } else if (c === '@') return ''
    else if (ATOM_ENDS.includes(c)) break
    else value += atom(cursor, ATOM_ENDS)
  }
  return value
}
