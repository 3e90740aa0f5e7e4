import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { entries } from '../../src/views/pyproject.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'

export default rule({
  id: 'dependency-group-equals-extra',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Dependency groups specification',
  url: DEPENDENCY_GROUPS,
  summary: 'A dependency group and an extra have the same name.',
  why: 'Users and tools confuse the two, and the specification advises against it.',
  fix: 'Rename one of them, or remove the extra if it is only for development.',
  byHand: 'Only a person can choose another name.',
  bad: {
    sdist: {
      metadata: { 'Provides-Extra': 'dev', 'Requires-Dist': 'pytest; extra == "dev"' },
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.optional-dependencies]\ndev = ["pytest"]\n\n[dependency-groups]\ndev = ["pytest"]\n',
    },
  },
  good: {
    sdist: {
      metadata: { 'Provides-Extra': 'fast', 'Requires-Dist': 'attrs; extra == "fast"' },
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.optional-dependencies]\nfast = ["attrs"]\n\n[dependency-groups]\ndev = ["pytest"]\n',
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    const extras = new Set(
      entries(pyproject.get('project', 'optional-dependencies')).map(([extra]) => canonicalName(extra)),
    )
    for (const [name] of entries(pyproject.get('dependency-groups')))
      if (extras.has(canonicalName(name)))
        yield finding(
          pyproject.keyPlace('dependency-groups', name),
          `${quote(name)} is the name of both a dependency group and an extra.`,
        )
  },
})
