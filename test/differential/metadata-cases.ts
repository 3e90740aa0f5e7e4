import { choices } from './random.js'

const FIELDS = [
  'Name: demo',
  'Version: 1.0',
  'Summary: A demo',
  'Requires-Python: >=3.9',
  'Requires-Dist: attrs',
  'Requires-Dist: idna; extra == "fast"',
  'Provides-Extra: fast',
  'Author: Ann',
  'License: MIT\n  more',
] as const
const ODD = [
  'From me',
  'From: me',
  ':x',
  ' continued',
  '\tcontinued',
  'no header',
  'Requires-Dist',
  'requires-dist: six',
  'Requires-Dist : six',
  'Name: other',
  'Version: 9',
  'Name: =?utf-8?q?demo?=',
  'Requires-Dist: =?utf-8?b?c2l4?=',
  'Requires-Dist: =?utf-8?b?c2l?=',
  'Requires-Dist: =?x-odd?q?six?=',
  'Requires-Dist: six =?',
  'Requires-Python: UNKNOWN',
  'Requires-Dist: UNKNOWN',
  'Requires-Dist:',
  'Name:',
  'Content-Type: text/plain',
  'Content-Transfer-Encoding: base64',
  'Requires-Dist: six\r',
  'Requires-Dist: six\v Requires-Dist: evil',
  'Author: x\u2028Requires-Dist: evil',
  'Author: x\x85Requires-Dist: evil',
  'Author: x\rRequires-Dist: evil',
  'Author: x\x1cRequires-Dist: evil',
  'Requires-Dist: a\n \n b',
  'Ünicode: x',
  '',
  '\r',
  'Requires-Python: >=3.8',
] as const
const SINGLE = ['\r', '\n', '\v', '\x1d', '\x85', '\u2028', ' ', '\t', ':', '=?', '\0', 'é', '\ufeff'] as const

/** A METADATA that is right in most of its parts. */
export function metadataCase(seed: number): Uint8Array {
  const of = choices(seed)
  const lines = ['Metadata-Version: 2.1', 'Name: demo', 'Version: 1.0']
  const odd = of.pick([3, 8, 30])
  for (let count = of.below(6); count > 0; count--) lines.push(of.once(odd) ? of.pick(ODD) : of.pick(FIELDS.slice(2)))
  if (of.once(odd)) lines.splice(of.below(lines.length + 1), of.below(2), of.pick(ODD))
  const end = of.once(odd) ? of.pick(['\r\n', '\r']) : '\n'
  let text = `${lines.join(end)}${end}${of.once(2) ? `${end}Text\n` : ''}`
  if (of.once(odd)) {
    const at = of.below(text.length + 1)
    text = text.slice(0, at) + of.pick(SINGLE) + text.slice(at)
  }
  const bytes = new TextEncoder().encode(text)
  if (of.once(100)) bytes[of.below(bytes.length)] = 0xe9
  return bytes
}
