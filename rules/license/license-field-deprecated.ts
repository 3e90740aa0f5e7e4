import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { licenseRemedy } from '../../src/views/license-remedy.js'
import { licenseExpressionFor } from '../../src/views/licenses.js'
import { isTable } from '../../src/views/pyproject.js'
import { coreMetadata } from '../shared/specifications.js'
import { stateLicense } from './_advice.js'

export default rule({
  id: 'license-field-deprecated',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 639, "Deprecate License field"',
  url: coreMetadata('license'),
  summary: 'Only the deprecated License field names the license.',
  why: 'The field is free text, so tools cannot tell which license it is.',
  fix: project =>
    `Set ${project.key('License-Expression')} to an SPDX expression, and delete \`License ::\` classifiers: setuptools, flit and pdm refuse to build both.`,
  needs: ['license-texts'],
  bad: { wheel: { metadata: { 'License-Expression': null, License: 'MIT' } } },
  good: { wheel: { metadata: { 'License-Expression': 'MIT' } } },
  *check(subject) {
    const { metadata } = subject
    // The table that it comes from has its own rule.
    if (subject.kind === 'sdist' && isTable(subject.pyproject?.get('project', 'license'))) return
    if (!metadata?.atLeast('2.4') || given(metadata, 'License-Expression').length > 0) return
    const field = given(metadata, 'License')[0]
    if (!field || field.value.length > 200 || /[\r\n]/.test(field.value)) return
    const expression = licenseExpressionFor(field.value)
    const remedy = licenseRemedy(subject, { text: field.value })
    yield expression === field.value.trim()
      ? finding(
          nameOf(field),
          `License ${quote(field.value)} is an SPDX expression, but it is in the deprecated field.`,
          {
            remedy,
            help: stateLicense({ subject, expression }),
          },
        )
      : finding(
          nameOf(field),
          `License ${quote(field.value)} uses a field that is deprecated since Metadata-Version 2.4; use License-Expression instead.`,
          { remedy, help: stateLicense({ subject, expression, named: field.value }) },
        )
  },
})
