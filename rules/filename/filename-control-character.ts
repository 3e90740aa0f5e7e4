import { inFileName } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'filename-control-character',
  topic: 'filename',
  severity: 'error',
  applies: ['wheel', 'sdist', 'unknown'],
  enforcedBy: ['pypi', 'uv'],
  force: 'none',
  source: 'PyPI (warehouse), file name check',
  url: 'https://github.com/pypi/warehouse/blob/main/warehouse/forklift/legacy.py',
  summary: 'The file name contains a control character or a path separator.',
  why: 'PyPI rejects the file, and uv refuses a wheel with such a character in a tag or build tag.',
  fix: 'Rename the file.',
  pypiMessage:
    "Cannot upload a file with non-printable characters (ordinals 0-31) or the DEL character (ordinal 127) in the name. / Cannot upload a file with '/' or '\\' in the name.",

  bad: {
    wheel: { filename: 'demo-1.0-py3-none-any\t.whl' },
    alsoGives: ['tag-pypi-platform'],
  },
  good: { wheel: {} },
  *check(subject) {
    const found = /[\0-\x1f\x7f\\/]/.exec(subject.filename)
    if (found)
      yield finding(
        inFileName(subject, found[0], found.index),
        `The file name contains the character U+${(found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} at position ${found.index + 1}.`,
        { subject: 'filename', enforcedBy: isInTags(subject, found.index) ? ['pypi', 'uv'] : ['pypi'] },
      )
  },
})

/** After name and version, where uv accepts only letters, digits, `_` and `.`. */
const isInTags = ({ kind, filename }: { kind: string; filename: string }, index: number): boolean =>
  kind === 'wheel' && filename.slice(0, index).split('-').length > 2
