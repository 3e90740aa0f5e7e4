import type { EndField } from '../../src/archive/zip-problem.js'
import { rule } from '../../src/rule.js'
import { APPNOTE, byEnd, fromProblems } from './_problems.js'

const LABELS: Readonly<Record<EndField, string>> = {
  disk: 'the disk',
  centralDisk: 'the disk of the directory',
  diskEntries: 'the entries on this disk',
  entries: 'the number of entries',
  size: 'the size of the directory',
  offset: 'the offset of the directory',
}

export default rule({
  id: 'zip64-end-contradiction',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.1.4',
  url: APPNOTE,
  summary: 'The zip64 end record contradicts the plain end record.',
  why: 'Readers that use one of them see different members than readers that use the other. PyPI and uv refuse the file.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage:
    'ZIP archive not accepted: Mismatched central directory records. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: { wheel: { make: 'zip64-end-count' }, alsoGives: ['zip-end-record-mismatch'] },
  good: { wheel: { make: 'zip64-end' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip64-end-contradiction'],
      problem =>
        `The zip64 end record has ${problem.zip64} for ${LABELS[problem.field]}, but the plain end record has ${problem.plain}.`,
      () => byEnd(subject, 'uv'),
    ),
})
