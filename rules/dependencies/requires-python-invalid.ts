import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { sinceWords } from '../../src/standards/packaging-differences.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'
import { isClear, repairPythons } from '../../src/views/dependencies.js'
import { problemOf, reasonIn } from '../../src/views/parsed.js'
import { replacing } from '../shared/remedies.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'
import { uvMends } from './_uv.js'

export default rule({
  id: 'requires-python-invalid',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging', 'pypi', 'uv'],
  force: 'MUST',
  source: 'Core metadata specification, "Requires-Python"; version specifiers',
  url: `${VERSION_SPECIFIERS}#version-specifiers`,
  summary: 'Requires-Python is not a valid version specifier.',
  why: 'PyPI and twine reject the file. pip ignores the whole field and installs the release on every Python. uv repairs some invalid values and rejects the others.',
  fix: project => `Set ${project.key('Requires-Python')} to comparisons separated by commas, as in \`>=3.9\`.`,
  pypiMessage: "'>=3.6.*' is invalid for 'requires-python'",
  bad: [
    { wheel: { metadata: { 'Requires-Python': '>=3.6.*' } } },
    { wheel: { metadata: { 'Requires-Python': '=>3.6' } } },
    { wheel: { metadata: { 'Requires-Python': '===' } } },
  ],
  good: { wheel: { metadata: { 'Requires-Python': '>=3.6' } } },
  *check({ metadata }) {
    const field = metadata?.first('Requires-Python')
    const problem = field && problemOf(parseSpecifiers, field.value)
    if (!field || !problem) return
    const better = repairPythons(field.value)
    const hint = better === undefined ? '' : ` Did you mean ${quote(better)}?`
    yield finding(
      atProblem(field, field.value, problem),
      `Requires-Python ${quote(field.value)} is not a valid version specifier${reasonIn(problem, field.value)}${sinceWords(problem.since)}.${hint}`,
      {
        remedy: replacing('Requires-Python', field.value, better, isClear(field.value)),
        enforcedBy: [
          'twine',
          'packaging',
          ...(problem.since ? [] : (['pypi'] as const)),
          ...(uvMends(field.value, mended => attempt(parseSpecifiers, mended) !== undefined) ? [] : (['uv'] as const)),
        ],
      },
    )
  },
})
