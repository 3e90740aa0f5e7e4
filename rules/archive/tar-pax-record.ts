import type { Problem } from '../../src/archive/problem.js'
import type { PaxFault } from '../../src/archive/tar-pax.js'
import type { Enforcer } from '../../src/finding.js'
import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'tar-pax-record',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'pypi', 'twine', 'uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'A record in a pax header is malformed.',
  why: 'Python silently stops reading here, and older versions read another name. uv refuses the archive.',
  breaks: 'pip and PyPI do not see the members that follow.',
  fix: BUILD_AGAIN,
  pypiMessage: 'Invalid distribution file. None',
  securitySeverity: 6.5,
  bad: [{ sdist: { make: 'tar-pax-record' } }, { sdist: { make: 'tar-pax-record-nul' } }],
  good: { sdist: { make: 'tar-pax-long-name' } },
  *check(subject) {
    for (const problem of problemsOf(subject, 'tar-pax-record')) {
      const { offset, fault, tarfile, uv } = problem
      const enforcedBy: Enforcer[] = tarfile === 'refuses' ? ['pip', 'pypi', 'twine'] : []
      if (uv) enforcedBy.push('uv')
      yield problemFinding(
        problem,
        `The pax header at offset ${offset} of the tar has ${faultText(fault)}. Expected a length, a space, KEY=VALUE and a line feed.${DOES[tarfile]}`,
        // Some writers pad with NULs, or write an empty header.
        fault.what === 'nul' || fault.what === 'no-records' ? { severity: 'warning', enforcedBy } : { enforcedBy },
      )
    }
  },
})

const DOES: Readonly<Record<Problem<'tar-pax-record'>['tarfile'], string>> = {
  ends: ' tarfile, which pip and PyPI use, treats this as the end of the archive.',
  refuses: ' tarfile refuses to open the archive.',
  crashes: '',
  'reads on': '',
}

function faultText(fault: PaxFault): string {
  switch (fault.what) {
    case 'no-records':
      return 'no records'
    case 'nul':
      return 'a NUL instead of a record'
    case 'no-length':
      return 'no length'
    case 'length-not-a-number':
      return 'a length that is not a number'
    case 'length-of-many-digits':
      return 'a length with too many digits'
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
