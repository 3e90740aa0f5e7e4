import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { writeZip } from '../../fixtures/make/zip.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { readZip } from '../../src/archive/zip.js'
import { bytesSource } from '../../src/source/source.js'
import fc from '../support/fc.js'

// A second reader: what our walk calls clean, yauzl must read alike.

interface Row {
  readonly path: string
  readonly size: number
  readonly offset: number
  readonly sha256: string
}

const open = (file: Uint8Array) =>
  new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(Buffer.from(file), { lazyEntries: true, decodeStrings: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    ),
  )

const content = (zip: ZipFile, entry: Entry) =>
  new Promise<string>((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error)
      const hash = createHash('sha256')
      stream.on('data', chunk => hash.update(chunk))
      stream.on('end', () => resolve(hash.digest('base64url')))
      stream.on('error', reject)
    }),
  )

async function withYauzl(file: Uint8Array): Promise<readonly Row[]> {
  const zip = await open(file)
  const rows: Row[] = []
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      const path = Buffer.from(entry.fileName as unknown as Uint8Array).toString('utf8')
      content(zip, entry)
        .then(sha256 => {
          rows.push({ path, size: entry.uncompressedSize, offset: entry.relativeOffsetOfLocalHeader, sha256 })
          zip.readEntry()
        })
        .catch(reject)
    })
    zip.on('end', () => resolve(rows))
    zip.on('error', reject)
    zip.readEntry()
  })
}

const options = { limits: DEFAULT_LIMITS, interest: () => undefined, now: () => 0 }

async function withOurs(file: Uint8Array) {
  const { members, problems } = await readZip(bytesSource(file), options)
  const rows = members.map(({ path, size, offset, sha256 }): Row => ({ path, size, offset, sha256 }))
  return { rows, problems, whole: members.every(member => member.intact) }
}

/** A directory has no content for us, and the digest of nothing for yauzl. */
const comparable = (rows: readonly Row[]) => rows.map(row => (row.path.endsWith('/') ? { ...row, sha256: '' } : row))

const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter(text => !text.includes('\\'))
const entry = fc.record({
  name: fc.oneof(name, fc.constant('dir/')),
  data: fc.uint8Array({ maxLength: 3000 }),
  method: fc.constantFrom(0, 8),
})
const archive = fc.uniqueArray(entry, { maxLength: 12, selector: one => one.name })

describe('a clean zip', () => {
  it('is read as yauzl reads it, whatever its members are', async () => {
    await fc.assert(
      fc.asyncProperty(archive, async entries => {
        const file = writeZip(entries.map(one => (one.name.endsWith('/') ? { ...one, data: '' } : one)))
        const ours = await withOurs(file)
        expect(ours.problems).toEqual([])
        expect(ours.whole).toBe(true)
        expect(comparable(ours.rows)).toEqual(comparable(await withYauzl(file)))
      }),
      { numRuns: 60 },
    )
  })

  const corpus = fileURLToPath(new URL('../../../corpus/train/', import.meta.url))
  const there = existsSync(corpus)
  const wheels = there
    ? readdirSync(corpus)
        .filter(file => file.endsWith('.whl') && statSync(corpus + file).size < 100_000)
        .slice(0, 40)
    : []

  it.skipIf(!there)('of a real project is read alike too (needs ../corpus)', async () => {
    for (const file of wheels) {
      const buffer = readFileSync(corpus + file)
      const ours = await withOurs(buffer)
      if (ours.problems.length > 0) continue
      expect(comparable(ours.rows), file).toEqual(comparable(await withYauzl(buffer)))
    }
  })
})
