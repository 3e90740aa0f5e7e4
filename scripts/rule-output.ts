/** What distaudit prints for the bad examples of the rules: the pages in docs/rules/ show it, so `generate --check` pins it. */
import { auditFiles } from '../fixtures/audit.js'
import { buildExample, buildSurroundings } from '../fixtures/build.js'
import { RULES } from '../rules/registry/index.js'
import { exampleList } from '../src/report/example.js'
import type { Report } from '../src/report/report.js'
import { renderText } from '../src/report/text.js'
import type { AnyRule } from '../src/rule.js'

/** The report of each bad example of a rule, in their order: of this rule alone. */
export async function auditExamples(rule: AnyRule): Promise<readonly Report[]> {
  const reports: Report[] = []
  // What others refuse is what it asks for; otherwise the choice among all takes more time than the audit.
  const rules = rule.needs?.includes('refusals') ? RULES : [rule]
  for (const example of exampleList(rule.bad)) {
    const surroundings = await buildSurroundings(example)
    // A thread that watches the clock costs more than most of these audits.
    const limits = { seconds: Number.POSITIVE_INFINITY }
    const report = await auditFiles(await buildExample(example), rules, limits, surroundings, { select: [rule.id] })
    for (const { message, stack } of report.internalErrors ?? [])
      throw new Error(`${rule.id} throws on its own example: ${stack ?? message}`)
    reports.push(report)
  }
  return reports
}

/** The same as text, without the lines of the files. */
export const ruleOutput = async (rule: AnyRule): Promise<readonly string[]> =>
  (await auditExamples(rule)).map(report => renderText(report, { heads: false, quiet: true }))
