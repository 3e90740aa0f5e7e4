import { rule } from '../../src/rule.js'
import { APPNOTE, crcText, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-local-crc-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.7',
  url: APPNOTE,
  summary: 'The local header of a member states another CRC-32 than the central directory.',
  why: 'uv compares them and refuses the file.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  securitySeverity: 5.5,
  bad: { wheel: { make: 'zip-local-crc' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-local-crc'],
      problem =>
        `The local header of ${memberText(problem)} states the CRC-32 ${crcText(problem.local)}, the central directory ${crcText(problem.central)}.`,
    ),
})
