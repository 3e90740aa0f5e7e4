import { finding, rule } from '../../src/rule.js'
import { providers } from './_dynamic-metadata.js'

const pyproject = (provider: string) =>
  `[build-system]\nrequires = ["scikit-build-core", "dynamic-metadata"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n\n[[tool.dynamic-metadata]]\n${provider}field = "description"\nresult = "Reads files"\n`

export default rule({
  id: 'dynamic-metadata-provider-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata, "Reimplementing the loader"',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/backend_authors_reimplement.html',
  summary: 'An entry in the dynamic-metadata table does not name a valid provider.',
  why: 'The provider cannot be loaded, so the build fails.',
  breaks: 'scikit-build-core fails, so nobody can install from the sdist.',
  fix: 'Set `provider` to a registered name, or to a table with exactly `path` and `module`.',
  byHand: 'Only a person knows which provider is meant.',
  bad: [{ sdist: { pyproject: pyproject('') } }, { sdist: { pyproject: pyproject('provider = { path = "." }\n') } }],
  good: { sdist: { pyproject: pyproject('provider = "dynamic_metadata.template"\n') } },
  *check({ pyproject }) {
    if (!pyproject?.data) return
    for (const { fault, at } of providers(pyproject))
      if (fault !== undefined) yield finding(at, `An entry in the dynamic-metadata table ${fault}.`)
  },
})
