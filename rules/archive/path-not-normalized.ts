import { finding, quote, rule } from '../../src/rule.js'
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
  summary: 'A path has an empty part or the part `.`.',
  why: 'It names the same file as the path without that part: extractors write another name than the archive lists, and RECORD and duplicates are compared incorrectly.',
  fix: 'Write one slash between the parts of a path, and no `./`.',
  formerly: ['path-empty-segment', 'path-dot-segment'],
  bad: [{ wheel: { files: { 'demo//data.txt': '' } } }, { wheel: { files: { 'demo/./data.txt': '' } } }],
  good: [{ wheel: { files: { 'demo/data.txt': '' } } }, { wheel: { files: { 'demo/.data.txt': '' } } }],
  *check(subject) {
    yield* eachPath(
      subject,
      path => (path !== '' && parts(path).indexOf('', 1) > 0 ? `${quote(path)} has an empty part.` : undefined),
      { help: 'Write one slash between the parts of a path.' },
    )
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
        // The path may have an empty part too.
        { help: 'Write the path without `./`.', subject: `${first} .` },
      )
  },
})
