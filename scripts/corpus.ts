/**
 * `npm run corpus -- DIR [--match REGEX] [--limit N] [--profile NAME] [--preview] [--findings FILE]
 * [--counts FILE]`: audits every wheel and sdist of
 * a folder in one process and prints a table: files, findings a rule, seconds, peak memory, crashes. `--findings` writes
 * each finding as a line of JSON, to be read; `--counts` how many files each rule flags, for the pages of the rules.
 */

import { createWriteStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { RULES } from '../rules/registry/index.js'
import { assemble, type Part } from '../src/audit.js'
import { type Finding, SEVERITIES, type Severity } from '../src/finding.js'
import { allFindings } from '../src/report/report.js'
import { chooseRules, type Profile } from '../src/selection.js'
import { thousands } from '../src/wording.js'
import { auditFolder, distributionsIn } from './audit-folder.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    match: { type: 'string', default: '' },
    limit: { type: 'string', default: 'Infinity' },
    profile: { type: 'string', default: 'default' },
    select: { type: 'string' },
    preview: { type: 'boolean', default: false },
    findings: { type: 'string' },
    counts: { type: 'string' },
  },
})
const folder = positionals[0]
if (folder === undefined) {
  console.error('Name a folder of distributions: npm run corpus -- DIR')
  process.exit(2)
}
const files = distributionsIn(folder, values.match, Number(values.limit))

const selection = chooseRules(RULES, {
  profile: values.profile as Profile,
  preview: values.preview,
  select: values.select?.split(','),
})
const out = values.findings === undefined ? undefined : createWriteStream(values.findings)
const started = performance.now()
const parts: Part[] = []
const crashes: string[] = []
let slowest = { seconds: 0, name: '' }
let projects = 0
for await (const { names, seconds, part, crash } of auditFolder(folder, files, selection)) {
  projects++
  if (crash !== undefined) crashes.push(crash)
  if (part) {
    parts.push(part)
    for (const { rule, path, message, stack } of part.errors) crashes.push(`${rule} on ${path}: ${message}\n${stack}`)
    for (const finding of [...part.distributions, ...part.releases].flatMap(one => one.findings))
      out?.write(`${JSON.stringify({ file: finding.location.path.slice(folder.length + 1), ...finding })}\n`)
  }
  if (seconds > slowest.seconds) slowest = { seconds, name: names[0] ?? '' }
}
out?.end()

const report = assemble(
  parts,
  files.map(name => join(folder, name)),
)
const byRule = new Map<string, { severities: Map<Severity, number>; files: Set<string> }>()
for (const finding of allFindings(report) as Generator<Finding>) {
  const row = byRule.get(finding.rule) ?? { severities: new Map(), files: new Set() }
  row.severities.set(finding.severity, (row.severities.get(finding.severity) ?? 0) + 1)
  row.files.add(finding.location.path)
  byRule.set(finding.rule, row)
}
if (values.counts !== undefined) {
  const counts = selection.rules.map(({ id }) => [id, byRule.get(id)?.files.size ?? 0] as const)
  const rules = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(values.counts, `${JSON.stringify({ of: files.length, rules }, null, 2)}\n`)
}
const seconds = (performance.now() - started) / 1000
const { error, warning, info, rejectedByPyPI } = report.summary
console.log(`| files | projects | releases | errors | warnings | info | refused by PyPI | seconds | peak memory | crashes |
|---|---|---|---|---|---|---|---|---|---|
| ${thousands(files.length)} | ${thousands(projects)} | ${thousands(report.releases.length)} | ${thousands(error)} | ${thousands(warning)} | ${thousands(info)} | ${thousands(rejectedByPyPI)} | ${seconds.toFixed(1)} | ${Math.round(process.resourceUsage().maxRSS / 1024)} MB | ${crashes.length} |

Slowest project: that of ${slowest.name}, ${slowest.seconds.toFixed(1)} s.

| rule | error | warning | info | files |
|---|---|---|---|---|`)
for (const [rule, row] of [...byRule].sort((a, b) => b[1].files.size - a[1].files.size || (a[0] < b[0] ? -1 : 1)))
  console.log(
    `| ${rule} | ${SEVERITIES.map(level => row.severities.get(level) ?? '').join(' | ')} | ${row.files.size} |`,
  )
const silent = selection.rules.filter(rule => !byRule.has(rule.id)).map(rule => rule.id)
console.log(`\n${silent.length} rules found nothing: ${silent.join(', ')}.`)
for (const crash of crashes) console.error(crash)
process.exitCode = crashes.length > 0 ? 1 : 0
