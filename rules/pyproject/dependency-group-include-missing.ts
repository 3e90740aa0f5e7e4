import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'
import { groupIncludes } from './_groups.js'

export default rule({
  id: 'dependency-group-include-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Dependency groups specification, "Dependency Group Include"',
  url: DEPENDENCY_GROUPS,
  summary: 'A dependency group includes a group that does not exist.',
  why: 'Tools refuse to install the group.',
  fix: 'Correct the name, or define the group.',
  byHand: 'Only a person knows whether the name is wrong, or the group was forgotten.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\nall = [{ include-group = "tests" }]\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntests = ["pytest"]\nall = [{ include-group = "Tests" }]\n',
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    const includes = groupIncludes(pyproject)
    for (const { group, included, at } of [...includes.values()].flat())
      if (!includes.has(canonicalName(included)))
        yield finding(at, `The dependency group ${quote(group)} includes ${quote(included)}, which does not exist.`)
  },
})
