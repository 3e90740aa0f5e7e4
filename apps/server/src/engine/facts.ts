import { gunzipSync, gzipSync } from 'node:zlib'
import type { ByteSource } from 'distaudit'

/** More than this of a file is not kept: the file is read again instead. */
export const MOST_FACTS = 1024 * 1024

interface Range {
  readonly offset: number
  readonly bytes: Uint8Array
}

/** A source that lets its reader read a part, and remembers which. */
export interface Recording {
  readonly source: ByteSource
  /** Undefined when it is more than `MOST_FACTS`. */
  kept(): Uint8Array | undefined
}

/** `ahead` says that every byte has a price: audits that ask about metadata alone then read little more. */
export const priced = (source: ByteSource): ByteSource => ({ ...source, ahead: async () => {} }) as ByteSource

export function recording(source: ByteSource): Recording {
  const ranges: Range[] = []
  let total = 0
  return {
    source: priced({
      size: source.size,
      async read(offset, length) {
        const bytes = await source.read(offset, length)
        total += bytes.length
        if (total <= MOST_FACTS) ranges.push({ offset, bytes: bytes.slice() })
        return bytes
      },
    }),
    kept: () => (total > MOST_FACTS ? undefined : packed(source.size, joined(ranges))),
  }
}

/** Ranges in order that neither overlap nor touch. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort((a, b) => a.offset - b.offset)
  const result: { offset: number; bytes: Uint8Array[]; end: number }[] = []
  for (const { offset, bytes } of sorted) {
    const last = result.at(-1)
    if (!last || offset > last.end) result.push({ offset, bytes: [bytes], end: offset + bytes.length })
    else if (offset + bytes.length > last.end) {
      last.bytes.push(bytes.subarray(last.end - offset))
      last.end = offset + bytes.length
    }
  }
  return result.map(({ offset, bytes }) => ({ offset, bytes: Buffer.concat(bytes) }))
}

/** The size of the file, the number of ranges, where each is and how long, as 64-bit numbers; then their bytes. All gzipped. */
function packed(size: number, ranges: readonly Range[]): Uint8Array {
  const head = new BigUint64Array(
    [size, ranges.length, ...ranges.flatMap(({ offset, bytes }) => [offset, bytes.length])].map(BigInt),
  )
  return gzipSync(Buffer.concat([Buffer.from(head.buffer), ...ranges.map(({ bytes }) => bytes)]))
}

/** A source over what was kept; `missed` tells that something else was asked for. */
export function keptSource(kept: Uint8Array): { readonly source: ByteSource; missed(): boolean } {
  const bytes = gunzipSync(kept)
  const number = (at: number) => Number(bytes.readBigUInt64LE(at * 8))
  const count = number(1)
  const ranges: Range[] = []
  let at = (2 + 2 * count) * 8
  for (let index = 0; index < count; index++) {
    const length = number(3 + 2 * index)
    ranges.push({ offset: number(2 + 2 * index), bytes: bytes.subarray(at, at + length) })
    at += length
  }
  const size = number(0)
  let missed = false
  return {
    source: priced({
      size,
      async read(offset, length) {
        const wanted = Math.max(0, Math.min(length, size - offset))
        const range = ranges.find(one => one.offset <= offset && one.offset + one.bytes.length >= offset + wanted)
        if (!range) {
          missed = true
          throw new Error('This part of the file was not kept.')
        }
        return range.bytes.subarray(offset - range.offset, offset - range.offset + wanted)
      },
    }),
    missed: () => missed,
  }
}
