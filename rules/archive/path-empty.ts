import { landing } from '../../src/archive/landing.js'
import { finding, quote, rule } from '../../src/rule.js'
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
  summary: 'A member has an empty name, or only the name of the top-level directory.',
  why: 'No tool can write such a file, and readers refuse the archive.',
  fix: 'Remove the member, or rebuild the archive with your build backend.',
  bad: [{ wheel: { files: { '': '' } } }, { wheel: { files: { '.': '' } } }],
  good: { wheel: {} },
  *check(subject) {
    for (const { path, type, offset } of subject.members) {
      if (path === '')
        yield finding(
          { offset },
          'A member has an empty name.',
          // pip skips it in a tar.
          subject.archive.format === 'zip' ? {} : { enforcedBy: ['uv'] },
        )
      // In a tar such a name is the directory that contains all members.
      else if (subject.archive.format === 'zip' && type === 'file' && landing(path) === '')
        yield finding(
          { member: path, offset },
          `${quote(path)} is the directory that contains all members, not a file.`,
        )
    }
  },
})
