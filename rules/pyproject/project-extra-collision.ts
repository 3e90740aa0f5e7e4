import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { entries, unlessStops } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS } from './_backends.js'

export default rule({
  id: 'project-extra-collision',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 685, "Specification"',
  url: pyprojectToml('dependencies-optional-dependencies'),
  summary: 'Two extras have the same normalized name.',
  why: 'Backends must reject them; some merge the two lists instead.',
  breaks: BUILD_STOPS,
  fix: 'Rename one of them.',
  byHand: 'Only a person can choose another name.',
  bad: {
    sdist: {
      metadata: { 'Provides-Extra': 'fast-io', 'Requires-Dist': 'attrs; extra == "fast-io"' },
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.optional-dependencies]\nfast-io = ["attrs"]\nfast_io = ["attrs"]\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    const seen = new Map<string, string>()
    for (const [extra] of entries(pyproject.get('project', 'optional-dependencies'))) {
      const key = canonicalName(extra)
      const before = seen.get(key)
      if (before !== undefined)
        yield finding(
          pyproject.keyPlace('project', 'optional-dependencies', extra),
          `The extras ${quote(before)} and ${quote(extra)} have the same normalized name.`,
          unlessStops(pyproject, [
            'setuptools',
            'poetry-core',
            'pdm-backend',
            'scikit-build-core',
            'meson-python',
            'maturin',
          ]),
        )
      seen.set(key, extra)
    }
  },
})
