import { compareSeverity, type Finding, isRefusal, type JudgedFinding } from './finding.js'
import { groupBy } from './group-by.js'
import type { Report } from './report/report.js'
import type { AnyRule } from './rule.js'

/** Rules of build files, and those of the field that some backends copy the same text to. */
export const TWINS: readonly (readonly [project: string, metadata: string])[] = [
  ['project-requires-python-invalid', 'requires-python-invalid'],
  ['project-dependencies-invalid', 'requirement-invalid'],
  ['project-extra-invalid', 'extra-invalid'],
  ['project-license-invalid', 'license-expression-invalid'],
  ['project-readme-content-type', 'description-content-type-invalid'],
  ['project-description-multiline', 'summary-multiline'],
  ['project-author-email-invalid', 'email-invalid'],
  ['project-url-label-comma', 'url-invalid'],
  ['project-entry-points-invalid', 'entry-point-script-no-callable'],
]

/**
 * A mistake in the files of a build is found in what was built too. Here it becomes one finding: that of the build files, with
 * the line to correct, as severe as the worst of what it explains; or what PyPI refuses, which is always told. Two findings that
 * may have two causes stay two. Comes behind ignores and known findings: what is not told explains nothing.
 */
export function toldOnce(report: Report, rules: readonly AnyRule[]): Report {
  const known = new Map(rules.map(rule => [rule.id, rule]))
  const gone = new Set<Finding>()
  const raised = new Map<Finding, Finding>()
  const files = groupBy([...report.distributions, ...report.releases], ({ name, version }) => `${name}\0${version}`)
  for (const group of files.values()) {
    const findings = group.flatMap(one => one.findings)
    for (const cause of findings.filter(isCause)) {
      const again = findings.filter(found => isTwin(cause, found))
      const effects = [...again, ...findings.filter(found => isExplained(found, cause, known.get(found.rule)))]
      for (const effect of effects) if (!isRefusal(effect)) gone.add(effect)
      if (again.some(one => isRefusal(one) && compareSeverity(one.severity, cause.severity) <= 0)) gone.add(cause)
      const [worst] = effects.toSorted((a, b) => compareSeverity(a.severity, b.severity))
      if (worst && compareSeverity(worst.severity, cause.severity) < 0)
        raised.set(cause, { ...cause, severity: worst.severity, breaks: worst.breaks ?? cause.breaks })
    }
  }
  if (gone.size === 0) return report
  const left = <T extends { readonly findings: readonly Finding[] }>(one: T): T => ({
    ...one,
    findings: one.findings
      .filter(found => !gone.has(found))
      .map(found => raised.get(found) ?? found)
      .sort((a, b) => compareSeverity(a.severity, b.severity)),
  })
  return { ...report, distributions: report.distributions.map(left), releases: report.releases.map(left) }
}

const OF_BUILD_FILES: ReadonlySet<string> = new Set(TWINS.map(([project]) => project))

const isCause = (found: JudgedFinding): boolean => found.explains !== undefined || OF_BUILD_FILES.has(found.rule)

/** Is it the same mistake, in the same place of the project's files or in the same text, told of metadata? */
function isTwin(cause: Finding, found: Finding): boolean {
  if (!TWINS.some(([project, metadata]) => project === cause.rule && metadata === found.rule)) return false
  const [one, other] = [cause, found].map(({ location: { source } }) => source)
  if (one?.column !== undefined && one.path === other?.path && one.line === other.line && one.column === other.column)
    return true
  const [written, built] = [cause, found].map(({ location }) => location.value?.replace(/\s+/g, ''))
  if (written === undefined || built === undefined) return false
  // Backends add the marker of an extra, the label of an address, and the name of a person.
  const rest = built.startsWith(written) ? built.slice(written.length) : undefined
  return rest === '' || rest?.startsWith(';') || built.endsWith(`,${written}`) || built.includes(`<${written}>`)
}

/** What a backend writes where nothing is given. */
const DEFAULTS: ReadonlySet<string> = new Set(['', '0.0.0', 'UNKNOWN'])

/** Is what it finds missing just what the cause leaves out? */
function isExplained({ location, follows }: JudgedFinding, cause: JudgedFinding, rule: AnyRule | undefined): boolean {
  const { member = '', field, value } = location
  return (cause.explains ?? []).some(
    lost =>
      follows?.includes(lost) ||
      (/(?:^|\/)(?:METADATA|PKG-INFO)$/.test(member) &&
        (value === undefined
          ? (field === undefined || field === lost) && rule?.misses?.includes(lost)
          : field === lost && DEFAULTS.has(value))),
  )
}
