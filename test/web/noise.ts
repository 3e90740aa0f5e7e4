export const MiB = 1024 * 1024

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Text that deflate makes a quarter smaller, the same for the same seed. */
export function noise(seed: number, length: number): string {
  const bytes = Buffer.allocUnsafe(length)
  let state = Math.imul(seed + 1, 0x9e3779b9)
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    bytes[at] = LETTERS.charCodeAt(state >>> 26)
  }
  return bytes.toString('latin1')
}
