import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, isDirectory, memberText, uvUnpacks } from './_problems.js'

const DESCRIBED = 0x8

const hex = (flags: number) => `0x${flags.toString(16).padStart(4, '0')}`

export default rule({
  id: 'zip-local-flags-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.4',
  url: APPNOTE,
  summary: 'The general purpose flags of a member differ between its local header and the central directory.',
  why: 'The flags decide how the name and the content are read, so readers can disagree.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  bad: [{ wheel: { make: 'zip-local-flags' } }, { wheel: { make: 'zip-central-described' } }],
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-local-flags'],
      problem =>
        `The local header of ${memberText(problem)} has the flags ${hex(problem.local)}, but the central directory has ${hex(problem.central)}.`,
      // uv compares the bit that announces a data descriptor, of the files that it unpacks.
      problem =>
        (problem.local ^ problem.central) & DESCRIBED && !isDirectory(problem) && uvUnpacks(problem) ? ['uv'] : [],
    ),
})
