import type { Finding, Severity } from '../finding.js'
import { isAtLeast } from '../finding.js'
import type { Rule, Topic } from '../rule.js'
import { escapeXml } from './escape.js'
import type { Report } from './report.js'
import { placeText, sourceText } from './wording.js'

export interface JunitOptions {
  /** The rules that ran: a topic without findings is a passing case. */
  readonly rules: Iterable<Rule>
  /** Findings from this severity up are failures; the others pass, with their text as output. Default error. */
  readonly failOn?: Severity | 'never' | undefined
  /** Time of the run without zone, `2026-11-23T14:40:00`; SOURCE_DATE_EPOCH keeps the bytes equal. Default 1970. */
  readonly timestamp?: string | undefined
}

/** JUnit XML: a suite a distribution, a case a finding, a passing case for each topic without any. */
export function renderJunit(report: Report, options: JunitOptions): string {
  const names = new Map<string, number>()
  for (const { filename } of report.distributions) names.set(filename, (names.get(filename) ?? 0) + 1)
  const rules = [...options.rules]
  const suites = [
    ...report.distributions.map(({ path, filename, kind, findings }) =>
      suite((names.get(filename) ?? 0) > 1 ? path : filename, findings, topicsOf(rules, kind), rules, options),
    ),
    ...report.releases.map(({ name, version, findings }) =>
      suite(`${name} ${version}`, findings, topicsOf(rules, 'release'), rules, options),
    ),
  ]
  const total = (pick: (suite: Suite) => number) => suites.reduce((sum, suite) => sum + pick(suite), 0)
  const head = `<testsuites name="distaudit" tests="${total(({ tests }) => tests)}" failures="${total(({ failures }) => failures)}" errors="0" time="0">`
  const body = suites.map((suite, id) => suiteXml(suite, id, options.timestamp ?? '1970-01-01T00:00:00'))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${body.join('')}</testsuites>\n`
}

const topicsOf = (rules: readonly Rule[], subject: Rule['applies'][number]): Topic[] =>
  [...new Set(rules.filter(({ applies }) => applies.includes(subject)).map(({ topic }) => topic))].sort()

interface Suite {
  readonly name: string
  readonly tests: number
  readonly failures: number
  readonly cases: readonly string[]
}

function suite(
  name: string,
  findings: readonly Finding[],
  topics: readonly Topic[],
  rules: readonly Rule[],
  { failOn = 'error' }: JunitOptions,
): Suite {
  const topicOf = new Map(rules.map(({ id, topic }) => [id, topic]))
  const fails = ({ severity }: Finding) => failOn !== 'never' && isAtLeast(severity, failOn)
  const unique = uniqueNames()
  const withFindings = new Set(findings.map(({ rule }) => topicOf.get(rule)))
  const cases = [
    ...findings.map(finding => {
      const classname = `distaudit.${topicOf.get(finding.rule) ?? 'other'}`
      const title = unique(`${name}: ${finding.rule}: ${shortPlace(finding)}`)
      return caseXml(classname, title, fails(finding) ? failureXml(finding) : outputXml(finding))
    }),
    ...topics
      .filter(topic => !withFindings.has(topic))
      .map(topic => caseXml(`distaudit.${topic}`, unique(`${name}: ${topic}`), '')),
  ]
  return { name, tests: cases.length, failures: findings.filter(fails).length, cases }
}

/** GitLab shows only the first case of a name, so equal ones are numbered. */
function uniqueNames(): (name: string) => string {
  const seen = new Map<string, number>()
  return name => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  }
}

/** Without the dist-info folder, so that a case keeps its name in the next release. */
const shortPlace = ({ location }: Finding) => placeText(location).replace(/^[^/]+\.dist-info\/(?=.)/, '')

function suiteXml({ name, tests, failures, cases }: Suite, id: number, timestamp: string): string {
  const attributes = `name="${escapeXml(name)}" id="${id}" package="distaudit" tests="${tests}" failures="${failures}" errors="0" skipped="0" time="0" timestamp="${escapeXml(timestamp)}" hostname="localhost"`
  return `  <testsuite ${attributes}>\n${cases.join('')}  </testsuite>\n`
}

function caseXml(classname: string, name: string, content: string): string {
  const open = `    <testcase classname="${escapeXml(classname)}" name="${escapeXml(name)}" time="0"`
  return content === '' ? `${open}/>\n` : `${open}>\n      ${content}\n    </testcase>\n`
}

const failureXml = (finding: Finding) =>
  `<failure type="${finding.severity}" message="${escapeXml(finding.message)}">${text(finding)}</failure>`

const outputXml = (finding: Finding) =>
  `<system-out>${finding.severity}: ${escapeXml(finding.message)}&#10;${text(finding)}</system-out>`

function text(finding: Finding): string {
  const place = sourceText(finding.location) ?? placeText(finding.location)
  return `${escapeXml(place)}&#10;${escapeXml(finding.help)}`
}
