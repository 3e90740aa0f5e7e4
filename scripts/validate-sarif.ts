/**
 * Opt-in: runs Microsoft's SARIF validator, with GitHub's rules, over SARIF files of ours.
 *
 *   npx tsx scripts/validate-sarif.ts [FILE.sarif...]      without files: a report made here that has every kind of result
 *
 * The validator (96 MB) is fetched from npm into .cache/ once. Exits with 1 when it reports an error.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RULES } from '../rules/registry/index.js'
import { renderSarif } from '../src/report/sarif.js'
import { findingOf, memberFinding, pyproject, reportOf, wheelOf } from '../test/report/sample.js'

const PACKAGE = '@microsoft/sarif-multitool-linux@5.7.0'
/** Findings about style that cannot be met: whole-file results have no region, on purpose. */
const EXPECTED = new Set(['SARIF2017'])

const cache = fileURLToPath(new URL('../.cache/sarif-multitool/', import.meta.url))
const tool = join(cache, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool')

function install(): void {
  if (existsSync(tool)) return
  mkdirSync(cache, { recursive: true })
  process.stderr.write(`fetching ${PACKAGE} into ${cache}\n`)
  execFileSync(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', cache, PACKAGE],
    {
      stdio: 'inherit',
    },
  )
  chmodSync(tool, 0o755)
}

interface Outcome {
  readonly ruleId: string
  readonly level?: string
  readonly message: { readonly text?: string; readonly id?: string; readonly arguments?: readonly string[] }
}

function validate(file: string): readonly Outcome[] {
  const output = join(cache, 'outcome.sarif')
  rmSync(output, { force: true })
  // Its exit status is 0 even with errors: the output tells.
  const args = ['validate', file, '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning;Note', '--output', output]
  const run = spawnSync(tool, args, { encoding: 'utf8', timeout: 120_000 })
  if (!existsSync(output)) throw new Error(`the validator wrote nothing: ${run.stdout}${run.stderr}`)
  const log = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, ''))
  const [{ results = [], invocations = [] }] = log.runs
  const notifications = invocations.flatMap(
    (one: { toolConfigurationNotifications?: Outcome[]; toolExecutionNotifications?: Outcome[] }) => [
      ...(one.toolConfigurationNotifications ?? []),
      ...(one.toolExecutionNotifications ?? []),
    ],
  )
  for (const note of notifications) process.stderr.write(`${JSON.stringify(note)}\n`)
  return results
}

/** A report with a result of every kind: on a source line, on a whole file, of a release, hostile, left out. */
function sample(): string {
  const evil = 'evil [x](https://x) {0} \\ \u202e ##[error] ::error:: <b>'
  const wheels = ['cp311', 'cp312', 'cp313'].map(tag =>
    wheelOf([findingOf(), memberFinding('tests/'), memberFinding(evil, { message: evil, rule: 'evil-member' })], {
      path: `dist/demo pkg-1.0-${tag}-${tag}-any.whl`,
    }),
  )
  const releases = [
    { name: 'demo-pkg', version: '1.0', distributions: ['a'], findings: [memberFinding('x', { rule: 'release-x' })] },
  ]
  const everyRule = wheelOf(
    RULES.map((rule, i) =>
      memberFinding('x', {
        rule: rule.id,
        severity: rule.severity,
        fingerprint: String(i).padStart(16, '0'),
        message: rule.summary,
      }),
    ),
    { path: 'out/all.whl' },
  )
  const source = {
    relative: (path: string) => path,
    text: (path: string) => (path === 'pyproject.toml' ? pyproject : undefined),
  }
  const file = join(cache, 'sample.sarif')
  writeFileSync(
    file,
    renderSarif(reportOf([...wheels, everyRule], { releases }), { rules: RULES, source, maxResults: RULES.length }),
  )
  return file
}

install()
const files = process.argv.length > 2 ? process.argv.slice(2) : [sample()]
let errors = 0
for (const file of files) {
  const outcomes = validate(file)
  const counts = new Map<string, number>()
  for (const { ruleId, level = 'warning' } of outcomes) {
    const key = `${level} ${ruleId}${EXPECTED.has(ruleId) ? ' (expected)' : ''}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (level === 'error') errors++
  }
  console.log(`${file}: ${outcomes.length === 0 ? 'nothing to report' : ''}`)
  for (const [key, count] of [...counts].sort()) console.log(`  ${count} ${key}`)
  for (const { ruleId, level, message } of outcomes.filter(({ level }) => level === 'error').slice(0, 20))
    console.log(`  ${level} ${ruleId}: ${message.text ?? JSON.stringify(message)}`)
}
process.exitCode = errors > 0 ? 1 : 0
