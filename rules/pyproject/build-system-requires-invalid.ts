import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { problemOf } from '../../src/views/parsed.js'
import { isList, kindOf } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'build-system-requires-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'pyproject.toml specification, "[build-system] table"; PEP 518',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: '`build-system.requires` is malformed, or contains a requirement that no version satisfies.',
  why: 'Installers refuse to build the sdist.',
  fix: 'Write a list of dependency specifiers, such as `requires = ["setuptools>=77"]`.',
  bad: [
    {
      sdist: { pyproject: '[build-system]\nrequires = ["setuptools >= "]\nbuild-backend = "setuptools.build_meta"\n' },
    },
    {
      sdist: { pyproject: '[build-system]\nrequires = ["hatchling>=1.26,<1.20"]\nbuild-backend = "hatchling.build"\n' },
    },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    const requires = pyproject?.get('build-system', 'requires')
    if (!pyproject || requires === undefined) return
    if (!isList(requires)) {
      yield finding(
        pyproject.place('build-system', 'requires'),
        `build-system.requires is ${kindOf(requires)}, not an array.`,
      )
      return
    }
    for (const [index, item] of requires.entries()) {
      const at = pyproject.place('build-system', 'requires', index)
      if (typeof item !== 'string') yield finding(at, `build-system.requires contains ${kindOf(item)}, not a string.`)
      else {
        const problem = problemOf(parseRequirement, item)
        if (problem)
          yield finding(
            atProblem(at, item, problem),
            `${quote(item)} is not a valid build requirement: ${problem.message}.`,
          )
        const { name, specifier } = attempt(parseRequirement, item) ?? {}
        if (specifier?.isUnsatisfiable() === true)
          yield finding(at, `No version of ${name} satisfies ${quote(specifier.toString())}.`, {
            help: 'Correct the comparisons that contradict each other.',
          })
      }
    }
  },
})
