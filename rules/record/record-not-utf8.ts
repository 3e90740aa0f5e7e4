import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'record-not-utf8',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'RECORD is not UTF-8.',
  why: 'PyPI rejects the file, and installers cannot read the list of its files.',
  fix: 'Write RECORD as UTF-8. The file names in the wheel are UTF-8 too.',
  pypiMessage: "Wheel 'F' does not contain the required RECORD file",

  bad: { wheel: { make: 'recordLatin1' } },
  good: { wheel: {} },
  *check(wheel) {
    const { record } = wheel
    if (record?.bad) yield finding(record.bad, `${record.member} is not UTF-8.`)
  },
})
