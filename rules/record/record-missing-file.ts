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
  summary: 'A file in the wheel is not listed in RECORD.',
  why: 'The specification allows installers to refuse the wheel, PyPI sends mail to the owners, and uninstalling leaves the file behind.',
  fix: 'Rebuild the wheel with a build backend, or run `wheel pack` on the unpacked tree. Both write a new RECORD.',
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
