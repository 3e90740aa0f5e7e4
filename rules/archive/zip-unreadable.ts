import { OLDER_REACH, REACH } from '../../src/archive/zip-records.js'
import { rule } from '../../src/rule.js'
import { thousands } from '../../src/wording.js'
import { APPNOTE, byEnd, fromProblems } from './_problems.js'

const MESSAGES = {
  empty: 'The file is empty.',
  'not-a-zip': 'The file is not a zip archive: it does not have an end record, and does not start with a zip record.',
  cut: 'The zip archive does not have an end record: the file is truncated.',
}

export default rule({
  id: 'zip-unreadable',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.16',
  url: APPNOTE,
  summary: 'The file is not a zip archive, or its end is missing.',
  why: 'PyPI, pip and uv cannot open it.',
  fix: 'Rebuild the file or download it again, and compare its size and hash.',
  pypiMessage: 'File is not a zipfile',
  bad: { wheel: { make: 'zip-cut-end' } },
  good: { wheel: {} },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['zip-end-missing'],
      ({ file, back = 0 }) =>
        file === 'far'
          ? `The end record of the zip is ${thousands(back)} bytes before the end of the file; readers look for it in the last ${thousands(REACH)} bytes.`
          : MESSAGES[file],
      ({ file, back = 0 }) =>
        file !== 'far' ? ['pypi', 'twine', 'pip', 'uv'] : back <= OLDER_REACH ? ['pypi'] : ['pypi', 'twine', 'pip'],
    )
    yield* fromProblems(
      subject,
      ['zip-directory-missing'],
      ({ stated }) =>
        `The end record says that the central directory starts at byte ${stated}, but there is none there or before it.`,
      () => byEnd(subject, 'uv'),
    )
  },
})
