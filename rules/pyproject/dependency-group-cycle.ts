import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'
import { groupIncludes, type Include } from './_groups.js'

export default rule({
  id: 'dependency-group-cycle',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Dependency groups specification, "Dependency Group Include"',
  url: DEPENDENCY_GROUPS,
  summary: 'Dependency groups include each other in a cycle.',
  why: 'Tools refuse to install the groups.',
  fix: 'Remove one of the includes.',
  byHand: 'Only a person knows which of the includes is meant.',
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
    const circle = findCircle(includes)
    if (circle)
      yield finding(
        circle.at,
        `The dependency group ${quote(circle.group)} includes itself through ${quote(circle.included)}.`,
      )
  },
})

/** An include that leads back to where it starts. */
function findCircle(includes: ReadonlyMap<string, readonly Include[]>): Include | undefined {
  const state = new Map<string, 'open' | 'done'>()
  for (const start of includes.keys()) {
    if (state.has(start)) continue
    // The groups on the path, and how many includes of each were followed. Chains of groups may be long: no recursion.
    const way = [{ group: start, next: 0 }]
    state.set(start, 'open')
    for (let top = way.at(-1); top; top = way.at(-1)) {
      const include = includes.get(top.group)?.[top.next++]
      if (!include) {
        state.set(top.group, 'done')
        way.pop()
        continue
      }
      const group = canonicalName(include.included)
      if (!includes.has(group) || state.get(group) === 'done') continue
      if (state.get(group) === 'open') return first(includes, way.slice(way.findIndex(one => one.group === group)))
      state.set(group, 'open')
      way.push({ group, next: 0 })
    }
  }
  return undefined
}

/** Of the includes in a cycle, that of the group which comes first in the file. */
function first(
  includes: ReadonlyMap<string, readonly Include[]>,
  circle: readonly { readonly group: string; readonly next: number }[],
): Include | undefined {
  const steps = new Map(circle.map(({ group, next }) => [group, includes.get(group)?.[next - 1]]))
  for (const group of includes.keys()) if (steps.has(group)) return steps.get(group)
  return undefined
}
