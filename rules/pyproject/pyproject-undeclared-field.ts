import { isBackendItself } from '../../src/contract/backend-faults.js'
import { promiseCases } from '../../src/contract/dynamic-contract.js'
import { KEY_FIELDS } from '../../src/contract/key-fields.js'
import { weightOf } from '../../src/contract/weight.js'
import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { EntryPoints } from '../../src/distribution/entry-points.js'
import type { Metadata } from '../../src/distribution/metadata.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import { nameOf } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { dependencies, isOptional } from '../../src/views/dependencies.js'
import { dynamicKeys } from '../../src/views/pyproject.js'
import { list } from '../../src/wording.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO } from './_backends.js'

/** Backends determine these on their own, which the specification allows or which is harmless. */
const EXEMPT = new Set(['Version', 'Description-Content-Type', 'Import-Name', 'Import-Namespace'])

/** All keys of the small sdist but for `dependencies`. */
const REST =
  'description = "Reads demo files"\nreadme = "README.md"\nrequires-python = ">=3.9"\nlicense = "MIT"\nlicense-files = ["LICENSE"]\nauthors = [{ name = "Ann Author", email = "ann@ann-author.dev" }]\nkeywords = ["demo", "files"]\nclassifiers = ["Programming Language :: Python :: 3"]\nurls = { Source = "https://github.com/ann-author/demo" }\n'

export default rule({
  id: 'pyproject-undeclared-field',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "dynamic"',
  url: pyprojectToml('dynamic'),
  summary: 'PKG-INFO or a wheel contains a field whose key `[project]` neither sets nor lists in `dynamic`.',
  why: 'Tools that read pyproject.toml assume that the field does not exist.',
  fix: 'Set the key in `[project]`, or add it to `dynamic`.',
  byHand: 'The build backend writes it: another version of it helps, not a key of the project.',
  bad: [
    { sdist: { pyproject: builtWith('setuptools', DEMO) } },
    { sdist: { pyproject: builtWith('setuptools', DEMO, 'requires-python = ">=3.9"') } },
  ],
  good: [
    { sdist: {} },
    {
      sdist: {
        pyproject: `[build-system]\nrequires = ["cmeel[build]"]\nbuild-backend = "cmeel"\n\n[project]\n${DEMO}\n${REST}`,
        metadata: { 'Requires-Dist': 'cmeel' },
      },
    },
  ],
  *check({ sdists, wheels }) {
    for (const sdist of sdists) {
      const { pyproject } = sdist
      if (!pyproject?.project) continue
      const declared = new Set([...Object.keys(pyproject.project), ...dynamicKeys(pyproject)])
      const groups = groupsOf(pyproject.project['entry-points'])
      const seen = new Set<string>()
      // The wheels contain what PKG-INFO contains: each pair of key and field is named once.
      for (const target of [sdist, ...wheels]) {
        const found = [
          ...undeclared(target.metadata, declared, pyproject),
          ...(target.kind === 'wheel' ? undeclaredGroups(target.entryPoints, declared, groups) : []),
        ].filter(
          ([key, field]) => !seen.has(`${key} ${field}`) && !(target.kind === 'wheel' && isTold(sdist, target, field)),
        )
        for (const [key, field] of found) seen.add(`${key} ${field}`)
        const fields = [...new Set(found.map(([, field]) => field))]
        const keys = [...new Set(found.map(([key]) => key))]
        const file = target.kind === 'sdist' ? 'PKG-INFO' : target.filename
        const at = pyproject.place('project')
        if (fields.length > 0)
          yield {
            ...finding(
              at,
              `${file} contains ${list(fields)}, but [project] neither sets ${list(keys)} nor lists ${keys.length === 1 ? 'it' : 'them'} in \`dynamic\`.`,
            ),
            path: sdist.path,
            ...(!fields.some(isActedOn) && { severity: 'info' as const }),
            subject: `fields of ${target.kind}`,
            related: fields.slice(0, 10).flatMap(field => {
              const line = target.metadata?.first(field)
              return line ? [{ ...nameOf(line), path: target.path, message: `${field} in ${file}` }] : []
            }),
          }
      }
    }
  },
})

/** Another rule reports that a wheel contains what PKG-INFO says it does not. */
const isTold = (sdist: Sdist, wheel: Wheel, field: string) =>
  [...promiseCases(sdist, [wheel])].some(
    ({ difference }) => difference.promised === 'equal' && difference.field === field && weightOf(difference),
  )

/** What installers act on; the rest is only displayed. */
const isActedOn = (field: string) => /^(?:Requires-|Provides-Extra$|entry points)/.test(field)

function undeclared(metadata: Metadata | undefined, declared: ReadonlySet<string>, pyproject: Pyproject) {
  if (!metadata) return []
  const needed = dependencies(metadata).filter(({ requirement }) => !isBackendItself(pyproject, requirement.name))
  return KEY_FIELDS.filter(([key, field]) => {
    if (declared.has(key) || EXEMPT.has(field)) return false
    if (field === 'Requires-Dist')
      return needed.some(({ requirement }) => isOptional(requirement) === (key === 'optional-dependencies'))
    return field === 'Description'
      ? (metadata.description?.text.trim() ?? '') !== ''
      : given(metadata, field).length > 0
  })
}

/** A group of commands under `entry-points` is set, though in the wrong place: `project-entry-points-console` reports that. */
const groupsOf = (table: unknown) => new Set(typeof table === 'object' && table !== null ? Object.keys(table) : [])

function undeclaredGroups(points: EntryPoints | undefined, declared: ReadonlySet<string>, groups: ReadonlySet<string>) {
  const keyOf = (group: string) =>
    group === 'console_scripts' ? 'scripts' : group === 'gui_scripts' ? 'gui-scripts' : 'entry-points'
  return (points?.entries ?? [])
    .filter(({ group }) => !declared.has(keyOf(group)) && !groups.has(group))
    .map(({ group }) => [keyOf(group), `entry points of ${group}`] as const)
}
