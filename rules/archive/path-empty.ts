import { rule } from '../../src/rule.js'
import { eachPath, WHEEL_FORMAT } from '../shared/paths.js'

export default rule({
  id: 'path-empty',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'Binary distribution format, file contents',
  url: WHEEL_FORMAT,
  summary: 'A member has no name.',
  why: 'Nobody can write it; readers refuse the archive.',
  fix: 'Build the archive again.',
  bad: { wheel: { files: { '': '' } } },
  good: { wheel: {} },
  check: subject => eachPath(subject, path => (path === '' ? 'A member has an empty name.' : undefined)),
})
