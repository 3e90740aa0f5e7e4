/**
 * Feeds mutated real binaries to the readers: `npx tsx test/fuzz/native.ts [cases] [seed]`, 1,000,000 cases by default.
 * Fails on an exception, on a case that takes more than a second of the processor, and on memory that grows. Seeds are the binaries of
 * fixtures/native, the crafted ones, and small members of the wheels in $DISTAUDIT_CORPUS where that is set.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { elf } from '../../fixtures/make/elf.js'
import { fat, macho } from '../../fixtures/make/macho.js'
import { pe } from '../../fixtures/make/pe.js'
import { wasm } from '../../fixtures/make/wasm.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { nativeInterest } from '../../src/native/collector.js'
import { parseNative } from '../../src/native/index.js'
import { nativeWheel } from '../support/native-wheel.js'

const SLOW = 1000
const LARGEST = 64 * 1024
const WHEELS = 150

const fixtures = fileURLToPath(new URL('../../fixtures/native/', import.meta.url))
const seeds: Uint8Array[] = readdirSync(fixtures)
  .filter(name => !name.endsWith('.sh'))
  .map(name => new Uint8Array(readFileSync(fixtures + name)))
seeds.push(elf({ versions: { 'libc.so.6': ['GLIBC_2.17'] }, needed: ['libc.so.6'], imports: ['PyList_New'], isa: 4 }))
seeds.push(
  elf({ bits: 32, little: false, machine: 20, needed: ['libc.so'], runpath: '$ORIGIN', armCpu: 10, debug: 100 }),
)
seeds.push(macho({ imports: ['PyList_New'], rpaths: ['@loader_path'] }), fat(macho(), macho({ arch: 'x86_64' })))
seeds.push(pe({ pdb: 'C:\\x.pdb', exports: ['PyInit__x'] }), pe({ plus: false, machine: 0x14c }))
seeds.push(wasm({ needed: ['a.so'], runtimePaths: ['$ORIGIN'], imports: ['PyList_New'], exports: ['PyInit__x'] }))
seeds.push(...(await corpusSeeds()))

/** Small binaries of real wheels, taken evenly from the list. */
async function corpusSeeds(): Promise<readonly Uint8Array[]> {
  const corpus = process.env.DISTAUDIT_CORPUS
  if (!corpus || !existsSync(corpus)) return []
  const names = readdirSync(corpus).filter(name =>
    /-(?:manylinux|musllinux|win|macosx|ios|android|pyemscripten)[^-]*\.whl$/.test(name),
  )
  const step = Math.max(1, Math.floor(names.length / WHEELS))
  const found: Uint8Array[] = []
  const { readZip } = await import('../../src/archive/zip.js')
  const { bytesSource } = await import('../../src/source/source.js')
  for (let index = 0; index < names.length; index += step) {
    const name = names[index] ?? ''
    const bytes = new Uint8Array(readFileSync(`${corpus}/${name}`))
    const wheel = await nativeWheel(name, bytes)
    const small = [...wheel.natives.values()].find(file => file.size <= LARGEST)
    if (!small) continue
    await readZip(bytesSource(bytes), {
      limits: DEFAULT_LIMITS,
      now: () => 0,
      interest: header => {
        if (header.path !== small.path) return undefined
        const chunks: Uint8Array[] = []
        return {
          consumer: {
            write: chunk => void chunks.push(chunk.slice()),
            end: () => void found.push(new Uint8Array(Buffer.concat(chunks))),
          },
        }
      },
    })
  }
  return found
}

/** xorshift32: the same cases for the same seed on every machine. */
function generator(seed: number): (below: number) => number {
  let state = seed | 0 || 1
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const INTERESTING = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

function mutated(original: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = original.slice(0, random(8) === 0 ? random(original.length + 1) : original.length)
  for (let count = 1 + random(8); count > 0 && bytes.length > 8; count--) {
    // Headers sit at the beginning; the magic stays, or nothing is read at all.
    const at = 4 + random(random(3) === 0 ? bytes.length - 4 : Math.min(bytes.length - 4, 1024))
    const value = INTERESTING[random(INTERESTING.length)] ?? 0
    switch (random(5)) {
      case 0:
        bytes[at] = random(256)
        break
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
        break
      case 2:
        for (let index = 0; index < 4 && at + index < bytes.length; index++)
          bytes[at + index] = (value >>> (8 * index)) & 0xff
        break
      case 3:
        for (let index = 0; index < 4 && at + index < bytes.length; index++)
          bytes[at + index] = (value >>> (24 - 8 * index)) & 0xff
        break
      default:
        bytes.copyWithin(at, random(bytes.length), random(bytes.length))
    }
  }
  return bytes
}

/** Reads a member in two passes through the ranges its headers name. */
function inRanges(bytes: Uint8Array): void {
  const header = {
    path: 'x.so',
    type: 'file',
    size: bytes.length,
    compressedSize: 1,
    mode: 0,
    mtime: undefined,
    link: undefined,
    offset: 0,
  } as const
  const interest = nativeInterest(header, { ...DEFAULT_LIMITS, nativeSize: 4096 }, () => undefined)
  for (let consumer: ReturnType<typeof interest.again> = interest.consumer; consumer; consumer = interest.again()) {
    for (let at = 0; at < bytes.length; at += 3000) consumer.write(bytes.subarray(at, at + 3000))
    consumer.end?.(true)
  }
}

const cases = Number(process.argv[2] ?? 1_000_000)
const random = generator(Number(process.argv[3] ?? 20261125))
const started = performance.now()
let slowest = 0
let read = 0
let problems = 0
const heap = process.memoryUsage().rss
console.log(`${seeds.length} seeds, ${cases} cases`)
for (let index = 0; index < cases; index++) {
  const bytes = mutated(seeds[random(seeds.length)] ?? new Uint8Array(0), random)
  const from = process.cpuUsage()
  try {
    const file = parseNative('demo/x.so', bytes)
    if (file) read++
    if (file && file.problems.length > 0) problems++
    if (random(50) === 0) inRanges(bytes)
  } catch (error) {
    writeFileSync('fuzz-native-failure.bin', bytes)
    throw new Error(`case ${index} (written to fuzz-native-failure.bin)`, { cause: error })
  }
  const used = process.cpuUsage(from)
  const took = (used.user + used.system) / 1000
  slowest = Math.max(slowest, took)
  if (took > SLOW) {
    writeFileSync('fuzz-native-failure.bin', bytes)
    throw new Error(`case ${index} took ${took.toFixed(0)} ms (written to fuzz-native-failure.bin)`)
  }
}
const grown = (process.memoryUsage().rss - heap) / 1024 / 1024
console.log(
  `${read} read, ${problems} of them with problems; ${((performance.now() - started) / 1000).toFixed(0)} s, slowest case ${slowest.toFixed(0)} ms, memory grew by ${grown.toFixed(0)} MiB`,
)
if (grown > 200) process.exitCode = 1
