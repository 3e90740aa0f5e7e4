import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { isClearRequirement, repairRequirement } from '../../src/views/dependencies.js'
import { problemOf } from '../../src/views/parsed.js'
import { entries, isList, isTable, kindOf, texts } from '../../src/views/pyproject.js'
import { replacing } from '../shared/remedies.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'

export default rule({
  id: 'dependency-group-item-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Dependency groups specification',
  url: DEPENDENCY_GROUPS,
  summary:
    'A dependency group, or a list of development dependencies for pdm or uv, contains an item that is neither a valid requirement nor an include.',
  why: 'pip, uv and pdm refuse to read the group or the list.',
  fix: 'Write a dependency specifier or `{ include-group = "…" }`.',
  byHand: 'Backends do not read dependency groups, so a build proves nothing.',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntests = ["pytest =>8"]\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.pdm.dev-dependencies]\nlint = ["ruff=0.5"]\n',
      },
    },
  ],
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntests = ["pytest>=8"]\nall = [{ include-group = "tests" }]\n',
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    // pdm takes requirements of another form there.
    for (const path of listsOfTools(pyproject))
      for (const [index, item] of texts(pyproject.get(...path)))
        if (!/^\s*-e\s/.test(item)) yield* ofRequirement(pyproject.place(...path, index), item)
    const ofPdm = ['tool', 'pdm', 'dev-dependencies']
    for (const [name, items] of entries(pyproject.get(...ofPdm)))
      if (!isList(items))
        yield finding(
          pyproject.place(...ofPdm, name),
          `The group ${quote(name)} of [${ofPdm.join('.')}] is ${kindOf(items)}, not an array.`,
          {
            help: `Write a list, such as \`${name} = ["pytest>=8"]\`.`,
          },
        )
    for (const [name, items] of entries(pyproject.get('dependency-groups'))) {
      if (!isList(items)) {
        yield finding(
          pyproject.place('dependency-groups', name),
          `The dependency group ${quote(name)} is ${kindOf(items)}, not an array.`,
        )
        continue
      }
      for (const [index, item] of items.entries()) {
        const at = pyproject.place('dependency-groups', name, index)
        if (typeof item === 'string') {
          yield* ofRequirement(at, item)
        } else if (!isTable(item))
          yield finding(
            at,
            `The dependency group ${quote(name)} contains ${kindOf(item)}; expected a string or a table.`,
          )
        else if (Object.keys(item).length !== 1 || typeof item['include-group'] !== 'string')
          yield finding(
            at,
            `A table in the dependency group ${quote(name)} must contain only the key \`include-group\` with a string.`,
          )
      }
    }
  },
})

function* ofRequirement(at: Place, item: string) {
  const problem = problemOf(parseRequirement, item)
  if (!problem) return
  const better = repairRequirement(item)
  const hint = better === undefined ? '' : ` Did you mean ${quote(better)}?`
  yield finding(atProblem(at, item, problem), `${quote(item)} is not a valid requirement: ${problem.message}.${hint}`, {
    remedy: replacing(at.field ?? '', item, better, isClearRequirement(item)),
  })
}

/** Lists of requirements that pdm and uv read, and no backend. */
const listsOfTools = (pyproject: Pyproject): readonly (readonly string[])[] => [
  ...entries(pyproject.get('tool', 'pdm', 'dev-dependencies')).map(([name]) => [
    'tool',
    'pdm',
    'dev-dependencies',
    name,
  ]),
  ...['dev-dependencies', 'constraint-dependencies', 'override-dependencies', 'build-constraint-dependencies'].map(
    name => ['tool', 'uv', name],
  ),
]
