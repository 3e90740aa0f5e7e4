import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'
import { groupIncludes, type Include } from './_groups.js'

export default rule({
  id: 'dependency-group-cycle',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Dependency groups specification, "Dependency Group Include"',
  url: DEPENDENCY_GROUPS,
  summary: 'Dependency groups include each other in a circle.',
  why: 'Tools refuse to install them.',
  fix: 'Remove one of the includes.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\na = [{ include-group = "b" }]\nb = [{ include-group = "a" }]\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\na = [{ include-group = "b" }]\nb = ["pytest"]\n',
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    const includes = groupIncludes(pyproject)
    // Nobody has so many, and the search is not made for them.
    if (includes.size > 1000) return
    const circle = findCircle(includes)
    if (circle)
      yield finding(
        circle.at,
        `The dependency group ${quote(circle.group)} includes itself by way of ${quote(circle.included)}.`,
      )
  },
})

/** An include that leads back to where it starts. Groups without includes are taken away until only circles are left. */
function findCircle(includes: ReadonlyMap<string, readonly Include[]>): Include | undefined {
  const left = new Map(includes)
  for (let before = -1; before !== left.size; ) {
    before = left.size
    for (const [group, list] of left)
      if (!list.some(({ included }) => left.has(canonicalName(included)))) left.delete(group)
  }
  // What is left leads into a circle; what nothing left includes is only on the way to one.
  for (let before = -1; before !== left.size; ) {
    before = left.size
    const reached = new Set([...left.values()].flat().map(({ included }) => canonicalName(included)))
    for (const group of left.keys()) if (!reached.has(group)) left.delete(group)
  }
  const [first] = left.values()
  return first?.find(({ included }) => left.has(canonicalName(included)))
}
