import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { asksPython, outcome, pythonsOf } from '../../src/standards/python-versions.js'
import { comparisons, dependencies } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { someQuoted } from '../../src/wording.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

/** Markers are evaluated for every Python version: how many lines are checked, and how many comparisons in one. */
const MOST = 1000
const LONGEST = 20

export default rule({
  id: 'marker-never-true',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers, "Environment Markers"; core metadata specification, "Requires-Python"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker has the same result on every Python version that Requires-Python allows.',
  why: 'Either the requirement is never installed, or the marker is a leftover from when older versions were supported.',
  fix: 'If the marker is never true, remove the requirement; if it is always true, remove the marker.',
  bad: { wheel: { metadata: { 'Requires-Python': '>=3.9', 'Requires-Dist': 'tomli; python_version < "3.8"' } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9', 'Requires-Dist': 'tomli; python_version < "3.11"' } } },
  *check({ metadata }) {
    const python = metadata?.first('Requires-Python')
    const pythons = pythonsOf(specifiersOf(python))
    if (!python || pythons.length === 0 || pythons.includes('2.7')) return
    const always: string[] = []
    const never: string[] = []
    let first: Place | undefined
    for (const { field, requirement } of dependencies(metadata).slice(0, MOST)) {
      const tree = requirement.marker?.tree
      const tests = comparisons(tree)
      if (!tree || tests.length > LONGEST || !tests.some(asksPython)) continue
      const results = new Set(pythons.map(version => outcome(tree, version)))
      const [only] = results
      if (results.size !== 1 || only === undefined) continue
      first ??= within(field, field.value.slice(tests[0]?.start).trimEnd(), tests[0]?.start)
      ;(only ? always : never).push(field.value)
    }
    if (!first) return
    const parts = [
      never.length > 0 ? `never installed: ${someQuoted(never, 3)}` : '',
      always.length > 0 ? `always installed, whatever the marker says: ${someQuoted(always, 3)}` : '',
    ].filter(part => part !== '')
    const help =
      always.length === 0
        ? `Remove the ${never.length === 1 ? 'requirement' : 'requirements'}.`
        : never.length === 0
          ? `Remove the ${always.length === 1 ? 'marker' : 'markers'}.`
          : undefined
    yield finding(
      first,
      `With Requires-Python ${quote(python.value)}, ${never.length + always.length === 1 ? 'this requirement is' : 'these requirements are'} ${parts.join('; ')}.`,
      {
        subject: 'markers',
        ...(help !== undefined && { help }),
      },
    )
  },
})
