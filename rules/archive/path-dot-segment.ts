import { quote, rule } from '../../src/rule.js'
import { eachPath, parts, WHEEL_FORMAT } from '../shared/paths.js'

export default rule({
  id: 'path-dot-segment',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, file contents',
  url: WHEEL_FORMAT,
  summary: 'A path has the part `.`.',
  why: 'It names the same file as the path without it, so RECORD and duplicates are compared wrongly.',
  fix: 'Write the path without `./`.',
  bad: { wheel: { files: { 'demo/./data.txt': '' } } },
  good: { wheel: { files: { 'demo/.data.txt': '' } } },
  check: subject =>
    eachPath(subject, path => {
      // tar -C writes './' before every name: the sdist rules judge that.
      const rest = subject.kind === 'sdist' && path.startsWith('./') ? path.slice(2) : path
      return parts(rest).includes('.') ? `${quote(path)} has the part '.'.` : undefined
    }),
})
