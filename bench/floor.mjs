// The least that anybody who checks a wheel has to do, in Node: inflate each member, its CRC-32, its SHA-256, and that of the file.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { crc32, inflateRawSync } from 'node:zlib'

const file = readFileSync(process.argv[2])
const hash = bytes => createHash('sha256').update(bytes).digest('base64url')
hash(file)
let end = file.length - 22
while (file.readUInt32LE(end) !== 0x06054b50) end--
let at = file.readUInt32LE(end + 16)
for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
  const [crc, packed, size] = [16, 20, 24].map(offset => file.readUInt32LE(at + offset))
  const [name, extra, comment] = [28, 30, 32].map(offset => file.readUInt16LE(at + offset))
  const local = file.readUInt32LE(at + 42)
  const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
  const raw = file.subarray(start, start + packed)
  const data = file.readUInt16LE(at + 10) === 8 ? inflateRawSync(raw, { maxOutputLength: size + 1 }) : raw
  if (crc32(data) !== crc) throw new Error(`the CRC-32 of member at ${local} differs`)
  hash(data)
  at += 46 + name + extra + comment
}
