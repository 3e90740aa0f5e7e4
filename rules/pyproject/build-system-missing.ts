import { finding, rule } from '../../src/rule.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'build-system-missing',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "[build-system] table"; PEP 517',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: 'There is no `[build-system]` in pyproject.toml.',
  why: 'Tools fall back to any version of setuptools, with its old way of running setup.py.',
  fix: 'Add `[build-system]` with `requires` and `build-backend`.',
  bad: { sdist: { pyproject: '[tool.demo]\nstrict = true\n' } },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (pyproject?.data && pyproject.data['build-system'] === undefined)
      yield finding(pyproject.place('build-system'), 'pyproject.toml names no build backend.')
  },
})
