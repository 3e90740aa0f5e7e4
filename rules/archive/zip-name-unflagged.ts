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
  summary: 'A non-ASCII name is UTF-8, but flag bit 11 does not say so.',
  why: 'pip decodes it as code page 437 and writes another name. PyPI reads it both ways and rejects the file.',
  fix: "Write the archive with a tool that sets flag bit 11 (Python's zipfile does), or use ASCII names.",
  pypiMessage:
    'ZIP archive not accepted: Filename not in central directory. See https://docs.pypi.org/archives for more information',
  bad: { wheel: { make: 'zip-name-unflagged' }, alsoGives: ['record-extra-entry', 'record-missing-file'] },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-name-unflagged'],
      problem => `The name ${memberText(problem)}, as decoded without flag bit 11, is actually UTF-8 for another name.`,
      () => byWalk(subject, 'uv'),
    ),
})
