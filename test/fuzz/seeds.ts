import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildExample } from '../../fixtures/build.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { readTar } from '../../src/archive/tar.js'
import { readZip } from '../../src/archive/zip.js'
import type { AnyRule } from '../../src/rule.js'
import { bytesSource } from '../../src/source/source.js'

/** Larger archives are read too slowly to be worth a million cases. */
const LARGEST = 24 * 1024

export interface Content {
  readonly name: string
  readonly data: Uint8Array
}

export interface SeedArchive {
  readonly filename: string
  readonly bytes: Uint8Array
  readonly contents: readonly Content[]
}

/** Archives of the rules' examples, and what is in them, by the end of the name. */
export interface Seeds {
  readonly zips: readonly SeedArchive[]
  readonly tars: readonly SeedArchive[]
  texts(pattern: RegExp): readonly Uint8Array[]
}

const root = fileURLToPath(new URL('../../', import.meta.url))

export async function gatherSeeds(rules: readonly AnyRule[]): Promise<Seeds> {
  const zips = new Map<string, SeedArchive>()
  const tars = new Map<string, SeedArchive>()
  const texts = new Map<string, Content>()
  const loose: Content[] = []
  for (const rule of rules)
    for (const example of [rule.bad, rule.good].flat()) {
      for (const { filename, bytes, broken } of await buildExample(example)) {
        if (broken || bytes.length > LARGEST) continue
        const isTar = filename.endsWith('.tar.gz')
        if (!isTar && !/\.(?:whl|zip)$/.test(filename)) {
          loose.push({ name: filename, data: bytes })
          continue
        }
        const contents = await contentsOf(bytes, isTar)
        const shape = `${filename}\0${contents.map(one => `${one.name} ${Buffer.from(one.data).toString('latin1')}`).join('\0')}`
        const list = isTar ? tars : zips
        // Archives that differ in their records alone count as well, but examples repeat.
        if (!list.has(shape) || rule.topic === 'archive')
          list.set(rule.topic === 'archive' ? `${rule.id}${shape}` : shape, { filename, bytes, contents })
        for (const one of contents)
          texts.set(`${one.name.replace(/^[^/]*\//, '')}\0${Buffer.from(one.data).toString('latin1')}`, one)
      }
    }
  const all = [...texts.values(), ...loose]
  return {
    zips: [...zips.values()],
    tars: [...tars.values()],
    texts: pattern => all.filter(({ name }) => pattern.test(name)).map(({ data }) => data),
  }
}

export async function contentsOf(bytes: Uint8Array, isTar: boolean): Promise<readonly Content[]> {
  const contents: Content[] = []
  await (isTar ? readTar : readZip)(bytesSource(bytes), {
    limits: DEFAULT_LIMITS,
    now: () => 0,
    interest: header => {
      const chunks: Uint8Array[] = []
      if (header.type !== 'file') return undefined
      return {
        consumer: {
          write: chunk => void chunks.push(chunk.slice()),
          end: () => void contents.push({ name: header.path, data: new Uint8Array(Buffer.concat(chunks)) }),
        },
      }
    },
  })
  return contents
}

/** Real binaries of fixtures/native, by a part of their names. */
export function nativeSeeds(pattern: RegExp): readonly Uint8Array[] {
  const folder = `${root}fixtures/native/`
  return readdirSync(folder)
    .filter(name => pattern.test(name))
    .map(name => new Uint8Array(readFileSync(folder + name)))
    .filter(({ length }) => length <= 64 * 1024)
}

/** Inputs of one kind among the cases recorded from Python's packaging. */
export function recordedSeeds(kind: RegExp): readonly Uint8Array[] {
  const lines = readFileSync(`${root}test/standards/packaging-cases.jsonl`, 'utf8').split('\n')
  return lines
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as { kind: string; input: string })
    .filter(({ kind: one, input }) => kind.test(one) && typeof input === 'string')
    .map(({ input }) => new TextEncoder().encode(input))
}
