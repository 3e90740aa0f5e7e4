/** Keys of 24 bits, packed as base64 with the lowest byte first. */
export function unpack(text: string): Uint32Array {
  const bytes = atob(text)
  const keys = new Uint32Array(bytes.length / 3)
  for (let i = 0; i < keys.length; i++)
    keys[i] = bytes.charCodeAt(3 * i) | (bytes.charCodeAt(3 * i + 1) << 8) | (bytes.charCodeAt(3 * i + 2) << 16)
  return keys
}
