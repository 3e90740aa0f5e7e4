import { KEY_FIELDS } from '../../src/contract/key-fields.js'
import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, rule } from '../../src/rule.js'
import { coreField } from '../../src/standards/core-metadata.js'
import { given } from '../../src/views/as-uploaded.js'
import { dependencies, isOptional } from '../../src/views/dependencies.js'
import { texts } from '../../src/views/pyproject.js'
import { list } from '../../src/wording.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO } from './_backends.js'

/** Keys whose values are in entry_points.txt, with their groups. */
const GROUPS: ReadonlyMap<string, (group: string) => boolean> = new Map([
  ['scripts', group => group === 'console_scripts'],
  ['gui-scripts', group => group === 'gui_scripts'],
  ['entry-points', group => group !== 'console_scripts' && group !== 'gui_scripts'],
])

export default rule({
  id: 'project-dynamic-not-provided',
  topic: 'pyproject',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "dynamic"',
  url: pyprojectToml('dynamic'),
  summary: '`project.dynamic` lists a key that does not get a value.',
  why: 'Tools that read pyproject.toml build the project to get a value that does not exist. Often a setting of the backend is missing.',
  fix: 'Configure the backend to provide the value, or remove the key from `dynamic`.',
  byHand: 'Only a person knows whether the value or the entry in `dynamic` is wrong.',
  absence: 'content',
  bad: {
    sdist: {
      pyproject: builtWith('hatchling', DEMO, 'dynamic = ["description", "dependencies"]'),
      metadata: { Summary: null },
    },
  },
  good: [
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'dynamic = ["description"]') } },
    {
      sdist: {
        pyproject: builtWith('hatchling', DEMO, 'dynamic = ["dependencies"]'),
        metadata: { Dynamic: 'Requires-Dist' },
      },
    },
  ],
  *check({ sdists, wheels }) {
    for (const sdist of sdists) {
      const { pyproject, metadata } = sdist
      const project = pyproject?.project
      if (!pyproject || !project || !metadata) continue
      const missing = texts(project.dynamic).filter(
        ([, key]) => !Object.hasOwn(project, key) && isMissing(key, sdist, wheels),
      )
      const [first] = missing
      if (first)
        yield {
          ...finding(
            pyproject.place('project', 'dynamic', first[0]),
            `project.dynamic lists ${list(missing.map(([, key]) => key))}, but no file of the release contains a value for ${missing.length === 1 ? 'it' : 'them'}.`,
          ),
          path: sdist.path,
          subject: missing.map(([, key]) => key).join(),
        }
    }
  },
})

function isMissing(key: string, sdist: Sdist, wheels: readonly Wheel[]): boolean {
  const isOfKey = GROUPS.get(key)
  if (isOfKey)
    return (
      wheels.length > 0 &&
      [sdist, ...wheels].every(({ entryPoints }) => entryPoints?.entries.some(({ group }) => isOfKey(group)) !== true)
    )
  const fields = KEY_FIELDS.filter(([one]) => one === key).map(([, field]) => field)
  if (key === 'version' || fields.length === 0) return false
  // What is Dynamic in PKG-INFO may be in a wheel that is not being audited.
  const isOpen = sdist.metadata
    ?.all('Dynamic')
    .some(({ value }) => fields.includes(coreField(value.trim())?.name ?? ''))
  return !isOpen && [sdist, ...wheels].every(file => fields.every(field => !hasField(file, key, field)))
}

function hasField({ metadata }: Sdist | Wheel, key: string, field: string): boolean {
  if (!metadata) return true
  if (field === 'Description') return (metadata.description?.text.trim() ?? '') !== ''
  if (field === 'Requires-Dist')
    return dependencies(metadata).some(
      ({ requirement }) => isOptional(requirement) === (key === 'optional-dependencies'),
    )
  return given(metadata, field).length > 0
}
