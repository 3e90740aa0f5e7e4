import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'
import { connect, type Remote } from 'distaudit/remote'
import type { PgBoss } from 'pg-boss'
import { type Database, openDatabase } from '../src/database.ts'
import { type KnownEdition, known } from '../src/edition.ts'
import { type Pool, startPool } from '../src/engine/pool.ts'
import { migrate } from '../src/migrations.ts'
import { openQueue } from '../src/queue.ts'
import { type Worked, work } from '../src/work.ts'

export const FAST = { heartbeatSeconds: 10, retrySeconds: 0 }

export interface Place {
  readonly folder: string
  remove(): void
}

export function temporary(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'distaudit-test-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A wheel with one module; `extra` are more members. */
export function writeWheel(
  folder: string,
  name: string,
  version = '1.0',
  metadata = '',
  extra: Record<string, string> = {},
): string {
  const info = `${name}-${version}.dist-info`
  const members: Record<string, string> = {
    [`${name}/__init__.py`]: '',
    ...extra,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nRequires-Python: >=3.9\n${metadata}`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  }
  const hashed = Object.entries(members).map(([path, text]) => {
    const digest = createHash('sha256').update(text).digest('base64url')
    return `${path},sha256=${digest},${Buffer.byteLength(text)}\n`
  })
  members[`${info}/RECORD`] = `${hashed.join('')}${info}/RECORD,,\n`
  const path = join(folder, `${name}-${version}-py3-none-any.whl`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, zip(members))
  return path
}

const CRC = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})
const crc32 = (bytes: Uint8Array): number =>
  ~bytes.reduce((crc, byte) => (crc >>> 8) ^ CRC[(crc ^ byte) & 255]!, -1) >>> 0

export function zip(members: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [path, content] of Object.entries(members)) {
    const bytes = Buffer.from(content as string)
    const packed = deflateRawSync(bytes)
    const name = Buffer.from(path)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(0x5c_21_00_00, 6)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed])
    const more = Buffer.alloc(14)
    more.writeUInt32LE((0o100644 << 16) >>> 0, 6)
    more.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, more, name]))
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}

/** Real files of the repository's fixtures, copied into `folder`. */
export function copyFixtures(folder: string, names: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  for (const name of names)
    copyFileSync(fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url)), join(folder, basename(name)))
}

export interface Running {
  readonly database: Database
  readonly boss: PgBoss
  readonly edition: KnownEdition
  readonly pool: Pool
  readonly remote: Remote
  /** Works until the queue is empty. */
  drain(edition?: KnownEdition): Promise<Worked>
  close(): Promise<void>
}

/** A database with its queue, and processes that audit. */
export async function running(address: string): Promise<Running> {
  const database = await openDatabase(address)
  await migrate(database)
  const boss = await openQueue(database, FAST, true)
  const edition = await known(database)
  const pool = startPool({ processes: 2 })
  const remote = await connect({ env: {} })
  const place = temporary()
  return {
    database,
    boss,
    edition,
    pool,
    remote,
    drain: (other = edition) =>
      work({
        database,
        boss,
        pool,
        remote,
        edition: other,
        pace: FAST,
        concurrency: 2,
        untilEmpty: true,
        seconds: 60,
        mostBytes: 2 ** 30,
        folder: place.folder,
        signal: new AbortController().signal,
        log: () => {},
      }),
    async close() {
      pool.close()
      remote.close()
      await boss.stop({ graceful: false })
      await database.close()
      place.remove()
    },
  }
}
