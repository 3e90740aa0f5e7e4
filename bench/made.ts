import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { elf } from '../fixtures/make/elf.js'
import { bytes, concat, writeZip } from '../fixtures/make/zip.js'

const MiB = 1024 * 1024

/** The same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Words out of a list of 4,096: deflate makes a third of them, about as of machine code. */
function content(size: number, next: () => number): Uint8Array {
  const words = Array.from({ length: 4096 }, () => Uint8Array.from({ length: 8 }, () => Math.floor(next() * 256)))
  const data = new Uint8Array(size)
  for (let at = 0; at + 8 <= size; at += 8) data.set(words[Math.floor(next() * words.length)] ?? [], at)
  return data
}

/** A module of functions, some 4 kB of them. */
function moduleText(next: () => number): string {
  const name = (kind: string) => `${kind}_${Math.floor(next() * 1000)}`
  const functions = Array.from({ length: 20 }, (_, i) => {
    const [a, b] = [name('value'), name('text')]
    return `def function_${i}(${a}: int, *, ${b}: str = "text") -> str:\n    """Returns what ${b} says of ${a}."""\n    if ${a} > ${i}:\n        return f"{${a}}: {${b}}"\n    return ${b}.strip() + str(${a} * ${Math.floor(next() * 100)})\n`
  })
  return `import json\nimport os.path\n\n${functions.join('\n\n')}`
}

function wheelOf(tag: string, files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const metadata =
    'Metadata-Version: 2.4\nName: bench\nVersion: 1.0\nSummary: Made to be measured\nRequires-Python: >=3.9\nLicense-Expression: MIT\n'
  const pure = tag.endsWith('-any')
  const all = new Map<string, Uint8Array>()
  for (const [path, text] of files) all.set(path, bytes(text))
  all.set('bench-1.0.dist-info/METADATA', bytes(metadata))
  all.set(
    'bench-1.0.dist-info/WHEEL',
    bytes(`Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: ${pure}\nTag: ${tag}\n`),
  )
  const rows = [...all].map(
    ([path, data]) => `${path},sha256=${createHash('sha256').update(data).digest('base64url')},${data.length}\n`,
  )
  all.set('bench-1.0.dist-info/RECORD', bytes(`${rows.join('')}bench-1.0.dist-info/RECORD,,\n`))
  return writeZip(
    [...all].map(([name, data]) => ({ name, data, method: 8, body: new Uint8Array(deflateRawSync(data)) })),
  )
}

/** Writes wheels to measure into a folder: one with three libraries, some 24 MB, and one of 4,000 small files. Gives their paths. */
export function madeWheels(folder: string): { readonly middle: string; readonly many: string } {
  const next = numbers(1)
  const libraries = new Map<string, string | Uint8Array>([['bench/__init__.py', moduleText(next)]])
  for (const [i, size] of [4, 12, 48].entries()) {
    const exports = [`PyInit_part${i}`, ...Array.from({ length: 4000 }, (_, at) => `_ZN5bench4part${i}E${at}`)]
    const head = elf({ exports, needed: ['libc.so.6'] })
    libraries.set(`bench/part${i}.cpython-313-x86_64-linux-gnu.so`, concat(head, content(size * MiB, next)))
  }
  const small = new Map<string, string | Uint8Array>([['bench/__init__.py', '']])
  for (let i = 0; i < 4000; i++) {
    const path = `bench/folder${i % 50}/file${i}`
    small.set(i % 4 === 0 ? `${path}.py` : `${path}.txt`, moduleText(next))
  }
  mkdirSync(folder, { recursive: true })
  const write = (tag: string, files: ReadonlyMap<string, string | Uint8Array>): string => {
    const path = join(folder, `bench-1.0-${tag}.whl`)
    writeFileSync(path, wheelOf(tag, files))
    return path
  }
  return { middle: write('cp313-cp313-manylinux_2_17_x86_64', libraries), many: write('py3-none-any', small) }
}
