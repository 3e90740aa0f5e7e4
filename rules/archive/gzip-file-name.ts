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
  summary: 'The gzip header contains a path.',
  why: 'It publishes directory names of the build machine, and makes builds on different machines differ.',
  fix: 'Configure the build backend to write no name, or only the file name.',
  bad: { sdist: { make: 'gzip-name-path' } },
  good: { sdist: { make: 'gzip-name' } },
  *check(subject) {
    const { fname, fnameAt } = subject.archive.gzip ?? {}
    if (fname !== undefined && /[\\/]/.test(fname))
      yield finding(
        { offset: fnameAt },
        `The gzip header contains the path ${quote(fname)}. Expected only a file name, or none.`,
      )
  },
})
