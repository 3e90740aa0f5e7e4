import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byWalk, fromProblems, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-gap',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'Bytes between two records belong to neither.',
  why: 'PyPI refuses the file, and so does uv when it streams it. Readers that go through the file and readers that go by the directory see two different packages, so what a scanner checked is not what is installed.',
  fix: 'Build the file again. If a tool aligned the members (zipalign), leave that out, or let it pad with an extra field.',
  pypiMessage:
    'ZIP archive not accepted: Unknown record signature. See https://docs.pypi.org/archives for more information',
  securitySeverity: 7.5,
  bad: { wheel: { make: 'zip-gap' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-gap'],
      problem => `${plural(problem.bytes, 'byte')} at offset ${problem.offset} belong to no zip record.`,
      () => byWalk(subject, 'uv'),
    ),
})
