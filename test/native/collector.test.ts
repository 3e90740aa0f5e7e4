import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { elf } from '../../fixtures/make/elf.js'
import { fat, macho } from '../../fixtures/make/macho.js'
import type { Consumer, MemberHeader } from '../../src/archive/archive.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { nativeInterest } from '../../src/native/collector.js'
import { type NativeFile, parseNative } from '../../src/native/index.js'

const header = (size: number): MemberHeader => ({
  path: 'demo/x.so',
  type: 'file',
  size,
  compressedSize: size,
  mode: 0,
  mtime: undefined,
  link: undefined,
  offset: 0,
})

/** Gives a member in chunks, again as long as it is asked for; the last facts, and how often it was given. */
function read(bytes: Uint8Array, chunk: number, nativeSize: number, padding = 0) {
  let file: NativeFile | undefined
  let passes = 0
  const interest = nativeInterest(header(bytes.length + padding), { ...DEFAULT_LIMITS, nativeSize }, one => {
    file = one
  })
  const give = (consumer: Consumer, chunk: Uint8Array) => {
    consumer.write(chunk)
    consumer.due?.()?.()
  }
  for (let consumer: ReturnType<typeof interest.again> = interest.consumer; consumer; consumer = interest.again()) {
    passes++
    for (let at = 0; at < bytes.length; at += chunk) give(consumer, bytes.slice(at, at + chunk))
    const zeros = new Uint8Array(1024 * 1024)
    for (let left = padding; left > 0; left -= zeros.length)
      give(consumer, zeros.subarray(0, Math.min(left, zeros.length)))
    consumer.end?.(true)
  }
  return { file, passes }
}

const real = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/native/${name}`, import.meta.url)))

it.each([1, 7, 4096, 100_000])('keeps a member whole, given in chunks of %i bytes', chunk => {
  const bytes = real('elf-x86_64.so')
  expect(read(bytes, chunk, 1024 * 1024)).toEqual({ file: parseNative('demo/x.so', bytes), passes: 1 })
})

it('gives nothing for a member that is no binary', () => {
  expect(read(new TextEncoder().encode('print("hello")\n'.repeat(1000)), 64, 1024)).toEqual({
    file: undefined,
    passes: 1,
  })
})

it('fetches the ranges that the headers of a large member name, in a second pass', () => {
  // Tables at the end, as patchelf leaves them, behind eight megabytes of content.
  const spec = {
    needed: ['libc.so.6'],
    versions: { 'libc.so.6': ['GLIBC_2.17'] },
    imports: ['PyList_New'],
    exports: ['PyInit_x'],
    debug: 8 * 1024 * 1024,
  }
  const bytes = elf(spec)
  const whole = parseNative('demo/x.so', bytes)
  const { file, passes } = read(bytes, 256 * 1024, 2 * 1024 * 1024)
  expect(file).toEqual(whole)
  expect(file).toMatchObject({ needed: ['libc.so.6'], debugSize: 8 * 1024 * 1024 })
  expect(passes).toBeLessThanOrEqual(2)
})

it('does not look for more than a few passes, whatever the headers say', () => {
  const bytes = elf({ debug: 3 * 1024 * 1024, needed: ['libc.so.6'] })
  new DataView(bytes.buffer).setUint32(64 + 56 + 8, 0x7fffffff, true)
  expect(read(bytes, 65_536, 65_536).passes).toBeLessThanOrEqual(4)
})

it('leaves out page hashes of a member that is not kept whole', () => {
  const { file, passes } = read(macho({ debug: 2 * 1024 * 1024, exports: ['PyInit_x'] }), 65_536, 65_536)
  expect(file).toMatchObject({
    problems: [],
    slices: [{ signature: { state: 'unchecked' }, exports: new Set(['PyInit_x']) }],
  })
  expect(passes).toBe(1)
})

it('fetches the load commands of an architecture at once, however many pages they take', () => {
  // More pages than the headers are read again for, even in all passes together.
  const rpaths = Array.from({ length: 3000 }, (_, i) => `@loader_path/${'x'.repeat(200)}${i}`)
  const bytes = fat(macho({ debug: 2 * 1024 * 1024, signature: 'none' }), macho({ rpaths, signature: 'none' }))
  const { file, passes } = read(bytes, 65_536, 2 * 1024 * 1024)
  expect(file).toEqual(parseNative('demo/x.so', bytes))
  expect(file).toMatchObject({ slices: [{ rpaths: [] }, { rpaths }] })
  expect(passes).toBeLessThanOrEqual(2)
})

it('reads a large library in one pass where its symbols are within a quarter of what may be kept', () => {
  const bytes = elf({
    needed: ['libc.so.6'],
    exports: ['PyInit_x', ...Array.from({ length: 20_000 }, (_, i) => `${'symbol'.repeat(10)}${i}`)],
    debug: 24 * 1024 * 1024,
  })
  const { file, passes } = read(bytes, 256 * 1024, 16 * 1024 * 1024)
  expect(file).toEqual(parseNative('demo/x.so', bytes))
  expect(passes).toBe(1)
})
