import { compareSeverity, type Finding, isRefusal, type JudgedFinding } from './finding.js'
import { groupBy } from './group-by.js'
import type { Report } from './report/report.js'
import type { AnyRule } from './rule.js'
import { withoutEnd } from './text/ends.js'

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
  ['project-url-not-uri', 'url-invalid'],
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
  // One without a name may be of any project.
  const files = groupBy([...report.distributions, ...report.releases], one =>
    one.name === null && 'path' in one ? `\0${one.path}` : `${one.name}\0${one.version}`,
  )
  for (const group of files.values()) {
    const findings = group.flatMap(one => one.findings)
    const effects = new Map<Finding, Finding[]>()
    for (const cause of findings.filter(isCause)) {
      const again = findings.filter(found => isTwin(cause, found))
      if (again.some(one => isRefusal(one) && compareSeverity(one.severity, cause.severity) <= 0)) gone.add(cause)
      effects.set(cause, again)
    }
    const explainers = explainersIn(findings, known)
    for (const found of explainers.keys())
      for (const cause of originsOf(found, explainers)) effects.get(cause)?.push(found)
    /** What a cause explains is gone, unless PyPI refuses it. */
    for (const [cause, explained] of effects) {
      for (const effect of explained) if (!isRefusal(effect)) gone.add(effect)
      const [worst] = explained.toSorted((a, b) => compareSeverity(a.severity, b.severity))
      if (worst && compareSeverity(worst.severity, cause.severity) < 0) raised.set(cause, raisedBy(worst, cause))
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

/** The cause says what it breaks, and where, unless that is the same place. */
function raisedBy(worst: Finding, cause: Finding): Finding {
  const { severity, breaks = cause.breaks, message, location } = worst
  const { path, member, line, column } = location
  const place = { path, member, line, column, message: withoutEnd(message, /\./) }
  return { ...cause, severity, breaks, ...(!isTwin(cause, worst) && { related: [...(cause.related ?? []), place] }) }
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

type Explainers = ReadonlyMap<JudgedFinding, readonly JudgedFinding[]>

/** The findings that others explain, each with the causes that leave out what it misses. */
function explainersIn(findings: readonly JudgedFinding[], rules: ReadonlyMap<string, AnyRule>): Explainers {
  const byWord = new Map<string, JudgedFinding[]>()
  for (const cause of findings)
    for (const word of cause.explains ?? []) {
      const known = byWord.get(word)
      if (known) known.push(cause)
      else byWord.set(word, [cause])
    }
  const found = new Map<JudgedFinding, readonly JudgedFinding[]>()
  for (const one of byWord.size === 0 ? [] : findings) {
    // Causes of one rule do not explain one another.
    const causesOf = (word: string) =>
      byWord.get(word)?.filter(({ rule }) => rule !== one.rule || one.explains === undefined) ?? []
    const causes = followed(one, causesOf) ?? missed(one, causesOf, rules.get(one.rule))
    if (causes.length > 0) found.set(one, [...new Set(causes)])
  }
  return found
}

/** The causes of everything that a finding follows, where all of it has one. */
function followed({ follows = [] }: JudgedFinding, causesOf: (word: string) => readonly JudgedFinding[]) {
  const causes = follows.map(causesOf)
  return causes.length > 0 && causes.every(({ length }) => length > 0) ? causes.flat() : undefined
}

/** The causes of a field that is missing, or has the value that a backend writes then. */
function missed(
  { location: { member = '', field, value } }: JudgedFinding,
  causesOf: (word: string) => readonly JudgedFinding[],
  rule: AnyRule | undefined,
) {
  if (!/(?:^|\/)(?:METADATA|PKG-INFO)$/.test(member)) return []
  if (value !== undefined) return field !== undefined && DEFAULTS.has(value) ? causesOf(field) : []
  return (rule?.misses ?? []).filter(lost => field === undefined || field === lost).flatMap(causesOf)
}

/** The causes behind a finding that nothing explains in turn: those that go round explain nothing. */
function originsOf(found: JudgedFinding, explainers: Explainers): ReadonlySet<JudgedFinding> {
  const origins = new Set<JudgedFinding>()
  const seen = new Set<JudgedFinding>([found])
  for (const one of seen)
    for (const cause of explainers.get(one) ?? []) {
      if (!explainers.has(cause)) origins.add(cause)
      else seen.add(cause)
    }
  return origins
}
