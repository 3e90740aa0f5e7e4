import { digestOf } from '../runtime.js'
import type { MachoSignature } from './file.js'
import type { Image } from './image.js'

/** Hash types of a CodeDirectory (xnu, osfmk/kern/cs_blobs.h). The third is SHA-256 cut to 20 bytes. */
const HASHES: Readonly<Record<number, { readonly name: 'sha1' | 'sha256' | 'sha384'; readonly size: number }>> = {
  1: { name: 'sha1', size: 20 },
  2: { name: 'sha256', size: 32 },
  3: { name: 'sha256', size: 20 },
  4: { name: 'sha384', size: 48 },
}
const MOST_BLOBS = 64
const MOST_DIRECTORIES = 6

/**
 * Compares the page hashes of every CodeDirectory of an embedded signature with the slice, as the kernel does when a page is
 * first touched. Certificates are not looked at: an ad-hoc signature is enough to be loaded.
 */
export function machoSignature(
  image: Image,
  start: number,
  size: number,
  place: { offset: number; size: number },
): MachoSignature {
  const invalid = (reason: string): MachoSignature => ({ state: 'invalid', reason })
  if (place.offset + place.size > size) return invalid('it lies outside the file')
  const at = start + place.offset
  // Every page is hashed, so a member that was not kept whole is not judged; nor are its bytes asked for.
  if (!image.holds(start, place.offset + place.size)) return { state: 'unchecked' }
  if (image.u32(at, false) !== 0xfade0cc0) return invalid('it does not start with the magic of an embedded signature')
  const count = image.u32(at + 8, false)
  if (count > MOST_BLOBS || 12 + count * 8 > place.size) return invalid(`it claims ${count} parts`)
  let directories = 0
  for (let index = 0; index < count; index++) {
    const offset = image.u32(at + 16 + index * 8, false)
    const isDirectory = offset + 8 <= place.size && image.u32(at + offset, false) === 0xfade0c02
    // A part without content, such as an empty set of requirements, is a magic and a length.
    if (offset + (isDirectory ? 44 : 8) > place.size) return invalid(`part ${index} lies outside it`)
    if (!isDirectory) continue
    if (++directories > MOST_DIRECTORIES) return invalid('it has too many code directories')
    const state = directory(image, start, at + offset, place.size - offset, place.offset)
    if (state.state !== 'valid') return state
  }
  return directories === 0 ? invalid('it does not have a code directory') : { state: 'valid' }
}

function directory(image: Image, start: number, at: number, room: number, signatureAt: number): MachoSignature {
  const invalid = (reason: string): MachoSignature => ({ state: 'invalid', reason })
  const u32 = (offset: number) => image.u32(at + offset, false)
  const length = u32(4)
  const version = u32(8)
  const hashesAt = u32(16)
  const slots = u32(28)
  const hash = HASHES[image.u8(at + 37)]
  const hashSize = image.u8(at + 36)
  let limit = u32(32)
  if (version >= 0x20300 && length >= 64 && image.u64(at + 56, false) > 0) limit = image.u64(at + 56, false)
  if (!hash || hash.size !== hashSize) return invalid(`its hash type ${image.u8(at + 37)} is unknown`)
  if (length > room || hashesAt + slots * hashSize > length) return invalid('its page hashes lie outside it')
  if (limit > signatureAt) return invalid('it covers its own bytes')
  const shift = image.u8(at + 39)
  if (shift > 0 && shift < 12) return invalid(`its pages have ${2 ** shift} bytes`)
  const page = shift === 0 ? limit : 2 ** Math.min(shift, 40)
  if (slots !== (page === 0 ? 0 : Math.ceil(limit / page)))
    return invalid(`it has ${slots} page hashes for ${limit} bytes`)
  for (let slot = 0; slot < slots; slot++) {
    const from = slot * page
    const bytes = image.bytes(start + from, Math.min(page, limit - from))
    if (bytes.length === 0) return { state: 'unchecked' }
    const expected = image.bytes(at + hashesAt + slot * hashSize, hashSize)
    if (expected.length === 0) return { state: 'unchecked' }
    const digest = digestOf(hash.name, bytes)
    for (let index = 0; index < hashSize; index++)
      if (digest[index] !== expected[index]) return invalid(`the hash of the page at ${from} differs`)
  }
  return { state: 'valid' }
}
