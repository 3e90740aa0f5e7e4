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
  summary: 'A member has no name, or that of the top directory.',
  why: 'Nobody can write it; readers refuse the archive.',
  fix: 'Build the archive again.',
  bad: [{ wheel: { files: { '': '' } } }, { wheel: { files: { '.': '' } } }],
  good: { wheel: {} },
  *check(subject) {
    for (const { path, type, offset } of subject.members) {
      if (path === '')
        yield finding(
          { offset },
          'A member has an empty name.',
          // pip leaves it out of a tar.
          subject.archive.format === 'zip' ? {} : { enforcedBy: ['uv'] },
        )
      // In a tar such a name is the directory that all is in.
      else if (subject.archive.format === 'zip' && type === 'file' && landing(path) === '')
        yield finding(
          { member: path, offset },
          `${quote(path)} names the directory that all members are in, not a file.`,
        )
    }
  },
})
