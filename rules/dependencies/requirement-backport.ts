import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { outcome, pythonsOf } from '../../src/standards/python-versions.js'
import { dependencies, isOptional } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

/** Backports of standard library modules: the first minor version of Python 3 that has the module. */
const SINCE = new Map([
  ['dataclasses', 7],
  ['contextvars', 7],
  ['enum34', 4],
  ['futures', 2],
  ['argparse', 2],
  ['asyncio', 4],
  ['pathlib', 4],
  ['pathlib2', 4],
  ['typing', 5],
  ['unittest2', 2],
  ['ordereddict', 1],
  ['importlib', 1],
  ['funcsigs', 3],
  ['ipaddress', 3],
  ['singledispatch', 4],
  ['statistics', 4],
  ['backports-functools-lru-cache', 2],
  ['backports-shutil-get-terminal-size', 3],
  ['graphlib-backport', 9],
  ['backports-zoneinfo', 9],
])

export default rule({
  id: 'requirement-backport',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers, "Environment Markers"',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'A backport is required on Python versions that already have the module.',
  why: 'The backport is not needed, and some backports break newer versions of Python.',
  fix: project =>
    `Remove the requirement from ${project.key('Requires-Dist')}, or add a marker such as \`; python_version < "3.9"\`.`,
  bad: { wheel: { metadata: { 'Requires-Dist': 'dataclasses' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'dataclasses; python_version < "3.7"' } } },
  *check({ metadata }) {
    const minors = pythonsOf(specifiersOf(metadata?.first('Requires-Python')))
      .filter(python => python.startsWith('3.'))
      .map(python => Number(python.slice(2)))
    const told = new Set<string>()
    for (const { field, requirement, name } of dependencies(metadata)) {
      const since = SINCE.get(name)
      if (since === undefined || isOptional(requirement) || told.has(name)) continue
      told.add(name)
      const { marker } = requirement
      const needed = minors.filter(minor => !marker || outcome(marker.tree, `3.${minor}`) !== false)
      const dead = needed.filter(minor => minor >= since)
      if (dead.length === 0 || dead.length < needed.length) continue
      yield finding(
        within(field, requirement.name),
        `${quote(requirement.name)} is a backport; Python 3.${since} and later already have the module.`,
      )
    }
  },
})
