import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DifferentialOptions } from './index.js'
import { framed, startReader } from './reader.js'
import { FILENAME, zipCase } from './zip-cases.js'
import { auditZip, compareZip, type PythonAnswer, type UvAnswer, verdictOf } from './zip-compare.js'

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const CRATE = here('./uv-zip')
const BATCH = 64

/** The crates ask for a newer Rust than they need. */
function buildUv(): string {
  const args = ['build', '--locked', '--ignore-rust-version', '--manifest-path', join(CRATE, 'Cargo.toml')]
  execFileSync('cargo', args, { stdio: 'inherit' })
  return join(CRATE, 'target/debug/distaudit-uv-zip')
}

/**
 * Made wheels, read by zipfile as pip does, checked as PyPI does, unpacked by uv as a download and from a file, and audited.
 * `python=` one with an older zipfile; the newer one is that of pyodide's standard library. `uv=` the program, where it was
 * built before, or `no`; `case=` one case alone, told in full;
 * `seconds=` ends after so many; `record=` writes the verdicts to a file, as test/archive/zip-readers.test.ts has them.
 */
export async function run({ cases, seed, more }: DifferentialOptions): Promise<number> {
  const scratch = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'distaudit-zip-'))
  const library = here('../../node_modules/pyodide/python_stdlib.zip')
  const python = startReader<PythonAnswer>(more.get('python') ?? 'python3', [
    here('./zip_answers.py'),
    FILENAME,
    library,
  ])
  const program = more.get('uv') ?? buildUv()
  const uv = program === 'no' ? undefined : startReader<UvAnswer>(program, [scratch])
  const one = more.get('case')
  const first = one === undefined ? 0 : Number(one)
  const end = one === undefined ? cases : first + 1
  const counts = new Map<string, { count: number; index: number; told: string }>()
  const started = Date.now()
  const verdicts: string[] = []
  let different = 0
  let refused = 0
  const until = started + Number(more.get('seconds') ?? Number.POSITIVE_INFINITY) * 1000
  let at = first
  for (; at < end && Date.now() < until; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, end - at) }, (_, i) => zipCase(seed, at + i))
    const files = batch.map(({ bytes }) => framed(bytes))
    const asked = Promise.all([python.ask(files), uv?.ask(files)])
    const audits = []
    for (const { bytes } of batch) audits.push(await auditZip(bytes))
    const [fromPython, fromUv] = await asked
    for (const [i, { told, bytes }] of batch.entries()) {
      const answers = { ...fromPython[i]!, uv: fromUv?.[i] }
      const found = compareZip(audits[i]!, answers)
      verdicts.push(verdictOf(bytes, answers))
      if (one !== undefined) {
        console.log(JSON.stringify({ told, audit: audits[i], answers, found }, undefined, 1))
        console.log(Buffer.from(bytes).toString('base64'))
      }
      if (answers.pip ?? answers.pypi ?? answers.uv?.stream.error ?? answers.uv?.seek.error) refused++
      if (found.length > 0) different++
      for (const what of found) {
        const row = counts.get(what)
        if (row) row.count++
        else counts.set(what, { count: 1, index: at + i, told: told.join(' + ') })
      }
    }
  }
  const record = more.get('record')
  if (record !== undefined) writeFileSync(record, `${JSON.stringify({ seed, first, cases: verdicts }, undefined, 1)}\n`)
  python.end()
  uv?.end()
  rmSync(scratch, { recursive: true, force: true })
  const done = Math.min(at, end) - first
  const rate = Math.round((done * 1000) / (Date.now() - started))
  console.log(
    `${done} cases of seed ${seed}, ${rate} a second: ${refused} refused by a reader, ${different} with a difference`,
  )
  for (const [what, { count, index, told }] of [...counts].sort((a, b) => b[1].count - a[1].count))
    console.log(`${String(count).padStart(7)} ${what}\n        case ${index}: ${told.slice(0, 300)}`)
  return different
}
