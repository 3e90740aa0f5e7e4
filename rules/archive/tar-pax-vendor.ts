import { quote, rule } from '../../src/rule.js'
import { PAX_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-pax-vendor',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MAY',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'A pax header contains a vendor key that not all readers know.',
  why: 'uv refuses vendor keys other than those of star and libarchive, since they can change what a member is.',
  fix: 'Let the build backend write the archive, not a system tool that stores file attributes.',
  bad: { sdist: { make: 'tar-pax-vendor' } },
  good: { sdist: { make: 'tar-pax-known-vendor' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-pax-vendor'],
      problem =>
        `A pax header${problem.member === undefined ? '' : ` of ${memberText(problem)}`} has the vendor key ${quote(problem.key)}. Only keys of SCHILY and LIBARCHIVE are read everywhere.`,
    ),
})
