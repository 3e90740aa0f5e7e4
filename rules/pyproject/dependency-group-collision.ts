import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { entries } from '../../src/views/pyproject.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'

export default rule({
  id: 'dependency-group-collision',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'SHOULD',
  source: 'Dependency groups specification',
  url: DEPENDENCY_GROUPS,
  summary: 'Two dependency groups have the same normalized name.',
  why: 'Tools reject both groups.',
  fix: 'Rename one of them.',
  byHand: 'Only a person can choose another name.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntests = ["pytest"]\nTests = ["pytest"]\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntests = ["pytest"]\ndocs = ["sphinx"]\n',
    },
  },
  *check({ pyproject }) {
    const seen = new Map<string, string>()
    for (const [name] of entries(pyproject?.get('dependency-groups'))) {
      const key = canonicalName(name)
      const before = seen.get(key)
      if (before !== undefined)
        yield finding(
          pyproject?.keyPlace('dependency-groups', name),
          `The dependency groups ${quote(before)} and ${quote(name)} have the same normalized name.`,
        )
      seen.set(key, name)
    }
  },
})
