import type { Problem } from '../../src/archive/problem.js'
import type { PaxFault } from '../../src/archive/tar-pax.js'
import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'tar-pax-record',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'pypi', 'twine', 'uv'],
  breaks: 'pip and PyPI do not see the members that follow.',
  pypiMessage: 'Invalid distribution file. None',
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'A pax header breaks the form of its records.',
  why: 'Python stops reading here without a word, and older versions take another name from it; uv refuses the archive.',
  fix: BUILD_AGAIN,
  securitySeverity: 6.5,
  bad: { sdist: { make: 'tar-pax-record' } },
  good: { sdist: { make: 'tar-pax-long-name' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-pax-record'],
      problem =>
        `The pax header at offset ${problem.offset} of the tar has ${faultText(problem.fault)}; a record is its length, a blank, KEY=VALUE and a line feed.${DOES[problem.tarfile]}`,
      ({ tarfile, uv }) => [
        ...(tarfile === 'refuses' ? (['pip', 'pypi', 'twine'] as const) : []),
        ...(uv ? (['uv'] as const) : []),
      ],
    ),
})

const DOES: Readonly<Record<Problem<'tar-pax-record'>['tarfile'], string>> = {
  ends: ' tarfile takes the archive to be over here, so pip and PyPI see nothing that follows.',
  refuses: ' tarfile refuses the archive.',
  crashes: '',
  'reads on': '',
}

function faultText(fault: PaxFault): string {
  switch (fault.what) {
    case 'no-records':
      return 'no records'
    case 'nul':
      return 'a NUL in place of a record'
    case 'no-length':
      return 'no length'
    case 'length-not-a-number':
      return 'a length that is no number'
    case 'length-of-many-digits':
      return 'a length of too many digits'
    case 'length-past-the-end':
      return `a length of ${fault.length}, past the end of the header`
    case 'length-too-short':
      return `a length of ${fault.length}, shorter than the record`
    case 'no-line-feed':
      return 'a record that does not end with a line feed'
    case 'no-equals-sign':
      return "a record without '='"
    case 'empty-key':
      return 'an empty key'
  }
}
