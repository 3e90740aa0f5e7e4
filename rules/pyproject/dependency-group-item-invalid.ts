import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { problemOf } from '../../src/views/parsed.js'
import { entries, isList, isTable, kindOf } from '../../src/views/pyproject.js'
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
  summary: 'A dependency group contains an item that is neither a valid requirement nor an include.',
  why: 'Tools refuse to read the group.',
  fix: 'Write a dependency specifier or `{ include-group = "…" }`.',
  byHand: 'Backends do not read dependency groups, so a build proves nothing.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntests = ["pytest =>8"]\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntests = ["pytest>=8"]\nall = [{ include-group = "tests" }]\n',
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
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
          const problem = problemOf(parseRequirement, item)
          if (problem)
            yield finding(
              atProblem(at, item, problem),
              `${quote(item)} is not a valid requirement: ${problem.message}.`,
            )
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
