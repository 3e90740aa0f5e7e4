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
  summary: 'pyproject.toml does not contain `[build-system]`.',
  why: 'Tools fall back to the latest setuptools, with its legacy way of running setup.py.',
  fix: 'Add `[build-system]` with `requires` and `build-backend`.',
  bad: { sdist: { pyproject: '[tool.demo]\nstrict = true\n' } },
  good: { sdist: {} },
  *check({ pyproject, tree, texts, top }) {
    // A tree may have pyproject.toml for its tools alone.
    if (tree && !pyproject?.project && !texts.has(`${top}/setup.py`) && !texts.has(`${top}/setup.cfg`)) return
    if (pyproject?.data && pyproject.data['build-system'] === undefined)
      yield finding(pyproject.place('build-system'), 'pyproject.toml does not name a build backend.')
  },
})
