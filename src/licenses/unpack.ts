import { fromBase64 } from '../runtime.js'

/** Keys of 24 bits, packed as base64 with the lowest byte first. */
export function unpack(text: string): Uint32Array {
  const bytes = fromBase64(text)
  const keys = new Uint32Array(bytes.length / 3)
  for (let i = 0, at = 0; i < keys.length; i++, at += 3)
    keys[i] = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
  return keys
}
