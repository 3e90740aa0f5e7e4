import { quote, rule } from '../../src/rule.js'
import { SDIST_ARCHIVE } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-unknown-type',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'A member has a type that is none of a file, directory or link.',
  why: 'pip and uv refuse to unpack it.',
  fix: 'Leave the member out: it is of a kind that only backup tools use.',
  bad: { sdist: { make: 'tar-unknown-type' } },
  good: { sdist: { make: 'tar-old-regular' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-unknown-type'],
      problem => `${memberText(problem)} has the type ${quote(problem.type)}, which is no file, directory or link.`,
    ),
})
