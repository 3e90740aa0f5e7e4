import { holdsIn, worldsFor } from '../../src/contract/marker-worlds.js'
import type { Metadata } from '../../src/distribution/metadata.js'
import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import type { MarkerNode } from '../../src/standards/marker.js'
import { asksPython, outcome, pythonsOf } from '../../src/standards/python-versions.js'
import { comparisons, dependencies, testOf } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { someQuoted } from '../../src/wording.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

/** Markers are evaluated for every Python version: how many lines are checked, and how many comparisons in one. */
const MOST = 1000
const LONGEST = 20
/** Machines that are tried for one marker. */
const MOST_WORLDS = 2000

const requires = (requirement: string) => ({
  wheel: { metadata: { 'Requires-Python': '>=3.9', 'Requires-Dist': requirement, 'Provides-Extra': 'a' } },
})

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
  bad: [
    'tomli; python_version < "3.8"',
    'tomli; python_version >= "3.11" and python_version < "3.10"',
    'colorama; sys_platform == "win32" and platform_system == "Linux"',
  ].map(requires),
  good: [
    'tomli; python_version < "3.11"',
    'tomli; (python_version < "3.10" or python_version >= "3.12") and sys_platform == "win32"',
    'tomli; extra == "a" and python_version < "3.12"',
  ].map(requires),
  *check({ metadata }) {
    yield* contradictory(metadata)
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
      if (results.size !== 1 || only === undefined || (!only && contradicts(tree))) continue
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

/** Requirements whose markers no machine fulfills, whatever Requires-Python says. */
function* contradictory(metadata: Metadata | undefined) {
  for (const { field, requirement } of dependencies(metadata).slice(0, MOST)) {
    const tree = requirement.marker?.tree
    if (!tree || !contradicts(tree)) continue
    const [first] = comparisons(tree)
    yield finding(
      within(field, field.value.slice(first?.start).trimEnd(), first?.start),
      `The marker of ${quote(field.value)} contradicts itself: the requirement is never installed.`,
      { severity: 'warning', help: 'Correct the marker, or remove the requirement.', subject: field.value },
    )
  }
}

/** Are there comparisons that no machine fulfills together? */
function contradicts(tree: MarkerNode): boolean {
  const tests = comparisons(tree)
  if (tests.length < 2 || tests.length > LONGEST) return false
  const extras = tests.flatMap(test => {
    const found = testOf(test)
    return found?.variable === 'extra' ? [found.literal] : []
  })
  const worlds = worldsFor([tree], MOST_WORLDS)
  return worlds?.every(world => ['', ...extras].every(extra => holdsIn(tree, world, extra) === false)) === true
}
