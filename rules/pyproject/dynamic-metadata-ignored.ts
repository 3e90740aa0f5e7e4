import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { backendOf, texts } from '../../src/views/pyproject.js'
import { requiredBuilds } from './_dynamic-metadata.js'

const pyproject = (requires: string, backend: string) =>
  `[build-system]\nrequires = ["${requires}", "dynamic-metadata"]\nbuild-backend = "${backend}"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n\n[[tool.dynamic-metadata]]\nprovider = "dynamic_metadata.template"\nfield = "description"\nresult = "Reads files"\n`

export default rule({
  id: 'dynamic-metadata-ignored',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'dynamic-metadata 0.6, "Usage"',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/',
  summary: 'The build backend does not read the tables that configure dynamic-metadata providers.',
  why: 'The providers never run, so the fields silently stay empty.',
  fix: 'Build with a backend that supports the protocol, such as scikit-build-core 1.0 or later, or set the fields as this backend expects.',
  byHand: 'The build backend writes it: another version of it helps, not a key of the project.',
  bad: [
    { sdist: { pyproject: pyproject('hatchling', 'hatchling.build') } },
    { sdist: { pyproject: pyproject('scikit-build-core<1', 'scikit_build_core.build') } },
  ],
  good: { sdist: { pyproject: pyproject('scikit-build-core', 'scikit_build_core.build') } },
  *check({ pyproject }) {
    if (!pyproject) return
    const backend = backendOf(pyproject)
    // A plugin of the backend may read the tables for it.
    if (backend === undefined || requiredBuilds(pyproject).includes('scikit-build-core') !== (backend === SCIKIT))
      return
    const isOld = backend === SCIKIT && isBefore1(pyproject)
    for (const path of [
      ['tool', 'dynamic-metadata'],
      ['tool', 'scikit-build', 'metadata'],
    ]) {
      if (pyproject.get(...path) === undefined || (backend === SCIKIT && (!isOld || path.length > 2))) continue
      yield finding(
        pyproject.place(...path),
        `${isOld ? 'scikit-build-core before 1.0' : backend} does not read ${path.join('.')}.`,
        { subject: path.join('.') },
      )
    }
  },
})

const SCIKIT = 'scikit-build-core'

/** Does the build require a version from before the protocol was supported? */
const isBefore1 = (pyproject: Pyproject): boolean =>
  texts(pyproject.get('build-system', 'requires')).some(([, text]) => {
    const requirement = attempt(parseRequirement, text)
    if (!requirement || canonicalName(requirement.name) !== SCIKIT) return false
    return ['1.0', '1.99', '99'].every(version => !requirement.specifier.contains(version))
  })
