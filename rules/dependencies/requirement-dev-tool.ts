import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { dependencies, isOptional } from '../../src/views/dependencies.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'

const TOOLS = new Set([
  'pytest',
  'pytest-cov',
  'tox',
  'black',
  'flake8',
  'mypy',
  'sphinx',
  'twine',
  'pre-commit',
  'pylint',
  'isort',
  'coverage',
  'ruff',
  'nox',
  'nose',
])
/** Projects that extend a tool say so in their classifiers. */
const FRAMEWORKS = /^Framework :: (?:Pytest|Sphinx|tox|Flake8|Hypothesis|Jupyter)/

export default rule({
  id: 'requirement-dev-tool',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency groups specification',
  url: DEPENDENCY_GROUPS,
  summary: 'A development tool is required by every user.',
  why: 'Everybody who installs the project gets the tool too, with its own dependencies and version conflicts.',
  fix: 'Move it to `[dependency-groups]`, or to an extra if users may want it.',
  precision: 'high',
  bad: { wheel: { metadata: { 'Requires-Dist': 'pytest>=8' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'pytest>=8; extra == "tests"', 'Provides-Extra': 'tests' } } },
  *check({ metadata, project = '' }) {
    if (!metadata || metadata.all('Classifier').some(({ value }) => FRAMEWORKS.test(value))) return
    const words = project.split('-')
    for (const { field, requirement, name } of dependencies(metadata)) {
      if (!TOOLS.has(name) || isOptional(requirement)) continue
      const base = name.split('-')[0] ?? name
      if (
        words.some(word => word.includes(base)) ||
        /(?:^|-)(?:tests?|testing|lint|linter|docs?|theme|dev)(?:-|$)/.test(project)
      )
        continue
      yield finding(
        within(field, requirement.name),
        `${quote(requirement.name)} is a development tool, and every user must install it.`,
      )
    }
  },
})
