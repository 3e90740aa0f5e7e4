import { finding, rule } from '../../src/rule.js'
import { WHEEL_FORMAT } from '../shared/paths.js'

export default rule({
  id: 'path-empty',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'Binary distribution format, file contents',
  url: WHEEL_FORMAT,
  summary: 'A member has no name.',
  why: 'Nobody can write it; readers refuse the archive.',
  fix: 'Build the archive again.',
  bad: { wheel: { files: { '': '' } } },
  good: { wheel: {} },
  *check({ members }) {
    const member = members.list.find(({ path }) => path === '')
    if (member) yield finding({ offset: member.offset }, 'A member has an empty name.')
  },
})
