import { rule } from '../../src/rule.js'
import { byWalk, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-name-unflagged',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'A name beyond ASCII is UTF-8, but flag bit 11 does not say so.',
  why: 'pip takes it for code page 437 and writes another name; PyPI reads it both ways and refuses the file.',
  fix: 'Write the archive with a tool that sets flag bit 11 (Python zipfile does), or use ASCII names.',
  pypiMessage:
    'ZIP archive not accepted: Filename not in central directory. See https://docs.pypi.org/archives for more information',
  bad: { wheel: { make: 'zip-name-unflagged' }, alsoGives: ['record-extra-entry', 'record-missing-file'] },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-name-unflagged'],
      problem => `The name ${memberText(problem)}, as readers decode it without flag bit 11, is UTF-8 for another one.`,
      () => byWalk(subject, 'uv'),
    ),
})
