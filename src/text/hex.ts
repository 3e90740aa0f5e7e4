import { fromBase64 } from '../runtime.js'

/** Bytes in lower-case hex. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/** The same of a digest as RECORD has it. */
export const hexOfDigest = (base64url: string): string =>
  hexOf(fromBase64(base64url.replaceAll('-', '+').replaceAll('_', '/')))
