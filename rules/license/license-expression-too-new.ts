import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { newerSpdxLicense, parseLicenseExpression, SPDX_LIST } from '../../src/standards/license-expression.js'
import { newerIds } from '../../src/views/licenses.js'
import { problemOf } from '../../src/views/parsed.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-expression-too-new',
  topic: 'license',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'none',
  source: 'PEP 639, "Add License-Expression field"',
  url: coreMetadata('license-expression'),
  summary: 'License-Expression uses an identifier that PyPI does not know yet.',
  why: 'PyPI and twine use their own copy of the SPDX license list, and reject the file until that copy is updated.',
  fix: project =>
    `Set ${project.key('License-Expression')} to \`LicenseRef-…\` with the name of the license until the list has it.`,
  byHand: 'Only a person can say when the list has it.',
  pypiMessage: "Unknown license: 'openmdw-1.0'",
  bad: { wheel: { metadata: { 'License-Expression': 'OpenMDW-1.0' } } },
  good: { wheel: { metadata: { 'License-Expression': 'LicenseRef-OpenMDW-1.0' } } },
  *check({ metadata }) {
    const field = metadata?.first('License-Expression')
    if (!field || !problemOf(parseLicenseExpression, field.value)) return
    for (const id of newerIds(field.value))
      yield finding(
        within(field, id),
        `${quote(newerSpdxLicense(id) ?? id)} is in the SPDX license list, but not in version ${SPDX_LIST.version}, which twine and PyPI use.`,
      )
  },
})
