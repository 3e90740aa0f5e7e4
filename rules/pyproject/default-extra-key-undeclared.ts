import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { entries, isList, kindOf } from '../../src/views/pyproject.js'

const HEAD =
  '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n'

export default rule({
  id: 'default-extra-key-undeclared',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 771 (draft), "New key in [project] metadata table"',
  url: 'https://peps.python.org/pep-0771/',
  summary: '`default-optional-dependency-keys` is not an array of extras that the project defines.',
  why: 'A backend that implements the draft writes a Default-Extra that nobody can install.',
  fix: 'List keys of `[project.optional-dependencies]`.',
  status: 'preview',
  byHand: 'Only a person knows whether the name is wrong, or the extra was forgotten.',
  bad: [
    { sdist: { pyproject: `${HEAD}default-optional-dependency-keys = ["fast"]\n` } },
    { sdist: { pyproject: `${HEAD}default-optional-dependency-keys = "fast"\n` } },
  ],
  good: {
    sdist: {
      metadata: { 'Provides-Extra': 'fast', 'Requires-Dist': 'attrs; extra == "fast"' },
      pyproject: `${HEAD}default-optional-dependency-keys = ["fast"]\n\n[project.optional-dependencies]\nfast = ["attrs"]\n`,
    },
  },
  *check({ pyproject }) {
    const path = ['project', 'default-optional-dependency-keys'] as const
    const value = pyproject?.get(...path)
    if (!pyproject || value === undefined) return
    if (!isList(value)) {
      yield finding(pyproject.place(...path), `'${path[1]}' is ${kindOf(value)}; expected an array of strings.`)
      return
    }
    const extras = new Set(
      entries(pyproject.get('project', 'optional-dependencies')).map(([key]) => canonicalName(key)),
    )
    for (const [i, item] of value.entries()) {
      if (typeof item !== 'string')
        yield finding(pyproject.place(...path, i), `'${path[1]}' contains ${kindOf(item)}; expected a string.`)
      else if (!extras.has(canonicalName(item)))
        yield finding(pyproject.place(...path, i), `${quote(item)} is not a key of [project.optional-dependencies].`)
    }
  },
})
