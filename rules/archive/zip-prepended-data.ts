import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byWalk, fromProblems, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-prepended-data',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'There are bytes before the first record.',
  why: 'PyPI and uv read a zip from its first byte and refuse the file. Readers that scan the file and readers that use the directory see two different packages, so what a scanner checked is not what is installed.',
  fix: 'Write the archive without a prefix. A self-extracting or executable zip cannot be a wheel.',
  pypiMessage:
    'ZIP archive not accepted: Unknown record signature. See https://docs.pypi.org/archives for more information',
  securitySeverity: 7.5,
  bad: { wheel: { make: 'zip-prefix' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-prepended-data'],
      problem =>
        `The first zip record is preceded by ${plural(problem.bytes, 'byte')}. A wheel must start with the local header of its first member.`,
      () => byWalk(subject, 'uv'),
    ),
})
