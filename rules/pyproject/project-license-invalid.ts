import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import { licenseExpressionFor } from '../../src/views/licenses.js'
import { problemOf } from '../../src/views/parsed.js'
import { backendOf } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO, STOPS_OR_REFUSED } from './_backends.js'

export default rule({
  id: 'project-license-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "license"; PEP 639',
  url: pyprojectToml('license'),
  summary: '`project.license` is no SPDX licence expression.',
  why: 'Most backends refuse the string; pdm-backend writes it unread, and the index then refuses what it built.',
  breaks: STOPS_OR_REFUSED,
  fix: 'Use identifiers of the SPDX licence list, or `LicenseRef-…` for any other licence.',
  bad: [
    {
      sdist: {
        pyproject: builtWith('hatchling', DEMO, 'license = "Apache 2.0"'),
      },
    },
    { sdist: { pyproject: builtWith('poetry-core', DEMO, 'license = "Apache 2.0"') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'license = "mit"') } },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    const text = pyproject?.get('project', 'license')
    if (!pyproject || typeof text !== 'string') return
    const at = pyproject.place('project', 'license')
    const problem = problemOf(parseLicenseExpression, text)
    if (problem) {
      const better = licenseExpressionFor(text)
      const hint = better === undefined ? '' : ` Write ${quote(better)}.`
      yield finding(
        atProblem(at, text, problem),
        `project.license ${quote(text)} is not valid: ${problem.message}.${hint}`,
        // poetry-core writes it as License instead.
        backendOf(pyproject) === 'poetry-core' ? { severity: 'warning' } : undefined,
      )
      return
    }
    const canonical = attempt(parseLicenseExpression, text)?.toString()
    if (canonical !== undefined && canonical !== text)
      yield finding(at, `project.license is ${quote(text)}; its canonical form is ${quote(canonical)}.`, {
        severity: 'info',
      })
  },
})
