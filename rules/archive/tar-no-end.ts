import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'tar-no-end',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'The archive does not end with two zero blocks.',
  why: 'Nobody can tell whether the archive is complete, and uv refuses it.',
  fix: BUILD_AGAIN,
  bad: { sdist: { make: 'tar-no-end' } },
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['tar-no-end'],
      problem =>
        `The archive ends with ${problem.zeroBlocks === 1 ? 'one zero block' : 'no zero block'}. Expected two.`,
    ),
})
