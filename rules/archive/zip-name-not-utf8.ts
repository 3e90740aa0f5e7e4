import { rule } from '../../src/rule.js'
import { byWalk, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-name-not-utf8',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The name of a member is not UTF-8.',
  why: 'Installers write another name on each system, or refuse the file. PyPI rejects it.',
  fix: 'Rename the file, or write its name as UTF-8 with flag bit 11.',
  pypiMessage:
    'ZIP archive not accepted: Filename not unicode. See https://docs.pypi.org/archives for more information',
  securitySeverity: 3.0,
  bad: { wheel: { make: 'zip-name-bad-utf8' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-name-not-utf8'],
      problem => `The name ${memberText(problem)} (shown as far as possible) is not valid UTF-8.`,
      ({ flagged }) => (flagged ? ['pypi-crash', 'twine', 'pip', 'uv'] : byWalk(subject, 'uv')),
    ),
})
