import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

const ENCODED_WORD = /=\?[A-Za-z0-9_-]{1,40}\?[bBqQ]\?[!->@-~]{0,1000}\?=/

/** Fields that uv reads, with encoded words decoded. */
const READ_BY_UV = new Set(['Name', 'Version', 'Requires-Dist', 'Requires-Python', 'Provides-Extra'])

/** Character sets that uv knows, by their Python names. */
const CHARSETS = new Set(
  `ascii 646 ansi_x3.4_1968 ansi_x3.4_1986 ansi_x3_4_1968 cp367 csascii ibm367 iso646_us iso_646.irv_1991 iso_ir_6 us us_ascii
  latin_1 8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 iso_ir_100 l1 latin latin1 cp1252 1252
  windows_1252 utf_8 utf_8_sig cp65001 u8 utf utf8 utf8_ucs2 utf8_ucs4 utf_16 u16 utf16 utf_16_be unicodebigunmarked utf_16be
  utf_16_le unicodelittleunmarked utf_16le`.split(/\s+/),
)

export default rule({
  id: 'metadata-encoded-word',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'Core metadata specification, introduction (UTF-8)',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A value is written as a MIME encoded word.',
  why: 'PyPI and pip show the encoded text as is, so people see `=?utf-8?q?…?=` instead of the name; uv decodes it. In a field that installers act on, pip and uv act on different values, and uv rejects a word that it cannot decode.',
  breaks: 'uv acts on a different value than pip and PyPI.',
  fix: 'Write the value as plain UTF-8.',
  bad: [
    { wheel: { metadata: { Author: '=?utf-8?q?Andr=C3=A9?=' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "=?utf-8?q?fast?="', 'Provides-Extra': 'fast' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "=?odd?q?fast?="', 'Provides-Extra': 'fast' } } },
  ],
  good: { wheel: { metadata: { Author: 'André' } } },
  *check({ metadata }) {
    for (const field of metadata?.fields ?? []) {
      if (field.field === 'Description') continue
      const word = READ_BY_UV.has(field.field) ? wordOfUv(field.value) : undefined
      if (word) {
        const { text, charset, encoding, value } = word
        const isKnown = isCharset(charset) && (encoding.toLowerCase() === 'q' || isBase64(value))
        yield finding(
          within(field, text),
          isKnown
            ? `${field.field} contains the encoded word ${quote(text)}, which uv decodes and pip does not.`
            : `${field.field} contains the encoded word ${quote(text)}, which uv cannot decode.`,
          { enforcedBy: isKnown ? [] : ['uv'] },
        )
        continue
      }
      const shown = ENCODED_WORD.exec(field.value.slice(0, 10_000))
      if (shown)
        yield finding(
          within(field, shown[0]),
          `${field.field} contains the encoded word ${quote(shown[0])}; metadata is plain UTF-8.`,
          { severity: 'warning', enforcedBy: [] },
        )
    }
  },
})

/** The first word that uv decodes. */
function wordOfUv(text: string) {
  for (const start of text.matchAll(/=\?([^?\n]{0,60})\?([bBqQ])\?/g)) {
    const from = start.index + start[0].length
    const end = text.indexOf('?=', from)
    if (end < 0) return undefined
    const [, charset = '', encoding = ''] = start
    return { text: text.slice(start.index, end + 2), charset, encoding, value: text.slice(from, end) }
  }
  return undefined
}

function isCharset(name: string): boolean {
  if (name.includes('\0')) return false
  const words = name.toLowerCase().match(/[a-z0-9.]+/g) ?? []
  return CHARSETS.has(words.join('_')) || CHARSETS.has(words.join('_').replaceAll('.', '_'))
}

/** Whether letters and padding make whole groups, ignoring everything else. Others than Latin-1 count as Python escapes them. */
function isBase64(text: string): boolean {
  const letters = text.replace(/[^\0-\xff]/gu, letter => {
    const code = (letter.codePointAt(0) ?? 0).toString(16)
    return code.length > 4 ? `U${code.padStart(8, '0')}` : `u${code.padStart(4, '0')}`
  })
  const padded = letters + '='.repeat((4 - ([...text].length % 4)) % 4)
  let [group, pads] = [0, 0]
  for (const letter of padded) {
    if (letter === '=') {
      if (group >= 2 && group + ++pads === 4) return true
    } else if (/[A-Za-z0-9+/]/.test(letter)) {
      group = (group + 1) % 4
      pads = 0
    }
  }
  return group === 0
}
