import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'record-byte-order-mark',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi-mail'],
  force: 'MUST',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'RECORD starts with a byte order mark.',
  why: 'The mark becomes part of the first path, so that file does not count as recorded.',
  fix: 'Save RECORD as UTF-8 without a byte order mark.',

  bad: { wheel: { make: 'recordByteOrderMark' } },
  good: { wheel: {} },
  *check(wheel) {
    const { record } = wheel
    if (record?.bom)
      yield finding(
        { member: record.member, line: 1, column: 1, mark: '\ufeff' },
        `${record.member} starts with a byte order mark, which becomes part of its first path.`,
      )
  },
})
