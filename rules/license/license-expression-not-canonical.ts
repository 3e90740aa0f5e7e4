import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import { replacing } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-expression-not-canonical',
  topic: 'license',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 639, "Add License-Expression field"',
  url: coreMetadata('license-expression'),
  summary: 'License-Expression is not in its canonical form.',
  why: 'License checkers compare text, and many recognize only the spelling in the SPDX license list.',
  fix: project =>
    `Write the identifiers under ${project.key('License-Expression')} as the SPDX list spells them and the operators in uppercase.`,
  bad: { wheel: { metadata: { 'License-Expression': 'mit or apache-2.0' } } },
  good: { wheel: { metadata: { 'License-Expression': 'MIT OR Apache-2.0' } } },
  *check({ metadata }) {
    const field = metadata?.first('License-Expression')
    const parsed = field && attempt(parseLicenseExpression, field.value)
    if (!field || !parsed || parsed.toString() === field.value) return
    yield finding(
      field,
      `License-Expression is ${quote(field.value)}; its canonical form is ${quote(parsed.toString())}.`,
      {
        help: project => `Set ${project.setting('License-Expression', parsed.toString())}.`,
        remedy: replacing('License-Expression', field.value, parsed.toString()),
      },
    )
  },
})
