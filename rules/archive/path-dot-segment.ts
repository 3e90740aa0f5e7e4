import { finding, quote, rule } from '../../src/rule.js'
import { parts, WHEEL_FORMAT } from '../shared/paths.js'

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
  *check(subject) {
    const paths = [...new Set([...subject.members].map(member => member.path))].filter(path => {
      // tar -C writes './' before every name: the sdist rules judge that.
      const rest = subject.kind === 'sdist' && path.startsWith('./') ? path.slice(2) : path
      return parts(rest).includes('.')
    })
    const [first] = paths
    // One setting of the build tool does it to all.
    if (first !== undefined)
      yield finding(
        { member: first },
        paths.length === 1
          ? `${quote(first)} has the part '.'.`
          : `${paths.length} paths have the part '.', the first is ${quote(first)}.`,
      )
  },
})
