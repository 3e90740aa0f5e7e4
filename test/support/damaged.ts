import { deflateRawSync } from 'node:zlib'
import { bytes, concat, type ZipEntry } from '../../fixtures/make/zip.js'
import { noise } from '../web/noise.js'

/** Members of so many bytes that are as their records say, and others that are not, in each way that a deflate stream has. */
export function damagedMembers(folder: string, size: number): readonly ZipEntry[] {
  const data = concat(bytes(noise(1, size / 2)), new Uint8Array(size / 2))
  const body = deflateRawSync(data)
  const broken = body.slice()
  broken.fill(0xff, 1000, 1100)
  const member = (name: string, entry: Partial<ZipEntry> = {}): ZipEntry => ({
    name: `${folder}/${name}`,
    data,
    method: 8,
    ...entry,
  })
  const sized = (stated: number) => ({ central: { size: stated }, local: { size: stated } })
  const summed = { central: { crc: 1 }, local: { crc: 1 } }
  return [
    member('whole.bin'),
    member('whole-too.bin', { data: data.toReversed() }),
    member('byte-behind.bin', { body: concat(body, Uint8Array.of(0)) }),
    member('stream-behind.bin', { body: concat(body, body) }),
    member('cut.bin', { body: body.subarray(0, -1) }),
    member('cut-early.bin', { body: body.subarray(0, 1000) }),
    member('broken.bin', { body: broken }),
    member('sum.bin', summed),
    member('larger.bin', sized(size - 1)),
    member('smaller.bin', sized(size + 1)),
    member('bomb.bin', { body: deflateRawSync(new Uint8Array(8 * size)) }),
    member('stored.bin', { method: 0 }),
  ]
}
