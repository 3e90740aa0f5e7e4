import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { within } from '../../src/place.js'
import type { PythonFile } from '../../src/python/file.js'
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
/** Other modules that come with a tool. */
const MODULES: ReadonlyMap<string, readonly string[]> = new Map([
  ['black', ['blackd', 'blib2to3']],
  ['mypy', ['mypyc']],
  ['pytest', ['_pytest']],
])
/** Projects that extend a tool say so in their classifiers. */
const FRAMEWORKS = /^Framework :: (?:Pytest|Sphinx|tox|Flake8|Hypothesis|Jupyter)/
/** Python files that users do not run: tests, and at the top of the source tree those that build, check and document the project. */
const TESTS = /(?:^|\/)(?:(?:[^/]*[-_])?tests?|testing)\/|(?:^|\/)(?:conftest|test_[^/]*|[^/]*_tests?)\.py$/
const AROUND =
  /^[^/]+\/(?:(?:docs?|examples?|benchmarks?|ci|tools|scripts|\.[^/]*)\/|(?:setup|noxfile|tasks|fabfile|release)\.py$)/
/** Modules that start programs, or find another module by its name. */
const STARTERS = /^(?:subprocess|importlib|runpy|shutil|asyncio|sh|plumbum|invoke)(?:\.|$)/

/** Does the file import the module, or name the program and start programs? */
function uses(file: PythonFile, name: string): boolean {
  const module = name.replaceAll('-', '_')
  const { text } = file
  const modules = [module, ...(MODULES.get(name) ?? [])]
  // Most files are not read.
  if (![name, ...modules].some(one => text.includes(one))) return false
  const isIn = (written: string) => modules.some(one => written === one || written.startsWith(`${one}.`))
  const { imports } = file
  if (imports.some(one => one.level === 0 && one.kind !== 'typing' && isIn(one.module))) return true
  // `black` is a color too.
  const isWord = [name, module].some(word => text.includes(`'${word}'`) || text.includes(`"${word}"`))
  return isWord && imports.some(one => one.level === 0 && STARTERS.test(one.module))
}

/** Is the tool part of what the project does? A plugin of the tool needs the tool that loads it. */
const isUsed = ({ kind, python }: Wheel | Sdist, name: string): boolean =>
  [...python].some(
    ([member, file]) =>
      !TESTS.test(member) &&
      !(kind === 'sdist' && AROUND.test(member)) &&
      (uses(file, name) || (name === 'pytest-cov' && uses(file, 'pytest'))),
  )

export default rule({
  id: 'requirement-dev-tool',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency groups specification',
  url: DEPENDENCY_GROUPS,
  summary: 'A development tool is a required dependency, but the project does not use it.',
  why: 'Everyone who installs the project also installs the tool, with its own dependencies and version conflicts.',
  fix: project =>
    project.home('Requires-Dist')?.form === 'poetry'
      ? 'Move it from `[tool.poetry.dependencies]` to `[tool.poetry.group.dev.dependencies]`, or to `[tool.poetry.extras]` if users may want it.'
      : `Move it from ${project.key('Requires-Dist')} to \`[dependency-groups]\` of pyproject.toml, or to ${project.key('Provides-Extra')} if users may want it.`,
  precision: 'high',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    { wheel: { metadata: { 'Requires-Dist': 'pytest>=8' } } },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'pytest>=8' },
        files: { 'demo/tests/test_core.py': 'import pytest\n', 'conftest.py': 'import pytest\n' },
      },
    },
    { wheel: { metadata: { 'Requires-Dist': 'black' }, files: { 'demo/plot.py': 'def draw(color="black"): ...\n' } } },
  ],
  good: [
    { wheel: { metadata: { 'Requires-Dist': 'pytest>=8; extra == "tests"', 'Provides-Extra': 'tests' } } },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'pytest>=8' },
        files: { 'demo/plugin.py': 'def run():\n    from pytest import main\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'black' },
        files: { 'demo/parse.py': 'from blib2to3.pgen2 import token\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'black' },
        files: { 'demo/format.py': 'import subprocess\n\nsubprocess.run(["black", "."])\n' },
      },
    },
  ],
  *check(subject) {
    const { metadata, project = '' } = subject
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
      if (isUsed(subject, name)) continue
      yield finding(
        within(field, requirement.name),
        `${quote(requirement.name)} is a development tool that every user must install, but no Python file of the project uses it.`,
      )
    }
  },
})
