import { finding, quote, rule } from '../../src/rule.js'
import { goodRows } from './_record.js'

export default rule({
  id: 'record-size-invalid',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'A size in RECORD is not a number.',
  why: 'Tools that convert the column to a number fail to read the whole file.',
  fix: 'Write the size in bytes as decimal digits, or leave the column empty.',

  bad: { wheel: { make: 'recordTextSize' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel))
      if (row.size !== '' && !/^\+?[0-9]{1,15}$/.test(row.size))
        yield finding(row.at('size'), `The size of ${quote(row.value)} is ${quote(row.size)}. Expected decimal digits.`)
  },
})
