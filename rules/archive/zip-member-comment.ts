import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byWalk, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-member-comment',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'A member has a comment in the central directory.',
  why: 'PyPI rejects it. A comment on the archive as a whole is allowed.',
  fix: 'Write the archive without member comments.',
  pypiMessage:
    'ZIP archive not accepted: Comment in central directory. See https://docs.pypi.org/archives for more information',
  bad: { wheel: { make: 'zip-member-comment' } },
  good: { wheel: { make: 'zip-comment' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-member-comment'],
      problem => `${memberText(problem)} has a comment of ${plural(problem.bytes, 'byte')} in the central directory.`,
      ({ binary }) => byWalk(subject, ...(binary ? (['uv'] as const) : [])),
    ),
})
