import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { nearest } from '../../src/text/nearest.js'
import { entries, isList, isTable, texts } from '../../src/views/pyproject.js'
import { missing } from '../shared/missing.js'
import { replacing } from '../shared/remedies.js'
import { familyOf, isMisspelled } from './_backend-tables.js'
import { BUILD_STOPS } from './_backends.js'

const poetry = (more: string) =>
  `[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "demo"\nversion = "1.0"\ndescription = ""\nauthors = ["Ann Author <ann@demo.dev>"]\n\n[tool.poetry.dependencies]\npython = ">=3.9"\n${more}`

export default rule({
  id: 'poetry-extra-invalid',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Poetry, "The pyproject.toml file", "extras"',
  url: 'https://python-poetry.org/docs/pyproject/#extras',
  summary: 'An extra of Poetry lists something that is not an optional dependency, or no extra lists one.',
  why: 'Poetry drops a name from an extra if it is not a dependency, and stops at a requirement with a version. A dependency that is optional but in no extra is never installed. One that is in an extra but not optional is always installed by Poetry, and by pip only with the extra.',
  breaks: BUILD_STOPS,
  fix: 'Declare each dependency of an extra in `[tool.poetry.dependencies]` with `optional = true`.',
  byHand: 'Only a person knows the version that is meant. test/advice/edits.test.ts follows the edits of the examples.',
  precision: 'high',
  bad: [
    { sdist: { pyproject: poetry('\n[tool.poetry.extras]\nfast = ["orjson"]\n') } },
    { sdist: { pyproject: poetry('orjson = ">=3"\n\n[tool.poetry.extras]\nfast = ["orjson"]\n') } },
    { sdist: { pyproject: poetry('orjson = { version = ">=3", optional = true }\n') } },
    {
      sdist: {
        pyproject: poetry(
          'orjson = { version = ">=3", optional = true }\n\n[tool.poetry.extras]\nfast = ["orjson>=3"]\n',
        ),
      },
    },
    {
      sdist: {
        pyproject: poetry('orjson = { version = ">=3", optional = true }\n\n[tool.poetry.extras]\nfast = ["orson"]\n'),
      },
    },
  ],
  good: {
    sdist: {
      pyproject: poetry('orjson = { version = ">=3", optional = true }\n\n[tool.poetry.extras]\nfast = ["OrJSON"]\n'),
    },
  },
  *check({ pyproject }) {
    if (!pyproject || familyOf(pyproject) !== 'poetry-core') return
    const table = ['tool', 'poetry'] as const
    // Where the name of a table is misspelled, backend-key-unknown reports it.
    if (['dependencies', 'extras'].some(key => isMisspelled(pyproject, table, key))) return
    // poetry-core ignores these extras where `[project]` has requirements: poetry-key-ignored reports it.
    const isRequired = ['dependencies', 'optional-dependencies'].some(key => {
      const value = pyproject.get('project', key)
      return isList(value) ? value.length > 0 : entries(value).length > 0
    })
    if (isRequired) return
    const declared = new Map(
      entries(pyproject.get(...table, 'dependencies')).map(([name, value]) => [canonicalName(name), { name, value }]),
    )
    const listed = new Set<string>()
    let missed = 0
    /** Of a name that is nothing like one of theirs: it is one of them that is meant. */
    let isOneMissed = false
    // A value of another type stops the build: backend-key-type reports it.
    if (entries(pyproject.get(...table, 'extras')).some(([, items]) => !isList(items))) return
    const written = entries(pyproject.get(...table, 'extras')).flatMap(([, items]) => texts(items))
    const all = new Set(written.map(([, item]) => canonicalName(item)))
    const optional = [...declared].flatMap(([name, { value }]) => (isOptional(value) && !all.has(name) ? [name] : []))
    /** The only one that no extra lists: it is what a name that is not among them means. */
    const unlisted = optional.length === 1 ? optional[0] : undefined
    for (const [extra, items] of entries(pyproject.get(...table, 'extras')))
      for (const [index, item] of texts(items)) {
        const at = pyproject.place(...table, 'extras', extra, index)
        if (!/^[\w.-]+$/.test(item)) {
          const name = /^[A-Za-z0-9][\w.-]*/.exec(item.trim())?.[0]
          if (name !== undefined) listed.add(canonicalName(name))
          yield finding(
            at,
            `The extra ${quote(extra)} lists ${quote(item)}, which is not a name: Poetry refuses to build.`,
            {
              severity: 'error',
              ...(name !== undefined && {
                help: `Write only the name, \`"${name}"\`: its version belongs in \`[tool.poetry.dependencies]\`.`,
                remedy: replacing(at.field ?? '', item, name, false),
              }),
            },
          )
          continue
        }
        const wanted = canonicalName(item)
        listed.add(wanted)
        const dependency = declared.get(wanted)
        if (!dependency) {
          const near = missed++ < MOST_MISSED
          const meant = (near ? nearest(wanted, declared.keys()) : undefined) ?? unlisted
          const explains = [missing.extra(canonicalName(extra))]
          if (meant === undefined) isOneMissed = true
          else listed.add(meant)
          yield finding(
            at,
            `The extra ${quote(extra)} lists ${quote(item)}, which is not in [tool.poetry.dependencies]: Poetry leaves it out.${meant === undefined ? '' : ` Did you mean ${quote(meant)}?`}`,
            meant !== undefined
              ? {
                  explains,
                  help: `Write \`"${declared.get(meant)?.name}"\` in the extra.`,
                  remedy: replacing(at.field ?? '', item, declared.get(meant)?.name, false),
                }
              : {
                  explains,
                  help: `Add \`${item} = { version = "${(near && versionInGroup(pyproject, item)) || '…'}", optional = true }\` to \`[tool.poetry.dependencies]\`, or remove it from the extra.`,
                },
          )
        } else if (!isOptional(dependency.value) && !isMisspelledIn(dependency.value, 'optional'))
          yield finding(
            at,
            `The extra ${quote(extra)} lists ${quote(item)}, which is not optional: Poetry always installs it, and pip only with the extra.`,
            {
              severity: 'info',
              help: `Write \`${dependency.name} = { version = ${versionOf(dependency.value)}, optional = true }\` in \`[tool.poetry.dependencies]\`.`,
            },
          )
      }
    // With `[project]`, its optional dependencies may be completed here.
    if (pyproject.project || isOneMissed) return
    for (const [name, { name: written, value }] of declared)
      if (isOptional(value) && !listed.has(name))
        yield finding(
          pyproject.keyPlace(...table, 'dependencies', written),
          `The dependency ${quote(written)} is optional, but no extra lists it: it is never installed.`,
          { help: 'List it in an extra of `[tool.poetry.extras]`, or remove `optional`.' },
        )
  },
})

/** Names that are compared with all others; more findings than this are only counted. */
const MOST_MISSED = 250

type Value = ReturnType<typeof entries>[number][1]

const isOptional = (value: Value): boolean =>
  isList(value) ? value.some(isOptional) : isTable(value) && value.optional === true

/** Does a table have a key that is almost this one? backend-key-unknown reports it. */
const isMisspelledIn = (value: Value, key: string): boolean =>
  isTable(value) && !(key in value) && nearest(key, Object.keys(value)) !== undefined

const versionOf = (value: Value): string =>
  JSON.stringify(
    typeof value === 'string' ? value : isTable(value) && typeof value.version === 'string' ? value.version : '*',
  )

/** The version with which a group of the project takes the dependency. */
function versionInGroup({ get }: Pyproject, name: string): string | undefined {
  for (const [group] of entries(get('tool', 'poetry', 'group')))
    for (const [one, value] of entries(get('tool', 'poetry', 'group', group, 'dependencies')))
      if (canonicalName(one) === canonicalName(name))
        return typeof value === 'string'
          ? value
          : isTable(value) && typeof value.version === 'string'
            ? value.version
            : undefined
  return undefined
}
