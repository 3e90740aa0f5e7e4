import { decodeUtf8 } from './zip-extra.js'

/** Upper half of IBM code page 437: what a name without flag bit 11 is read as. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

export interface DecodedName {
  readonly path: string
  readonly problem: 'zip-name-not-utf8' | 'zip-name-unflagged' | undefined
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** The name as Python's zipfile reads it: UTF-8 when flag bit 11 is set, else CP437. */
export function decodeName(bytes: Uint8Array, utf8Flag: boolean): DecodedName {
  if (bytes.length < 200 && isAscii(bytes)) return { path: String.fromCharCode(...bytes), problem: undefined }
  const text = decodeUtf8(bytes)
  if (utf8Flag) {
    if (text !== undefined) return { path: text, problem: undefined }
    return { path: lenient.decode(bytes), problem: 'zip-name-not-utf8' }
  }
  if (isAscii(bytes)) return { path: text ?? '', problem: undefined }
  let path = ''
  for (const byte of bytes) path += byte < 0x80 ? String.fromCharCode(byte) : CP437.charAt(byte - 0x80)
  return { path, problem: text === undefined ? 'zip-name-not-utf8' : 'zip-name-unflagged' }
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false
  return true
}
