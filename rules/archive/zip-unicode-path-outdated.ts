import { quote, rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-unicode-path-outdated',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.6.9',
  url: APPNOTE,
  summary: 'The CRC in a Unicode path field does not match the name of the member.',
  why: 'According to the specification, the field is then outdated and ignored, but some readers use it anyway.',
  fix: 'Write the name itself as UTF-8 with flag bit 11, without the field 0x7075.',
  bad: { wheel: { make: 'zip-unicode-path-crc' } },
  good: { wheel: { make: 'zip-unicode-path-same' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-unicode-path-crc'],
      problem =>
        `The Unicode path field in the ${problem.where} header of ${memberText(problem)} was made for another name: ${quote(problem.path)}.`,
    ),
})
