import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DifferentialOptions } from './index.js'
import { framed, startReader } from './reader.js'
import { tarCase } from './tar-cases.js'
import { type Answers, differences, ours } from './tar-compare.js'
import type { PythonAnswer, Unpacked } from './tar-readers.js'

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const CRATE = here('./uv-tar')
const BATCH = 64

/**
 * Made sdists, read by tarfile, unpacked by pip and by uv, checked as PyPI does, and audited.
 * `python=` one with pip, for its own tarfile; `newer=` one from 3.13 on, for that of pyodide's standard library;
 * `case=` one case alone, told in full; `show=TEXT` every difference that has the text;
 * `record=FILE` writes what the readers say, for test/archive/tar-readers.test.ts.
 */
export async function run({ cases, seed, more }: DifferentialOptions): Promise<number> {
  const scratch = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'distaudit-tar-'))
  const library = here('../../node_modules/pyodide/python_stdlib.zip')
  const python = more.get('python') ?? 'python3'
  let uv = more.get('uv')
  if (uv === undefined) {
    execFileSync('cargo', ['build', '--release', '--quiet', '--manifest-path', join(CRATE, 'Cargo.toml')], {
      stdio: 'inherit',
    })
    uv = join(CRATE, 'target/release/distaudit-uv-tar')
  }
  const older = startReader<PythonAnswer>(python, [here('./tar.py'), scratch])
  const newer = startReader<PythonAnswer>(more.get('newer') ?? python, [here('./tar.py'), scratch, library])
  const unpacker = startReader<Unpacked>(uv, [scratch])
  const one = more.get('case')
  const first = one === undefined ? 0 : Number(one)
  const end = one === undefined ? cases : first + 1
  const counts = new Map<string, { count: number; index: number; told: string }>()
  const recorded: string[] = []
  const started = Date.now()
  let different = 0
  for (let at = first; at < end; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, end - at) }, (_, i) => tarCase(seed, at + i))
    const files = batch.map(({ bytes, gzip }) => framed(bytes, '', gzip ? 'z' : 't'))
    const asked = Promise.all([older.ask(files), newer.ask(files), unpacker.ask(files)])
    const audited = []
    for (const each of batch) audited.push(await ours(each))
    const [olds, news, unpacked] = await asked
    for (const [i, each] of batch.entries()) {
      const { told, members } = audited[i]!
      const answers = { older: olds[i]!, newer: news[i]!, uv: unpacked[i]! }
      const found = differences(told, members, answers)
      if (more.has('record')) recorded.push(JSON.stringify(briefly(answers)))
      if (one !== undefined)
        console.log(JSON.stringify({ told: each.told, findings: told, members, answers }, undefined, 1))
      if (found.length > 0) different++
      for (const what of found) {
        if (more.has('show') && what.includes(more.get('show')!))
          console.log(
            `${at + i}: ${each.told.join(' + ')}\n    ${what}\n    uv: ${failure(answers.uv)}; pip: ${failure(answers.newer.pip)}; older: ${failure(answers.older.pip)}; PyPI: ${JSON.stringify(answers.newer.pypi)}`,
          )
        const row = counts.get(what)
        if (row) row.count++
        else counts.set(what, { count: 1, index: at + i, told: each.told.join(' + ') })
      }
    }
  }
  const file = more.get('record')
  if (file !== undefined) writeFileSync(file, `${recorded.join('\n')}\n`)
  for (const each of [older, newer, unpacker]) each.end()
  rmSync(scratch, { recursive: true, force: true })
  const rate = Math.round(((end - first) * 1000) / (Date.now() - started))
  console.log(`${end - first} cases of seed ${seed}, ${rate} a second: ${different} with a difference`)
  for (const [what, { count, index, told }] of [...counts].sort((a, b) => b[1].count - a[1].count))
    console.log(`${String(count).padStart(7)} ${what}\n        case ${index}: ${told.slice(0, 300)}`)
  return different
}

/** Contents by a part of their hash, messages by their beginning. */
function briefly({ older, newer, uv }: Answers): Answers {
  const short = (unpacked: Unpacked): Unpacked =>
    'error' in unpacked
      ? { error: unpacked.error.slice(0, 60) }
      : {
          tree: Object.fromEntries(
            Object.entries(unpacked.tree).map(([path, what]) => [
              path,
              what.startsWith('f:') ? `f:${createHash('sha256').update(what).digest('hex').slice(0, 8)}` : what,
            ]),
          ),
        }
  const python = ({ list, pypi, pip }: PythonAnswer): PythonAnswer => ({
    list: 'error' in list ? { error: list.error } : list,
    ...(pypi && { pypi: 'error' in pypi ? { error: pypi.error } : pypi }),
    ...(pip && { pip: short(pip) }),
  })
  return { older: python(older), newer: python(newer), uv: short(uv) }
}

const failure = (answer: Unpacked | undefined): string =>
  answer && 'error' in answer ? `${answer.error} ${answer.text ?? ''}`.slice(0, 200) : 'takes it'
