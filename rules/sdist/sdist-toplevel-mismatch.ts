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
  summary: 'The name of the top-level directory does not match the filename.',
  why: 'Tools and downstream packagers expect `{name}-{version}`, and do not find the files after unpacking.',
  fix: 'Rebuild the sdist, and do not rename the file afterwards.',
  bad: { sdist: { make: 'sdist-other-top' } },
  good: { sdist: {} },
  *check(subject) {
    const { top, name, filename } = subject
    if (top === undefined || name === undefined) return
    const stem = filename.slice(0, -name.suffix.length)
    if (top !== stem)
      yield finding({ member: top }, `The top-level directory is ${quote(top)}; expected ${quote(stem)}.`)
  },
})
