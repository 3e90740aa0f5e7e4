import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import { keyText } from '../../src/distribution/pyproject.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { readPoetryConstraint, repairPoetryPart } from '../../src/standards/poetry-constraint.js'
import { backendFamily, entries, isTable } from '../../src/views/pyproject.js'
import { replacing } from '../shared/remedies.js'
import { BUILD_STOPS } from './_backends.js'

const poetry = (...lines: readonly string[]) =>
  `[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "demo"\nversion = "1.0"\ndescription = "Reads files"\nauthors = ["Ann Author <ann@demo.dev>"]\n\n[tool.poetry.dependencies]\n${lines.join('\n')}\n`

const DEPENDENCIES = ['tool', 'poetry', 'dependencies'] as const

export default rule({
  id: 'poetry-constraint-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Poetry documentation, "Dependency specification"',
  url: 'https://python-poetry.org/docs/dependency-specification/#version-constraints',
  summary: 'Poetry cannot read a version constraint below `[tool.poetry.dependencies]` or in a dependency group.',
  why: 'The build fails on a constraint of the project itself, and `poetry install` and `poetry lock` on any of them.',
  breaks: BUILD_STOPS,
  fix: 'Write a version after the operator, as in `^2.31`, or a wildcard alone, as in `2.*`.',
  bad: [
    { sdist: { pyproject: poetry('python = ">=3.10"', 'attrs = "^23.x"') } },
    { sdist: { pyproject: poetry('attrs = { version = ">=23,=<25", optional = true }') } },
    { sdist: { pyproject: poetry('python = "latest"', 'attrs = [{ version = "~ 23 - 24" }]') } },
    {
      sdist: { pyproject: poetry('python = ">=3.10"', '', '[tool.poetry.group.dev.dependencies]', 'pytest = "^8.x"') },
    },
  ],
  good: {
    sdist: {
      pyproject: poetry(
        'python = "^3.10 || ^4"',
        'attrs = ">=23 <25"',
        'rich = "=13.7"',
        'click = "~=8"',
        'pyyaml = { version = "6.*" }',
        'numpy = "x"',
      ),
    },
  },
  *check({ pyproject }) {
    if (!pyproject || !/^poetry(?:-core)?$/.test(backendFamily(pyproject) ?? '')) return
    for (const path of constraints(pyproject)) {
      const text = pyproject.get(...path)
      if (typeof text !== 'string') continue
      const { unread } = readPoetryConstraint(text)
      if (!unread) continue
      // A build does not read the groups of developers; `poetry install` does.
      const isOfGroup = path[2] !== 'dependencies'
      const better = repairPoetryPart(unread.text)
      const whole = better && text.slice(0, unread.at) + better + text.slice(unread.at + unread.text.length)
      yield finding(
        within(pyproject.place(...path), unread.text, unread.at),
        `Poetry cannot read ${unread.text === '' ? 'an empty constraint' : quote(unread.text)}.${whole === undefined ? '' : ` Did you mean ${quote(whole)}?`}`,
        {
          ...(isOfGroup && { severity: 'warning' }),
          remedy: replacing(keyText(path), text, whole),
          subject: keyText(path),
        },
      )
    }
  },
})

/** The key paths of the version constraints. */
function* constraints(pyproject: Pyproject): Generator<readonly (string | number)[]> {
  const groups = entries(pyproject.get('tool', 'poetry', 'group')).map(([name]) => [
    'tool',
    'poetry',
    'group',
    name,
    'dependencies',
  ])
  for (const table of [[...DEPENDENCIES], ['tool', 'poetry', 'dev-dependencies'], ...groups])
    for (const [name, value] of entries(pyproject.get(...table))) {
      yield* constraint([...table, name], value)
      if (Array.isArray(value))
        for (const [index, one] of (value as readonly TomlValue[]).entries())
          yield* constraint([...table, name, index], one)
    }
}

function* constraint(path: readonly (string | number)[], value: TomlValue) {
  if (typeof value === 'string') yield path
  else if (isTable(value) && typeof value.version === 'string') yield [...path, 'version']
}
