import { entryPointsCase } from './entry-points-cases.js'
import { compare, type PythonEntryPoints, type UvEntryPoints } from './entry-points-compare.js'
import type { DifferentialOptions } from './index.js'
import { pythonReader, uvReader } from './text-readers.js'

const BATCH = 500

/**
 * Made entry_points.txt, read by importlib.metadata, by pip's code for commands, by ConfigParser as PyPI does, and by the crate
 * that uv uses. `python=` one with pip and packaging, `uv=` the program of uv-text/, `case=` one case alone, told in full.
 */
export async function run({ cases, seed, more }: DifferentialOptions): Promise<number> {
  const python = pythonReader<PythonEntryPoints>(more.get('python'))
  const uv = uvReader<UvEntryPoints>(more.get('uv'))
  const one = more.get('case')
  const [first, end] = one === undefined ? [0, cases] : [Number(one), Number(one) + 1]
  const counts = new Map<string, { count: number; index: number; text: string }>()
  let different = 0
  for (let at = first; at < end; at += BATCH) {
    const texts = Array.from({ length: Math.min(BATCH, end - at) }, (_, i) =>
      entryPointsCase(seed * 1_000_003 + at + i),
    )
    const [theirs, uvs] = await Promise.all([python.ask('e', texts), uv.ask('e', texts)])
    for (const [i, text] of texts.entries()) {
      const found = compare(text, theirs[i]!, uvs[i]!)
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
  console.log(`${end - first} cases of seed ${seed}: ${different} with a difference`)
  for (const [what, { count, index, text }] of counts)
    console.log(`${String(count).padStart(7)} ${what}\n        case ${index}: ${text}`)
  return different
}
