import { compareSeverity, type Finding, isRefusal, type JudgedFinding } from './finding.js'
import type { AnyRule } from './rule.js'
import { coreField } from './standards/core-metadata.js'

interface Audited {
  readonly name: string | null
  readonly version: string | null
  readonly findings: readonly Finding[]
}

/**
 * A mistake in the files of a build is found in what was built too. Here it becomes one finding: that of the build files, with
 * the line to correct, as severe as the worst of what it explains; or what PyPI refuses, which is always told.
 */
export function toldOnce(
  rules: readonly AnyRule[],
  audited: readonly Audited[],
): (findings: readonly Finding[]) => readonly Finding[] {
  if (!audited.some(({ findings }) => findings.some(isCause))) return findings => findings.map(plain)
  const known = new Map(rules.map(rule => [rule.id, rule]))
  const gone = new Set<Finding>()
  const raised = new Map<Finding, Finding>()
  for (const { name, version, findings } of audited)
    for (const cause of findings.filter(isCause)) {
      const effects = audited
        .filter(one => one.name === name && one.version === version)
        .flatMap(one => one.findings)
        .filter(found => !isCause(found) && isExplained(found, cause, known.get(found.rule)))
      for (const effect of effects) if (!isRefusal(effect)) gone.add(effect)
      if (effects.some(one => isRefusal(one) && compareSeverity(one.severity, cause.severity) <= 0)) gone.add(cause)
      const [worst] = effects.toSorted((a, b) => compareSeverity(a.severity, b.severity))
      if (worst && compareSeverity(worst.severity, cause.severity) < 0)
        raised.set(cause, { ...cause, severity: worst.severity, breaks: worst.breaks ?? cause.breaks })
    }
  return findings =>
    findings
      .filter(found => !gone.has(found))
      .map(found => plain(raised.get(found) ?? found))
      .sort((a, b) => compareSeverity(a.severity, b.severity))
}

const isCause = (found: JudgedFinding): boolean => found.explains !== undefined

function plain({ explains: _, follows: __, ...found }: JudgedFinding): Finding {
  return found
}

function isExplained({ location, follows }: JudgedFinding, cause: JudgedFinding, rule: AnyRule | undefined): boolean {
  return (cause.explains ?? []).some(
    what =>
      (rule?.misses?.includes(what) && (cause.location.value === undefined || !coreField(what)?.multiple)) ||
      follows?.includes(what) ||
      (location.field === what && (!coreField(what)?.multiple || isSame(location.value, cause.location.value))),
  )
}

/** Items of a list are told apart by what they say. A build may write them another way. */
function isSame(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return true
  const [one, other] = [a, b].map(text => text.replace(/\s+/g, ''))
  return one?.includes(other ?? '') || other?.includes(one ?? '') || false
}
