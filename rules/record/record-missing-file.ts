import { finding, quote, rule } from '../../src/rule.js'
import { listed, pathOf, wholeRecord } from './_record.js'

export default rule({
  id: 'record-missing-file',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi-mail'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A file of the wheel is not in RECORD.',
  why: 'The specification lets an installation fail on it, PyPI mails the owners about it, and uninstalling leaves the file behind.',
  fix: 'Build the wheel again with a build backend, or run `wheel pack` on the unpacked tree: both write RECORD anew.',
  absence: 'member',

  bad: { wheel: { make: 'recordWithoutModule' } },
  good: { wheel: {} },
  *check(wheel) {
    const record = wholeRecord(wheel)
    if (!record) return
    const paths = new Set(record.rows.map(pathOf))
    for (const { path } of listed(wheel))
      if (!paths.has(path.replace(/^\.\//, '')))
        yield finding({ member: path }, `${quote(path)} is in the wheel but not in ${record.member}.`)
  },
})
