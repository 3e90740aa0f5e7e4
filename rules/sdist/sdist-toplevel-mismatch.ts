import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'sdist-toplevel-mismatch',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The top-level directory is not named like the file.',
  why: 'Tools and downstream packagers expect `{name}-{version}`; after unpacking they look in the wrong place.',
  fix: 'Build the sdist again under its right name; do not rename it afterwards.',
  bad: { sdist: { make: 'sdist-other-top' } },
  good: { sdist: {} },
  *check(subject) {
    const { top, name, filename } = subject
    if (top === undefined || name === undefined) return
    const stem = filename.slice(0, -name.suffix.length)
    if (top !== stem)
      yield finding({ member: top }, `The top-level directory is ${quote(top)}; ${quote(stem)} is expected.`)
  },
})
