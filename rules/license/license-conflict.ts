import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-conflict',
  topic: 'license',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'PEP 639, "Deprecate License field"',
  url: coreMetadata('license-expression'),
  summary: 'The metadata contains both License and License-Expression.',
  why: 'PyPI rejects the file.',
  fix: project =>
    `Keep only ${project.key('License-Expression')}, as a string, and remove every other \`license\` key.`,
  byHand: 'No current backend writes both.',
  pypiMessage: 'License is deprecated when License-Expression is present. Only License-Expression should be present.',
  bad: { wheel: { metadata: { License: 'MIT License' } } },
  good: { wheel: { metadata: { 'License-Expression': 'MIT' } } },
  *check({ metadata }) {
    const license = metadata && uploaded(metadata, 'License')[0]
    const expression = metadata && uploaded(metadata, 'License-Expression')[0]
    if (license && expression)
      yield finding(
        nameOf(license),
        `The metadata contains both License ${quote(license.value)} and License-Expression ${quote(expression.value)}.`,
      )
  },
})
