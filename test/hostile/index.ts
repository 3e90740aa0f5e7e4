/**
 * `npm run hostile [-- PATTERN]`: the built command on every file of the generator, all formats at once. Fails on a status that
 * the manifest does not ask for, on text that no output may have, and on more than 150 MB over a small wheel's memory or 10 s of
 * the processor. Needs ../shared/hostile, Python 3, and `npm run build`.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asJudged } from '../support/hostile.js'
import { unsafeIn } from '../support/unsafe.js'

const MEMORY = 150
const SECONDS = 10
const FORMATS = ['json', 'sarif', 'github', 'gitlab', 'junit'] as const

interface Row {
  readonly case: string
  readonly path: string
  readonly expect: 'error' | 'warning' | 'any-finding' | 'clean'
  readonly text_must_not_contain?: readonly string[]
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const generator = path('../../../shared/hostile/make_hostile.py')
const command = path('../../dist/cli.cjs')
const measure = path('../support/measure.cjs')
for (const needed of [generator, command])
  if (!existsSync(needed)) {
    console.error(`skipped: there is no ${needed}`)
    process.exit(2)
  }

const scratch = mkdtempSync(join(tmpdir(), 'distaudit-hostile-'))
execFileSync('python3', [generator, scratch])
const written = JSON.parse(readFileSync(join(scratch, 'manifest.json'), 'utf8')) as readonly Row[]
const manifest = written.map(asJudged)
const wanted = new RegExp(process.argv[2] ?? '.')

function audit(row: Row) {
  const out = mkdtempSync(join(scratch, 'out-'))
  const usage = join(out, 'usage')
  const files = FORMATS.flatMap(format => ['--format', `${format}=${join(out, format)}`])
  const args = [
    '--require',
    measure,
    command,
    '--no-config',
    '--severity',
    'info',
    '--format',
    'text',
    '--verbose',
    ...files,
  ]
  const env = { ...process.env, DISTAUDIT_MEASURE: usage, GITHUB_STEP_SUMMARY: join(out, 'summary') }
  const child = spawnSync(process.execPath, [...args, join(scratch, row.path)], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  })
  const used = JSON.parse(readFileSync(usage, 'utf8')) as { rss: number; seconds: number }
  const outputs = [
    ['text', child.stdout],
    ['stderr', child.stderr],
  ] as [string, string][]
  for (const name of readdirSync(out)) if (name !== 'usage') outputs.push([name, readFileSync(join(out, name), 'utf8')])
  rmSync(out, { recursive: true, force: true })
  return { ...used, status: child.status, outputs }
}

function faultsOf(row: Row, result: ReturnType<typeof audit>, base: number): readonly string[] {
  const faults: string[] = []
  const json = result.outputs.find(([name]) => name === 'json')?.[1]
  const summary = json === undefined ? undefined : (JSON.parse(json) as { summary: Record<string, number> }).summary
  const { error = 0, warning = 0, info = 0 } = summary ?? {}
  const given = { error, warning, 'any-finding': error + warning + info, clean: error + warning === 0 ? 1 : 0 }
  if (given[row.expect] === 0 || summary === undefined) faults.push(`expected ${row.expect}`)
  if (result.status !== (error > 0 ? 1 : 0)) faults.push(`status ${result.status}`)
  if (result.rss - base > MEMORY) faults.push(`${(result.rss - base).toFixed(0)} MB over the baseline`)
  if (result.seconds > SECONDS) faults.push(`${result.seconds.toFixed(1)} s`)
  for (const [name, output] of result.outputs) {
    const unsafe = unsafeIn(output)
    if (unsafe) faults.push(`${name}: ${unsafe}`)
    for (const text of name === 'text' || name === 'stderr' || name === 'github'
      ? (row.text_must_not_contain ?? [])
      : [])
      if (output.includes(text)) faults.push(`${name} contains ${JSON.stringify(text)}`)
  }
  return faults
}

const good = manifest.find(row => row.case === 'wheel-good')
if (!good) throw new Error('the generator has no wheel-good')
const base = audit(good).rss
console.log(`baseline ${base.toFixed(0)} MB`)
let failed = 0
let most = 0
let slowest = 0
const chosen = manifest.filter(row => wanted.test(row.case))
for (const row of chosen) {
  const result = audit(row)
  most = Math.max(most, result.rss - base)
  slowest = Math.max(slowest, result.seconds)
  const faults = faultsOf(row, result, base)
  if (faults.length > 0) {
    failed++
    console.log(`FAIL ${row.case}: ${faults.join('; ')}`)
  }
  if (result.seconds > 2 || result.rss - base > 60)
    console.log(
      `     ${row.case}: ${result.seconds.toFixed(1)} s, ${(result.rss - base).toFixed(0)} MB over the baseline`,
    )
}
rmSync(scratch, { recursive: true, force: true })
console.log(
  `${chosen.length} files, ${failed} failed; at most ${most.toFixed(0)} MB over the baseline and ${slowest.toFixed(1)} s of the processor`,
)
process.exitCode = failed === 0 ? 0 : 1
