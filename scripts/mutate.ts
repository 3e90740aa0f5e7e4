/**
 * `npm run mutate`: proves that the pages of the rules pin what distaudit says. Breaks the code in one way at a time, in a copy,
 * and counts the rules whose page `generate --check` then calls stale, among those whose examples show such a thing.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RULES } from '../rules/registry/index.js'
import type { Finding } from '../src/finding.js'
import type { AnyRule } from '../src/rule.js'
import { MUTATIONS, type Mutation } from './mutations.js'
import { auditExamples } from './rule-output.js'

process.chdir(fileURLToPath(new URL('../', import.meta.url)))

/** The ids of the rules whose pages are stale once a file of a fresh copy is changed. */
function stale({ file, from, to }: Mutation): ReadonlySet<string> {
  const copy = mkdtempSync(join(tmpdir(), 'distaudit-mutate-'))
  try {
    const listed = execFileSync('git', ['ls-files', '-z', '-c', '-o', '--exclude-standard'], { encoding: 'utf8' })
    for (const path of listed.split('\0').filter(path => path !== '' && !path.startsWith('test/'))) {
      mkdirSync(join(copy, dirname(path)), { recursive: true })
      cpSync(path, join(copy, path))
    }
    // What git does not have; dist/ has the renderer of descriptions, which the pages need.
    for (const folder of ['node_modules', 'dist']) symlinkSync(join(process.cwd(), folder), join(copy, folder))
    const source = readFileSync(file, 'utf8')
    if (source.split(from).length !== 2) throw new Error(`'${from}' does not occur once in ${file}`)
    writeFileSync(
      join(copy, file),
      source.replace(from, () => to),
    )
    const { stdout, stderr } = spawnSync('node_modules/.bin/tsx', ['scripts/generate.ts', '--check'], {
      cwd: copy,
      encoding: 'utf8',
    })
    const pages = [...stdout.matchAll(/^docs\/rules\/(.*)\.md$/gm)].map(match => match[1] ?? '')
    if (pages.length === 0 && stderr !== '') throw new Error(stderr)
    return new Set(pages)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const findings = new Map<AnyRule, readonly Finding[]>()
for (const rule of RULES)
  findings.set(
    rule,
    (await auditExamples(rule)).flatMap(report =>
      [...report.distributions, ...report.releases].flatMap(one => one.findings),
    ),
  )

let failed = 0
for (const mutation of MUTATIONS) {
  const concerned = RULES.filter(rule => mutation.has(rule, findings.get(rule) ?? []))
  const noticed = stale(mutation)
  const missed = concerned.filter(({ id }) => !noticed.has(id)).map(({ id }) => id)
  const share = 1 - missed.length / concerned.length
  if (share < mutation.share) failed++
  console.log(
    `${share < mutation.share ? 'FAIL' : 'ok  '} ${mutation.name}: ${(share * 100).toFixed(1)} % of ${concerned.length} rules notice, ${mutation.share * 100} % must${missed.length > 0 ? `; not ${missed.join(', ')}` : ''}`,
  )
}
console.log(`${MUTATIONS.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
