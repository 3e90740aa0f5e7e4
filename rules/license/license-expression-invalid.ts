import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import { sinceWords } from '../../src/standards/packaging-differences.js'
import { isPlainLicense, licenseExpressionFor, licenseHint, newerIds } from '../../src/views/licenses.js'
import { problemOf } from '../../src/views/parsed.js'
import { licenseReason } from '../shared/license-reasons.js'
import { replacing } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-expression-invalid',
  topic: 'license',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "License-Expression"; PEP 639',
  url: coreMetadata('license-expression'),
  summary: 'License-Expression is not a valid SPDX license expression.',
  why: 'PyPI and twine reject the file.',
  fix: project =>
    `Set ${project.key('License-Expression')} to identifiers of the SPDX license list joined by AND, OR and WITH, or to \`LicenseRef-…\` for any other license.`,
  pypiMessage: "'Apache 2.0' is invalid for 'license-expression'",
  bad: [
    { wheel: { metadata: { 'License-Expression': 'Apache 2.0' } } },
    { wheel: { metadata: { 'License-Expression': 'BSD' } } },
    { wheel: { metadata: { 'License-Expression': 'GNU LGPL v2.1' } } },
  ],
  good: { wheel: { metadata: { 'License-Expression': 'Apache-2.0' } } },
  *check({ metadata }) {
    const field = metadata?.first('License-Expression')
    const problem = field && problemOf(parseLicenseExpression, field.value)
    if (!field || problem === undefined || newerIds(field.value).length > 0) return
    const better = licenseExpressionFor(field.value)
    yield finding(
      atProblem(field, field.value, problem),
      `${quote(field.value)} is not a valid SPDX license expression${licenseReason(problem.message)}${sinceWords(problem.since)}.${licenseHint(field.value)}`,
      {
        remedy: replacing('License-Expression', field.value, better, isPlainLicense(field.value)),
        enforcedBy: problem.since ? ['twine', 'packaging'] : undefined,
      },
    )
  },
})
