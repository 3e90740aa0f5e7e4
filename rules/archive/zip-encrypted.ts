import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, isScanned, memberText, pypiReads } from './_problems.js'

export default rule({
  id: 'zip-encrypted',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.4',
  url: APPNOTE,
  summary: 'A member is encrypted.',
  why: 'Installers have no password: pip and uv stop there.',
  fix: 'Write the archive without encryption.',
  pypiMessage: 'Internal Server Error',
  securitySeverity: 5.0,
  bad: { wheel: { make: 'zip-encrypted' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-encrypted'],
      problem => `${memberText(problem)} is marked as encrypted; its content cannot be read.`,
      problem => (pypiReads(problem) ? [isScanned(problem) ? 'pypi-crash' : 'pypi', 'pip', 'uv'] : ['pip', 'uv']),
    ),
})
