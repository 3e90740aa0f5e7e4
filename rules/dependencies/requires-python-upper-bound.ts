import type { MetadataField } from '../../src/distribution/metadata.js'
import type { Place } from '../../src/finding.js'
import type { Homes } from '../../src/homes.js'
import { finding, quote, rule } from '../../src/rule.js'
import { admits, NEWEST_MINOR, PYTHONS } from '../../src/standards/python-versions.js'
import type { SpecifierSet } from '../../src/standards/specifier.js'
import { clausePlace } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'requires-python-upper-bound',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Requires-Python"',
  url: coreMetadata('requires-python'),
  summary: 'Requires-Python excludes future versions of Python.',
  why: 'On a newer Python, installers do not fail: they fall back to an older release without the bound.',
  fix: project =>
    `Set ${project.key('Requires-Python')} to only the lower bound, such as \`>=3.9\`, unless the release is known to fail on newer versions.`,
  bad: [
    { wheel: { metadata: { 'Requires-Python': '>=3.9,<3.13' } } },
    { wheel: { metadata: { 'Requires-Python': '>=3.9,<4' } } },
  ],
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9' } } },
  *check(subject) {
    const field = subject.metadata?.first('Requires-Python')
    const set = specifiersOf(field)
    if (!field || !set || set.isUnsatisfiable()) return
    // These have their own rule.
    if (
      set.clauses.some(
        ({ operator, version }) =>
          operator === '==' || operator === '===' || (operator === '<=' && /^3\.[0-9]+$/.test(version)),
      )
    )
      return
    const least = lowerBound(set)
    const more =
      least === undefined
        ? {}
        : {
            help: (project: Homes) =>
              `Set ${project.setting('Requires-Python', least)}, unless the release is known to fail on newer versions.`,
          }
    // The first version after the last one that it allows.
    const first = PYTHONS.findLastIndex(python => admits(set, python)) + 1
    if (first < PYTHONS.length || !set.contains('3.99.0'))
      yield finding(
        boundPlace(field, set, `${PYTHONS[first] ?? '3.99'}.0`),
        `Requires-Python ${quote(field.value)} excludes Python ${PYTHONS[first] ?? `3.${NEWEST_MINOR + 2}`} and later.`,
        more,
      )
    else if (!set.contains('4.0'))
      yield finding(boundPlace(field, set, '4.0'), `Requires-Python ${quote(field.value)} excludes Python 4.`, more)
  },
})

/** The place of the clause that excludes a version; the field where there are several. */
function boundPlace(field: MetadataField, set: SpecifierSet, version: string): Place {
  const [clause, ...others] = set.clauses.filter(one => !one.contains(version))
  return clause && others.length === 0 ? clausePlace(field, clause) : field
}

/** What remains of it without an upper bound. */
function lowerBound({ clauses }: SpecifierSet): string | undefined {
  const kept = clauses.flatMap(({ operator, version }) =>
    operator === '~='
      ? [`>=${version}`]
      : operator.startsWith('>') || operator === '!='
        ? [`${operator}${version}`]
        : [],
  )
  return kept.some(one => one.startsWith('>')) ? kept.join(',') : undefined
}
