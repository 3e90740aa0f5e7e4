import { finding, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { PYPI_UPLOAD } from '../shared/tar.js'

const LIMIT = 100 * 1024 * 1024

export default rule({
  id: 'file-too-large',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload, sdist checks',
  url: PYPI_UPLOAD,
  summary: 'The file is larger than 100 MiB.',
  why: 'PyPI rejects it, unless the project was granted a higher limit.',
  fix: 'Make the file smaller, or ask PyPI to raise the limit for the project.',
  pypiMessage: "File too large. Limit for project 'demo' is 100 MB.",
  bad: { sdist: { make: 'gzip-over-100-mib' } },
  good: { sdist: {} },
  *check(subject) {
    if (subject.size > LIMIT)
      yield finding(
        undefined,
        `The file has ${plural(subject.size, 'byte')}. PyPI accepts ${plural(LIMIT, 'byte')}, unless the project was granted a higher limit.`,
      )
  },
})
