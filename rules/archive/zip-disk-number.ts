import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, memberOf } from '../shared/problems.js'

export default rule({
  id: 'zip-disk-number',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.19',
  url: APPNOTE,
  summary: 'A record says that it belongs to another disk of a zip split in parts.',
  why: 'Readers ignore the number or refuse the file; no index or installer takes a zip in parts.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  bad: { wheel: { make: 'zip-disk' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-disk-number'],
      problem =>
        `${problem.member === undefined ? 'The end record' : memberOf(problem)} states disk ${problem.found}; in a zip of one file it is 0.`,
    ),
})
