/**
 * `npm run authorities -- [all] [python=PYTHON] [warehouse=DIR]`: gives every example of the rules that speak of installers and
 * of the upload to pip, uv, twine and PyPI's own checks, and writes what they said to fixtures/authorities.jsonl, which
 * authorities.test.ts compares with `enforcedBy`. Only what has changed is asked, unless `all` is given. PYTHON has pip, uv and
 * twine beside it; without it the newest are installed into .cache/. DIR is a git checkout of pypi/warehouse; without it the
 * answers of PyPI stay open.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { RULES } from '../../rules/registry/index.js'
import { preparePython } from '../conformance/python.js'
import { type Answers, examplesOf, isTried, parseTable, type Row, TABLE, type Table, tableText } from './examples.js'

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const words = process.argv.slice(2)
const given = (name: string) => words.find(word => word.startsWith(`${name}=`))?.slice(name.length + 1)
const python = given('python') ?? preparePython('authorities', ['--upgrade', 'pip', 'uv', 'twine', 'packaging'])
const warehouse = given('warehouse')

const said = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' }).trim()
const versions = {
  python: said(python, '-c', 'import platform; print(platform.python_version())'),
  ...(JSON.parse(
    said(
      python,
      '-c',
      'import json; from importlib.metadata import version; print(json.dumps({n: version(n) for n in ("pip", "uv", "twine", "packaging")}))',
    ),
  ) as Record<string, string>),
  ...(warehouse === undefined ? {} : { warehouse: said('git', '-C', warehouse, 'rev-parse', '--short', 'HEAD') }),
}

const before: Table = existsSync(TABLE) ? parseTable(readFileSync(TABLE, 'utf8')) : { versions: {}, rows: new Map() }
// Answers of other tools than those that are here are no answers.
const isSame = Object.entries(versions).every(([name, version]) => before.versions[name] === version)
const known = new Map<string, Answers>()
if (isSame && !words.includes('all')) for (const { hash, answers } of before.rows.values()) known.set(hash, answers)

const scratch = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'distaudit-authorities-'))
const library = here('../../node_modules/pyodide/python_stdlib.zip')
const child = spawn(python, [here('./answers.py'), scratch, library, ...(warehouse === undefined ? [] : [warehouse])], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

/** Each file has its own folder, so that nothing is next to it. */
async function ask(filename: string, bytes: Uint8Array, index: number): Promise<Answers> {
  const path = join(scratch, 'files', String(index), filename)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  child.stdin.write(`${JSON.stringify(path)}\n`)
  const { value, done } = await lines.next()
  if (done) throw new Error(`the Python process ended at ${filename}`)
  rmSync(dirname(path), { recursive: true })
  return JSON.parse(value) as Answers
}

const rows = new Map<string, Row>()
let asked = 0
for await (const { key, filename, bytes, hash } of examplesOf(RULES.filter(isTried))) {
  let answers = known.get(hash)
  if (answers === undefined) {
    // A name that cannot be a file's.
    const open = filename.includes('/') || filename.includes('\0') || Buffer.byteLength(filename) > 255
    answers = open ? untried('no file can have this name') : await ask(filename, bytes, asked)
    known.set(hash, answers)
    asked++
    if (asked % 100 === 0) console.log(`${asked} asked, at ${key}`)
  }
  rows.set(key, { key, hash, answers })
}
child.stdin.end()
rmSync(scratch, { recursive: true, force: true })
writeFileSync(TABLE, tableText({ versions: { ...before.versions, ...versions }, rows }))
console.log(`${rows.size} examples, ${asked} of them asked now`)

function untried(why: string): Answers {
  const answer = `untried: ${why}`
  return { pip: answer, uv: answer, twine: answer, pypi: answer }
}
