import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byUvWalk, byWalk, fromProblems, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-gap',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'There are bytes between two records that belong to neither.',
  why: 'PyPI rejects the file, and so does uv when it streams it. Readers that scan the file and readers that use the directory see two different packages, so what a scanner checked is not what is installed.',
  fix: 'Rebuild the file with a build backend. If a tool aligned the members (zipalign), skip that step, or let it pad with an extra field.',
  pypiMessage:
    'ZIP archive not accepted: Unknown record signature. See https://docs.pypi.org/archives for more information',
  securitySeverity: 7.5,
  bad: { wheel: { make: 'zip-gap' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-gap'],
      problem =>
        `${plural(problem.bytes, 'byte')} at offset ${problem.offset} ${problem.bytes === 1 ? 'does' : 'do'} not belong to any zip record.`,
      () => byWalk(subject, ...byUvWalk(subject)),
    ),
})
