import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, crcText, fromProblems, memberText, uvUnpacks } from './_problems.js'

export default rule({
  id: 'zip-directory-with-content',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.8',
  url: APPNOTE,
  summary: 'A directory entry has content.',
  why: 'Some readers ignore the content of a directory, others write a file. uv refuses the archive.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  securitySeverity: 5.0,
  bad: { wheel: { make: 'zip-directory-data' } },
  good: { wheel: { make: 'zip-directory' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-directory-with-data'],
      problem =>
        problem.bytes === 0
          ? `The directory entry ${memberText(problem)} states the CRC-32 ${crcText(problem.crc)}. A directory does not have content.`
          : `The directory entry ${memberText(problem)} has ${plural(problem.bytes, 'byte')} of content. A directory does not have content.`,
      problem => (uvUnpacks(problem) ? ['uv'] : []),
    ),
})
