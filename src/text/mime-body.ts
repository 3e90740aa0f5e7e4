import type { Header } from './headers.js'
import { splitLines } from './lines.js'
import { decodeLatin1 } from './utf8.js'

/**
 * The body as Python's `Message.get_payload(decode=True)` has it: decoded by Content-Transfer-Encoding (base64 and
 * quoted-printable), or undefined when Content-Type makes it a message or a multipart, which has no text.
 */
export function payloadOf(headers: readonly Header[], body: Uint8Array): Uint8Array | undefined {
  const value = (name: string) => headers.find(header => header.name.toLowerCase() === name)?.value
  const type = value('content-type')
  if (type !== undefined && hasParts(type, body)) return undefined
  const encoding = value('content-transfer-encoding')?.toLowerCase()
  if (encoding === 'base64') return decodeBase64(body)
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(body)
  return body
}

function hasParts(contentType: string, body: Uint8Array): boolean {
  const [type = '', ...parameters] = contentType.split(';', 50)
  const [main, sub, more] = type.trim().toLowerCase().split('/', 3)
  if (sub === undefined || more !== undefined) return false
  if (main === 'message') return true
  if (main !== 'multipart') return false
  const boundary = parameters
    .map(text => /^\s*boundary\s*=(.*)$/is.exec(text)?.[1]?.trim())
    .find(text => text !== undefined)
  if (boundary === undefined) return false
  const separator =
    `--${boundary.startsWith('"') && boundary.endsWith('"') ? boundary.slice(1, -1) : boundary}`.trimEnd()
  return splitLines(decodeLatin1(body)).some(
    line => line.startsWith(separator) && /^[ \t]*$/.test(line.slice(separator.length)),
  )
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const SEXTETS = new Map([...ALPHABET].map((char, i) => [char.charCodeAt(0), i]))

/** Characters outside the alphabet are ignored; one left over makes the text undecodable, and it stays without line ends. */
function decodeBase64(text: Uint8Array): Uint8Array {
  const sextets: number[] = []
  for (const byte of text) {
    if (byte === 0x3d && sextets.length % 4 >= 2) break
    const sextet = SEXTETS.get(byte)
    if (sextet !== undefined) sextets.push(sextet)
  }
  if (sextets.length % 4 === 1) return text.filter(byte => byte !== 10 && byte !== 13)
  const bytes = new Uint8Array(Math.floor((sextets.length * 3) / 4))
  for (let i = 0, bits = 0, held = 0, at = 0; i < sextets.length; i++) {
    held = ((held << 6) | sextets[i]!) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
    }
  }
  return bytes
}

function decodeQuotedPrintable(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length)
  let size = 0
  let at = 0
  while (at < text.length) {
    const byte = text[at++]!
    if (byte !== 0x3d) {
      bytes[size++] = byte
      continue
    }
    if (at >= text.length) break
    const high = hexDigit(text[at])
    const low = hexDigit(text[at + 1])
    if (text[at] === 10 || text[at] === 13) {
      while (at < text.length && text[at] !== 10) at++
      at++
    } else if (text[at] === 0x3d) {
      bytes[size++] = 0x3d
      at++
    } else if (high >= 0 && low >= 0) {
      bytes[size++] = high * 16 + low
      at += 2
    } else {
      bytes[size++] = 0x3d
    }
  }
  return bytes.subarray(0, size)
}

function hexDigit(byte: number | undefined): number {
  return byte === undefined ? -1 : '0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase())
}
