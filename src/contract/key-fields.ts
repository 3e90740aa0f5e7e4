import type { Sdist } from '../distribution/distribution.js'
import type { Related } from '../finding.js'
import { texts } from '../views/pyproject.js'

/** Which fields come from which keys of `[project]`. A field of two keys is here twice. */
export const KEY_FIELDS: readonly (readonly [key: string, field: string])[] = [
  ['version', 'Version'],
  ['description', 'Summary'],
  ['readme', 'Description'],
  ['readme', 'Description-Content-Type'],
  ['requires-python', 'Requires-Python'],
  ['license', 'License'],
  ['license', 'License-Expression'],
  ['authors', 'Author'],
  ['authors', 'Author-email'],
  ['maintainers', 'Maintainer'],
  ['maintainers', 'Maintainer-email'],
  ['keywords', 'Keywords'],
  ['classifiers', 'Classifier'],
  ['urls', 'Project-URL'],
  ['dependencies', 'Requires-Dist'],
  ['optional-dependencies', 'Requires-Dist'],
  ['optional-dependencies', 'Provides-Extra'],
  ['import-names', 'Import-Name'],
  ['import-namespaces', 'Import-Namespace'],
]

/** The key of `[project]` that a field comes from, or its name in `dynamic`: a place to mend. */
export function keyPlaces(sdist: Sdist, field: string): readonly Related[] {
  const { pyproject } = sdist
  const project = pyproject?.project
  if (!pyproject || !project) return []
  const dynamic = texts(project.dynamic)
  return KEY_FIELDS.filter(([, name]) => name === field).flatMap(([key]): readonly Related[] => {
    const [index] = dynamic.find(([, text]) => text === key) ?? []
    if (Object.hasOwn(project, key))
      return [{ ...pyproject.place('project', key), path: sdist.path, message: `project.${key} is here.` }]
    if (index === undefined) return []
    return [
      { ...pyproject.place('project', 'dynamic', index), path: sdist.path, message: `project.${key} is dynamic.` },
    ]
  })
}
