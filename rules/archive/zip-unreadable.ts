import { rule } from '../../src/rule.js'
import { thousands } from '../../src/wording.js'
import { APPNOTE, byEnd, fromProblems } from './_problems.js'

const MESSAGES = {
  empty: 'The file is empty: 0 bytes.',
  'not-a-zip': 'The file is no zip archive: it has no end record, and does not begin with one of the format.',
  cut: 'The zip has no end record: the file was cut.',
}

/** Bytes at the end of a file in which readers look for the end record; zipfile up to Python 3.13 looks one byte further. */
const REACH = 65_557

export default rule({
  id: 'zip-unreadable',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.16',
  url: APPNOTE,
  summary: 'The file has no usable end record: it is no zip, or its end is missing.',
  why: 'PyPI, pip and uv cannot open it at all.',
  fix: 'Build or download the file again, and compare its size and hash.',
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
      ({ file, back }) =>
        file !== 'far' ? ['pypi', 'twine', 'pip', 'uv'] : back === REACH + 1 ? ['pypi'] : ['pypi', 'twine', 'pip'],
    )
    yield* fromProblems(
      subject,
      ['zip-directory-missing'],
      ({ stated }) =>
        `The end record says that the central directory begins at byte ${stated}, but there is none there or anywhere before it.`,
      () => byEnd(subject, 'uv'),
    )
  },
})
