import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { texts } from '../../src/views/pyproject.js'

export default rule({
  id: 'uv-build-unbounded',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'uv documentation, "The uv build backend"',
  url: 'https://docs.astral.sh/uv/concepts/build-backend/',
  summary: '`build-system.requires` contains uv_build without an upper bound.',
  why: 'A later version of uv_build may contain breaking changes, and the sdist then no longer builds. uv warns about it.',
  fix: 'Add an upper bound, as `uv init` does: `uv_build>=0.9,<0.10`.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["uv_build>=0.9"]\nbuild-backend = "uv_build"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["uv_build>=0.9,<0.10"]\nbuild-backend = "uv_build"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
    },
  },
  *check({ pyproject }) {
    if (pyproject?.get('build-system', 'build-backend') !== 'uv_build') return
    for (const [index, text] of texts(pyproject.get('build-system', 'requires'))) {
      const requirement = attempt(parseRequirement, text)
      if (!requirement || canonicalName(requirement.name) !== 'uv-build' || requirement.url !== undefined) continue
      if (!requirement.specifier.clauses.some(({ operator }) => ['<', '<=', '==', '===', '~='].includes(operator)))
        yield finding(
          pyproject.place('build-system', 'requires', index),
          'uv_build does not have an upper bound: a later version with breaking changes may break the build.',
        )
    }
  },
})
