import type { Sdist } from '../distribution/distribution.js'
import type { Related } from '../finding.js'
import { PROJECT_KEYS_OF_FIELD } from '../standards/project-keys.js'
import { texts } from '../views/pyproject.js'

/** `[project]` gives the name always; backends find license files by patterns of their own; current ones write no addresses. */
const LEFT_OUT: ReadonlySet<string> = new Set(['Name', 'License-File', 'Home-page', 'Download-URL'])

/** Which fields come from which keys of `[project]`. A field of two keys is here twice. */
export const KEY_FIELDS: readonly (readonly [key: string, field: string])[] = [...PROJECT_KEYS_OF_FIELD].flatMap(
  ([field, keys]) => (LEFT_OUT.has(field) ? [] : keys.map(key => [key, field] as const)),
)

/** The key of `[project]` that a field comes from, or its name in `dynamic`: a place to fix. */
export function keyPlaces(sdist: Sdist, field: string): readonly Related[] {
  const { pyproject } = sdist
  const project = pyproject?.project
  if (!pyproject || !project) return []
  const dynamic = texts(project.dynamic)
  return KEY_FIELDS.filter(([, name]) => name === field).flatMap(([key]): readonly Related[] => {
    const [index] = dynamic.find(([, text]) => text === key) ?? []
    if (Object.hasOwn(project, key))
      return [{ ...pyproject.place('project', key), path: sdist.path, message: `project.${key}` }]
    if (index === undefined) return []
    return [{ ...pyproject.place('project', 'dynamic', index), path: sdist.path, message: `\`dynamic\` lists ${key}` }]
  })
}
