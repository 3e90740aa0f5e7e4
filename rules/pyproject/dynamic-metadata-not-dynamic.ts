import { finding, quote, rule } from '../../src/rule.js'
import { dynamicKeys } from '../../src/views/pyproject.js'
import { providers } from './_dynamic-metadata.js'

const pyproject = (dynamic: string) =>
  `[build-system]\nrequires = ["scikit-build-core", "dynamic-metadata"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = [${dynamic}]\n\n[[tool.dynamic-metadata]]\nprovider = "dynamic_metadata.regex"\nfield = "description"\ninput = "src/demo/__init__.py"\nregex = "(?P<value>.+)"\n`

export default rule({
  id: 'dynamic-metadata-not-dynamic',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata, "For users"',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/users.html',
  summary: 'A dynamic-metadata provider sets a field that `project.dynamic` does not list.',
  why: 'The build fails: a provider may set only fields that are declared as dynamic.',
  breaks: 'scikit-build-core fails, so nobody can install from the sdist.',
  fix: 'Add the field to `project.dynamic`.',
  byHand: 'The sample projects have no providers, which scikit-build-core alone runs.',
  bad: { sdist: { pyproject: pyproject('') } },
  good: { sdist: { pyproject: pyproject('"description"') } },
  *check({ pyproject }) {
    if (!pyproject?.project) return
    const dynamic = new Set(dynamicKeys(pyproject))
    for (const provider of providers(pyproject))
      for (const { field, at } of provider.fields)
        if (!dynamic.has(field))
          yield finding(at, `A provider sets ${quote(field)}, which project.dynamic does not list.`, { subject: field })
  },
})
