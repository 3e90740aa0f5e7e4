import { finding, rule } from '../../src/rule.js'
import { given } from '../shared/as-uploaded.js'
import { dependencies, isOptional } from '../shared/dependencies.js'
import { dynamicKeys } from '../shared/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { KEY_FIELDS } from '../shared/static-metadata.js'

/** Backends find these by themselves, which the specification lets them do or nobody minds. */
const EXEMPT = new Set(['Version', 'Description-Content-Type', 'Import-Name', 'Import-Namespace'])

export default rule({
  id: 'pyproject-undeclared-field',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "dynamic"',
  url: pyprojectToml('dynamic'),
  summary: 'PKG-INFO has a field whose key `[project]` neither gives nor lists in `dynamic`.',
  why: 'Tools that read pyproject.toml take such a field for absent.',
  fix: 'Add the key to `[project]`, or its name to `dynamic`.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject, metadata }) {
    if (!pyproject?.project || !metadata) return
    const declared = new Set([...Object.keys(pyproject.project), ...dynamicKeys(pyproject)])
    const needed = dependencies(metadata)
    const found = KEY_FIELDS.filter(([key, field]) => {
      if (declared.has(key) || EXEMPT.has(field)) return false
      if (field === 'Requires-Dist')
        return needed.some(({ requirement }) => isOptional(requirement) === (key === 'optional-dependencies'))
      return field === 'Description'
        ? (metadata.description?.text.trim() ?? '') !== ''
        : given(metadata, field).length > 0
    })
    const fields = [...new Set(found.map(([, field]) => field))]
    const keys = [...new Set(found.map(([key]) => key))]
    if (fields.length > 0)
      yield finding(
        pyproject.place('project'),
        `PKG-INFO has ${fields.join(', ')}, but [project] neither gives nor lists as dynamic: ${keys.join(', ')}.`,
        { subject: 'fields' },
      )
  },
})
