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
  summary: 'A member is not a file, directory or link.',
  why: 'pip and uv refuse to unpack it.',
  fix: 'Remove the member: only backup tools use this type.',
  bad: { sdist: { make: 'tar-unknown-type' } },
  good: { sdist: { make: 'tar-old-regular' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-unknown-type'],
      problem => `${memberText(problem)} has type ${quote(problem.type)}. Expected a file, directory or link.`,
    ),
})
