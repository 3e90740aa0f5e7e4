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
  summary: 'The archive was written as a stream: sizes follow the content in data descriptors.',
  why: 'PyPI refuses flag bit 3, because a reader that goes through the file cannot know where such a member ends.',
  fix: 'Write to a file that allows seeking. Streaming writers do this: zip to a pipe, Go archive/zip, Java ZipOutputStream, and zipfile on an output that cannot seek.',
  pypiMessage:
    'ZIP archive not accepted: ZIP contains a data descriptor. See https://docs.pypi.org/archives for more information',
  bad: { wheel: { make: 'zip-described' } },
  good: { wheel: {} },
  check: subject =>
    fromAll(
      subject,
      'zip-data-descriptor',
      (first, count) =>
        `${plural(count, 'member')}, the first ${memberText(first)}, ${count === 1 ? 'has' : 'have'} a data descriptor (flag bit 3); PyPI takes none.`,
      // uv cannot tell where stored content ends.
      all => byWalk(subject, ...(all.some(({ stored }) => stored) ? (['uv'] as const) : [])),
    ),
})
