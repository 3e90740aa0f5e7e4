import { decodeUtf8 } from './zip-extra.js'

/** Upper half of IBM code page 437: what a name without flag bit 11 is read as. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

export interface DecodedName {
  /** Up to a NUL, where Python ends a name. */
  readonly path: string
  /** With the NUL and what follows. */
  readonly stored: string
  /** `path` says all of it, in ASCII. */
  readonly ascii: boolean
  readonly problem: 'zip-name-not-utf8' | 'zip-name-unflagged' | undefined
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** The name as Python's zipfile reads it: UTF-8 when flag bit 11 is set, else CP437, and up to the first NUL. */
export function decodeName(bytes: Uint8Array, utf8Flag: boolean): DecodedName {
  const { text: stored, ascii, problem } = decode(bytes, utf8Flag)
  const nul = stored.indexOf('\0')
  return nul < 0
    ? { path: stored, stored, ascii, problem }
    : { path: stored.slice(0, nul), stored, ascii: false, problem }
}

function decode(bytes: Uint8Array, utf8Flag: boolean): Pick<DecodedName, 'ascii' | 'problem'> & { text: string } {
  const text = decodeUtf8(bytes)
  // As many UTF-16 units as bytes: all ASCII.
  const ascii = text?.length === bytes.length
  if (text !== undefined && (ascii || utf8Flag)) return { text, ascii, problem: undefined }
  if (utf8Flag) return { text: lenient.decode(bytes), ascii, problem: 'zip-name-not-utf8' }
  let old = ''
  for (const byte of bytes) old += byte < 0x80 ? String.fromCharCode(byte) : CP437.charAt(byte - 0x80)
  return { text: old, ascii, problem: text === undefined ? 'zip-name-not-utf8' : 'zip-name-unflagged' }
}

/** Are these the bytes of an ASCII name? */
export function isName(bytes: Uint8Array, path: string): boolean {
  if (bytes.length !== path.length) return false
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== path.charCodeAt(i)) return false
  return true
}
