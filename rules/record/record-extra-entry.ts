import { finding, quote, rule } from '../../src/rule.js'
import { goodRows, isOwn, namedMember, pathOf } from './_record.js'

export default rule({
  id: 'record-extra-entry',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi-mail'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'RECORD lists a file that is not in the wheel.',
  why: 'The specification allows installers to refuse the wheel, PyPI sends mail to the owners, and tools that verify the installed files report the file as missing.',
  fix: 'Rebuild the wheel with a build backend, or run `wheel pack` on the unpacked tree.',
  absence: 'member',

  bad: { wheel: { make: 'recordWithGhost' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel)) {
      const path = pathOf(row)
      // Directories and paths outside have a rule of their own.
      if (isOwn(wheel, path) || /\/$|^\/|^[A-Za-z]:|(?:^|\/)\.\.(?:\/|$)/.test(path) || namedMember(wheel, row))
        continue
      yield finding(row, `${quote(row.value)} is in RECORD but not in the wheel.`)
    }
  },
})
