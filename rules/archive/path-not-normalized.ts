import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { eachPath, parts, WHEEL_FORMAT } from '../shared/paths.js'

export default rule({
  id: 'path-not-normalized',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, file contents',
  url: WHEEL_FORMAT,
  summary: 'A path contains an empty part or the part `.`.',
  why: 'It names the same file as the path without that part. Extractors write a different name than the archive lists, and comparisons with RECORD fail.',
  fix: 'Write one slash between the parts of a path, and no `./`.',
  formerly: ['path-empty-segment', 'path-dot-segment'],
  bad: [{ wheel: { files: { 'demo//data.txt': '' } } }, { wheel: { files: { 'demo/./data.txt': '' } } }],
  good: [{ wheel: { files: { 'demo/data.txt': '' } } }, { wheel: { files: { 'demo/.data.txt': '' } } }],
  *check(subject) {
    yield* eachPath(
      subject,
      path => (path !== '' && parts(path).indexOf('', 1) > 0 ? `${quote(path)} contains an empty part.` : undefined),
      { help: 'Write one slash between the parts of a path.' },
    )
    const paths = [...new Set([...subject.members].map(member => member.path))].filter(path => {
      // tar -C writes './' before every name: the sdist rules judge that.
      const rest = subject.kind === 'sdist' && path.startsWith('./') ? path.slice(2) : path
      return parts(rest).includes('.')
    })
    const [first] = paths
    // One setting of the build tool causes it everywhere.
    if (first !== undefined)
      yield finding(
        { member: first, offset: subject.members.get(first)?.offset },
        paths.length === 1
          ? `${quote(first)} contains the part '.'.`
          : `${plural(paths.length, 'path')} contain the part '.', starting with ${quote(first)}.`,
        // The path may have an empty part too.
        { help: 'Write the path without `./`.', subject: `${first} .` },
      )
  },
})
