import { finding, quote, rule } from '../../src/rule.js'
import { goodRows, isOwn, pathOf } from './_record.js'

export default rule({
  id: 'record-hash-missing',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A row of RECORD does not have a hash.',
  why: 'Nobody can tell whether the installed file is the one that was built.',
  breaks: '`wheel unpack` and `installer --validate-record entries` refuse the wheel, and nobody can verify the file.',
  fix: 'Rebuild the wheel with a build backend: every file except RECORD itself needs a hash.',

  bad: { wheel: { make: 'recordWithoutHash' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel))
      if (row.hash === '' && wheel.members.get(pathOf(row))?.type === 'file' && !isOwn(wheel, pathOf(row)))
        yield finding(row.at('hash'), `${quote(row.value)} does not have a hash in RECORD.`)
  },
})
