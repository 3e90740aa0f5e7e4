import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byWalk, fromAll, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-data-descriptor',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The archive was written as a stream, with sizes in data descriptors after the content.',
  why: 'PyPI rejects flag bit 3, because a reader that scans the file cannot know where such a member ends.',
  fix: 'Write the archive to a file that supports seeking. Streaming writers cause this: zip to a pipe, Go archive/zip, Java ZipOutputStream, and zipfile with an output that cannot seek.',
  pypiMessage:
    'ZIP archive not accepted: ZIP contains a data descriptor. See https://docs.pypi.org/archives for more information',
  bad: { wheel: { make: 'zip-described' } },
  good: { wheel: {} },
  check: subject =>
    fromAll(
      subject,
      'zip-data-descriptor',
      (first, count) =>
        `${plural(count, 'member')} ${count === 1 ? 'has' : 'have'} a data descriptor (flag bit 3), which PyPI rejects${count === 1 ? '' : '. The first is'}: ${memberText(first)}.`,
      all => byWalk(subject, ...(all.some(({ uv }) => uv) ? (['uv'] as const) : [])),
    ),
})
