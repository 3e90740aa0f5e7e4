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
  summary: 'A path starts or ends with a space, or the path of a file ends like that of a directory.',
  why: 'Python unpacks the file under some name, uv refuses the archive.',
  fix: 'Rename the file.',
  bad: [
    { sdist: { files: { '{top}/name ': '' } } },
    { sdist: { make: 'tar-file-with-slash' } },
    { sdist: { make: 'tar-pax-slash' } },
  ],
  good: [{ sdist: { files: { '{top}/a name': '' } } }, { sdist: { make: 'tar-directories' } }],
  *check(subject) {
    if (subject.archive.format !== 'tar') return
    yield* eachPath(subject, (path, { type }) => {
      if (/^[ \t\n\f\r]|[ \t\n\f\r]$/.test(path)) return `${quote(path)} starts or ends with a space.`
      if (type !== 'directory' && /\/\.{0,2}$/.test(path))
        return `${quote(path)} ends like a directory, but is not one.`
      return undefined
    })
  },
})
