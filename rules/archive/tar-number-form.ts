import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-number-form',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'SHOULD',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A number in a header is padded with blanks or is binary.',
  why: 'Python reads it; uv refuses the archive.',
  fix: BUILD_AGAIN,
  bad: { sdist: { make: 'tar-size-blanks' } },
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['tar-number-form'],
      problem =>
        `The header of ${memberText(problem)} has ${quote(problem.text)} as its ${problem.field}; octal digits padded with zeros are expected.`,
    ),
})
