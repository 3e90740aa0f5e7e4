/**
 * `npm run mutate`: proves that the pages of the rules pin what distaudit says. Breaks the code in one way at a time, in a copy,
 * and counts the rules whose page `generate --check` then calls stale, among those whose examples show such a thing.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RULES } from '../rules/registry/index.js'
import type { Finding } from '../src/finding.js'
import type { AnyRule } from '../src/rule.js'
import { ruleFile } from './generate-registry.js'
import { auditExamples } from './rule-output.js'

process.chdir(fileURLToPath(new URL('../', import.meta.url)))

interface Mutation {
  readonly name: string
  readonly file: string
  /** Text that occurs once in the file, and what takes its place. */
  readonly from: string
  readonly to: string
  /** Does the rule say such a thing? */
  has(rule: AnyRule, findings: readonly Finding[]): boolean
  /** Least share of those rules that must notice. */
  readonly share: number
}

const JUDGE = 'src/judge.ts'
const MUTATIONS: readonly Mutation[] = [
  {
    name: 'another message',
    file: JUDGE,
    from: 'message: detached(draft.message),',
    to: "message: 'MUTATED',",
    has: () => true,
    share: 0.99,
  },
  {
    name: 'another member',
    file: JUDGE,
    from: '...(member !== undefined && { member }),',
    to: '...(member !== undefined && { member: member.concat("x") }),',
    has: (_, findings) => findings.some(({ location }) => location.member !== undefined),
    share: 0.95,
  },
  {
    name: 'line + 1',
    file: JUDGE,
    from: '...(line !== undefined && { line }),',
    to: '...(line !== undefined && { line: line + 1 }),',
    has: (_, findings) => findings.some(({ location }) => location.line !== undefined),
    share: 0.95,
  },
  {
    name: 'column + 1',
    file: JUDGE,
    from: '...(column !== undefined && { column }),',
    to: '...(column !== undefined && { column: column + 1 }),',
    has: (_, findings) => findings.some(({ location }) => location.column !== undefined),
    share: 0.95,
  },
  {
    name: 'an empty mark',
    file: JUDGE,
    from: '{ mark: detached(cut(mark, 1000)) }',
    to: "{ mark: '' }",
    // One caret stands for no character and for one.
    has: (_, findings) => findings.some(({ location }) => (location.mark?.length ?? 0) > 1),
    share: 0.95,
  },
  {
    name: "a draft's own severity ignored",
    file: JUDGE,
    from: 'selection.severityOf(rule) ?? draft.severity ?? rule.severity',
    to: 'selection.severityOf(rule) ?? rule.severity',
    has: (rule, findings) =>
      findings.some(({ severity }) => severity !== rule.severity) || setsSeverity(readFileSync(ruleFile(rule), 'utf8')),
    share: 1,
  },
]

/** Functions that rules share and that return the severity of a finding. */
const SETTERS = readdirSync('rules', { recursive: true, encoding: 'utf8' })
  .filter(file => /^shared\/.*\.ts$|\/_[^/]*\.ts$/.test(file))
  .flatMap(file => readFileSync(join('rules', file), 'utf8').split(/^(?=export )/m))
  .filter(text => /\bseverity\b/.test(text))
  .flatMap(text => /^export (?:function\*?|const) (\w+)/.exec(text)?.[1] ?? [])

/** Does a rule's own file give a finding its severity, or have it given? The first `severity` is the rule's own. */
const setsSeverity = (source: string): boolean =>
  (source.match(/\bseverity\b/g)?.length ?? 0) > 1 || SETTERS.some(name => source.includes(`${name}(`))

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
