import { finding, quote, rule } from '../../src/rule.js'
import { GZIP_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'gzip-file-name',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'RFC 1952, section 2.3',
  url: GZIP_FORMAT,
  summary: 'The gzip header holds a path.',
  why: 'It tells the public about directories of the machine, and makes two builds differ.',
  fix: 'Have the build backend write no name, or the file name alone.',
  bad: { sdist: { make: 'gzip-name-path' } },
  good: { sdist: { make: 'gzip-name' } },
  *check(subject) {
    const { fname, fnameAt } = subject.archive.gzip ?? {}
    if (fname !== undefined && /[\\/]/.test(fname))
      yield finding({ offset: fnameAt }, `The gzip header holds the path ${quote(fname)}; a file name is enough.`)
  },
})
