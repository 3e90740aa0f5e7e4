import type { RecordRow } from '../../src/distribution/record.js'
import { finding, quote, rule } from '../../src/rule.js'
import { goodRows, pathOf } from './_record.js'

export default rule({
  id: 'record-duplicate-entry',
  topic: 'record',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'RECORD lists the same path twice.',
  why: 'Installers keep both rows, and tools that verify the installation may use the wrong one.',
  fix: 'Rebuild the wheel with a build backend. If RECORD was edited by hand, remove the older row.',

  bad: { wheel: { make: 'recordRowTwice' } },
  good: { wheel: {} },
  *check(wheel) {
    const seen = new Map<string, RecordRow>()
    for (const row of goodRows(wheel)) {
      const path = pathOf(row)
      const first = seen.get(path)
      if (!first) seen.set(path, row)
      else {
        const same = first.hash === row.hash && first.size === row.size
        yield finding(
          row,
          `${quote(row.value)} is already listed on line ${first.line}${same ? '' : ', with another hash or size'}.`,
        )
      }
    }
  },
})
