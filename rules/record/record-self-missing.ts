import { finding, quote, rule } from '../../src/rule.js'
import { pathOf, wholeRecord } from './_record.js'

export default rule({
  id: 'record-self-missing',
  topic: 'record',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['pypi-mail'],
  force: 'MUST',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'RECORD does not list itself.',
  why: 'PyPI sends mail to the owners, and tools that uninstall by RECORD leave RECORD behind.',
  fix: 'Add the row `{name}-{version}.dist-info/RECORD,,`.',

  bad: { wheel: { make: 'recordWithoutSelf' } },
  good: { wheel: {} },
  *check(wheel) {
    const record = wholeRecord(wheel)
    if (!record || record.rows.some(row => pathOf(row) === record.member)) return
    yield finding({ member: record.member, line: 1 }, `RECORD does not list itself, ${quote(record.member)}.`)
  },
})
