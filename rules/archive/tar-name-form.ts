import { quote, rule } from '../../src/rule.js'
import { eachPath } from '../shared/paths.js'
import { SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'tar-name-form',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'The path of a member begins or ends with a blank, or that of a file ends like a directory.',
  why: 'Python writes something; uv refuses the archive.',
  fix: 'Rename the file.',
  bad: [{ sdist: { files: { '{top}/name ': '' } } }, { sdist: { make: 'tar-file-with-slash' } }],
  good: [{ sdist: { files: { '{top}/a name': '' } } }, { sdist: { make: 'tar-directories' } }],
  *check(subject) {
    if (subject.archive.format !== 'tar') return
    yield* eachPath(subject, (path, { type }) => {
      if (/^[ \t\n\f\r]|[ \t\n\f\r]$/.test(path)) return `${quote(path)} begins or ends with a blank.`
      if (type !== 'directory' && /\/\.{0,2}$/.test(path)) return `${quote(path)} ends like a directory, and is none.`
      return undefined
    })
  },
})
