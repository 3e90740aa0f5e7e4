import { rule } from '../../src/rule.js'
import { APPNOTE, byContent, crcText, fromProblems, isDirectory, memberText } from './_problems.js'

export default rule({
  id: 'zip-crc',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.7',
  url: APPNOTE,
  summary: 'The content of a member does not match the CRC-32 in its records.',
  why: 'The file was damaged or written incorrectly. pip and uv check the CRC-32 and refuse to install the wheel.',
  fix: 'Rebuild the file, or download it again.',
  pypiMessage: 'Invalid distribution file. None',
  bad: { wheel: { make: 'zip-crc' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-crc'],
      problem =>
        `The content of ${memberText(problem)} has the CRC-32 ${crcText(problem.crc)}, but its records state ${crcText(problem.stated)}.`,
      problem => (isDirectory(problem) ? [] : byContent(subject, problem, 'bad-zip', 'uv')),
    ),
})
