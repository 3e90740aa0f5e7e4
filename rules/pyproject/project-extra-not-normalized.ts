import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName, isName, normalizeName } from '../../src/standards/name.js'
import { entries } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'project-extra-not-normalized',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 685, "Specification"',
  url: pyprojectToml('dependencies-optional-dependencies'),
  summary: 'The name of an extra is not normalized.',
  why: 'The metadata contains the normalized name, so the documentation and the output of tools differ.',
  fix: 'Write it in lowercase, with `-` between words.',
  bad: {
    sdist: {
      metadata: { 'Provides-Extra': 'fast-io', 'Requires-Dist': 'attrs; extra == "fast-io"' },
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.optional-dependencies]\nFast_IO = ["attrs"]\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    const extras = entries(pyproject.get('project', 'optional-dependencies')).map(([extra]) => extra)
    // Where another one has the normalized name, that is told.
    const alike = groupBy(extras, canonicalName)
    for (const extra of extras)
      if (isName(extra) && normalizeName(extra) !== extra && alike.get(normalizeName(extra))?.length === 1)
        yield finding(
          pyproject.keyPlace('project', 'optional-dependencies', extra),
          `The extra ${quote(extra)} is not normalized: it becomes ${quote(normalizeName(extra))} in the metadata.`,
          { remedy: safely({ kind: 'rename', what: 'extra', name: extra, by: normalizeName(extra) }) },
        )
  },
})
