import { RULES } from '../../rules/registry/index.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { assemble, auditPart } from '../../src/audit.js'
import { renderOnNode } from '../../src/description/render-node.js'
import { renderGithub } from '../../src/report/github.js'
import { renderGitlab } from '../../src/report/gitlab.js'
import { renderJson } from '../../src/report/json.js'
import { renderJunit } from '../../src/report/junit.js'
import type { Report } from '../../src/report/report.js'
import { renderSarif } from '../../src/report/sarif.js'
import { renderSummary } from '../../src/report/summary.js'
import { renderText } from '../../src/report/text.js'
import { chooseRules } from '../../src/selection.js'
import { bytesSource } from '../../src/source/source.js'
import { unsafeIn } from '../support/unsafe.js'
import type { Random } from './mutate.js'
import type { Case } from './targets.js'

/** All rules but those that render descriptions: docutils takes a thousand times as long as the rest. */
const selection = chooseRules(
  RULES.filter(rule => !rule.needs?.includes('rendering')),
  { profile: 'strict', preview: true },
)

async function audited({ filename, bytes }: Case): Promise<Report> {
  const open = async () => ({ path: filename, filename, source: bytesSource(bytes) })
  const part = await auditPart([open], { selection, render: renderOnNode, now: () => 0 })
  return assemble([part], [filename])
}

/** Every output of a report, by its name. */
export function outputsOf(report: Report): readonly (readonly [string, string])[] {
  return [
    ['text', renderText(report, { color: false, width: 100, verbose: true, quiet: false, hyperlinks: false })],
    ['json', renderJson(report)],
    ['sarif', renderSarif(report, { rules: RULES })],
    ['github', renderGithub(report, {})],
    ['summary', renderSummary(report)],
    ['gitlab', renderGitlab(report, {})],
    ['junit', renderJunit(report, { rules: RULES, failOn: 'error', timestamp: '2026-01-01T00:00:00' })],
  ]
}

/** The whole audit: no rule fails, limits hold, the second time gives the same, and no output has what it must not have. */
export async function auditCase(input: Case, random: Random): Promise<void> {
  const report = await audited(input)
  const [fault] = report.internalErrors ?? []
  if (fault) throw new Error(`the rule ${fault.rule} failed: ${fault.message}\n${fault.stack}`)
  const counts = new Map<string, number>()
  for (const { findings } of report.distributions)
    for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  for (const [rule, count] of counts)
    if (count > DEFAULT_LIMITS.findingsPerRule + 1) throw new Error(`${rule} gave ${count} findings`)
  if (random(50) === 0 && JSON.stringify(await audited(input)) !== JSON.stringify(report))
    throw new Error('the second audit gave another report')
  if (random(20) !== 0) return
  for (const [format, output] of outputsOf(report)) {
    const unsafe = unsafeIn(output)
    if (unsafe) throw new Error(`${format}: ${unsafe}`)
    if (format === 'json' || format === 'sarif' || format === 'gitlab') JSON.parse(output)
  }
}
