import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { preparePython } from '../conformance/python.js'
import type { DifferentialOptions } from './index.js'
import { framed, type Reader, startReader } from './reader.js'

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** entry_points.txt or METADATA. */
type TextKind = 'e' | 'm'

/** pip, importlib.metadata, ConfigParser and packaging; `python` is one that has pip and packaging. */
const pythonReader = <Answer>(python: string | undefined): Reader<Answer> =>
  startReader(python ?? preparePython('differential-venv', ['pip==26.3', 'packaging==26.4']), [here('./text.py')])

/** uv's crates; `program` is what cargo builds of uv-text/. */
function uvReader<Answer>(program: string | undefined): Reader<Answer> {
  if (program !== undefined) return startReader(program, [])
  const manifest = here('./uv-text/Cargo.toml')
  execFileSync('cargo', ['build', '--release', '--quiet', '--ignore-rust-version', '--manifest-path', manifest], {
    stdio: 'inherit',
  })
  return startReader(here('./uv-text/target/release/distaudit-uv-text'), [])
}

const BATCH = 500

/** Asks both of made texts, and prints every way in which we say something else. `record=` keeps the answers, for `npm test`. */
export async function runTexts<Python, Uv>(
  kind: TextKind,
  make: (seed: number) => Uint8Array,
  compare: (text: Uint8Array, python: Python, uv: Uv) => readonly string[],
  { cases, seed, more }: DifferentialOptions,
): Promise<number> {
  const python = pythonReader<Python>(more.get('python'))
  const uv = uvReader<Uv>(more.get('uv'))
  const one = more.get('case')
  const [first, end] = one === undefined ? [0, cases] : [Number(one), Number(one) + 1]
  const counts = new Map<string, { count: number; index: number; text: string }>()
  const recorded: string[] = []
  let different = 0
  for (let at = first; at < end; at += BATCH) {
    const texts = Array.from({ length: Math.min(BATCH, end - at) }, (_, i) => make(seed * 1_000_003 + at + i))
    const files = texts.map(text => framed(text, kind))
    const [theirs, uvs] = await Promise.all([python.ask(files), uv.ask(files)])
    for (const [i, text] of texts.entries()) {
      const found = compare(text, theirs[i]!, uvs[i]!)
      recorded.push(`${JSON.stringify([Buffer.from(text).toString('base64'), theirs[i], uvs[i]])}\n`)
      const shown = JSON.stringify(new TextDecoder().decode(text))
      if (one !== undefined) console.log(shown, JSON.stringify({ ...theirs[i], uv: uvs[i], found }, undefined, 1))
      if (found.length > 0) different++
      for (const what of found) {
        const row = counts.get(what)
        if (row) row.count++
        else counts.set(what, { count: 1, index: at + i, text: shown })
      }
    }
  }
  python.end()
  uv.end()
  const record = more.get('record')
  if (record !== undefined) writeFileSync(record, recorded.join(''))
  console.log(`${end - first} cases of seed ${seed}: ${different} with a difference`)
  for (const [what, { count, index, text }] of counts)
    console.log(`${String(count).padStart(7)} ${what}\n        case ${index}: ${text}`)
  return different
}
