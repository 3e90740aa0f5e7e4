import { finding, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-file-none',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'The metadata does not name a license file.',
  why: 'Most licenses require that every copy includes their text.',
  fix: project =>
    `Add a LICENSE file, and name it under ${project.key('License-File')} where the backend does not find it.`,
  byHand: 'Only a person can choose the license, and its text.',
  bad: { wheel: { metadata: { 'License-File': null }, files: { '{dist-info}/licenses/LICENSE': null } } },
  good: { wheel: { metadata: { 'License-File': 'LICENSE' } } },
  misses: ['License-File'],
  *check({ metadata }) {
    if (!metadata?.atLeast('2.4') || metadata.first('License-File')) return
    yield finding(
      { member: metadata.member, line: 1, field: 'License-File' },
      `${metadata.member} does not name a license file (License-File).`,
    )
  },
})
