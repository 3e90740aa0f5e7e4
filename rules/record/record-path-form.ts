import { finding, quote, rule } from '../../src/rule.js'
import { goodRows } from '../shared/record.js'

export default rule({
  id: 'record-path-form',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'A path in RECORD is absolute, leaves the installation, or names a directory.',
  why: 'Uninstalling by such a row removes nothing, or a file that belongs to somebody else.',
  fix: 'List files only, by their paths inside the wheel.',

  bad: [{ wheel: { make: 'recordDirectory' } }, { wheel: { make: 'recordDotSlash' } }],
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel)) {
      const path = row.value.replaceAll('\\', '/')
      if (/^\/|^[A-Za-z]:/.test(path)) yield finding(row, `${quote(row.value)} is an absolute path.`)
      else if (/(?:^|\/)\.\.(?:\/|$)/.test(path))
        yield finding(row, `${quote(row.value)} leaves the installation directory.`)
      else if (path.endsWith('/')) yield finding(row, `${quote(row.value)} is a directory; RECORD lists files.`)
      // Readers normalize it.
      else if (path.startsWith('./'))
        yield finding(row, `${quote(row.value)} begins with ./, which no other path does.`, { severity: 'warning' })
    }
  },
})
