import { landing } from '../../src/archive/landing.js'
import type { RecordRow } from '../../src/distribution/record.js'
import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { asideMore } from '../../src/wording.js'
import { goodRows } from './_record.js'

export default rule({
  id: 'record-path-invalid',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'A path in RECORD is absolute, leaves the installation directory, or names a directory.',
  why: 'Uninstalling removes nothing for such a row, or a file that belongs to another project.',
  breaks: '`pip uninstall` deletes the file at that path, even if another project installed it.',
  fix: 'List only files, by their paths inside the wheel.',

  formerly: ['record-path-form'],
  bad: [{ wheel: { make: 'recordDirectory' } }, { wheel: { make: 'recordDotSlash' } }],
  good: { wheel: {} },
  *check(wheel) {
    const dotted = []
    for (const row of goodRows(wheel)) {
      const path = row.value.replaceAll('\\', '/')
      const root = /^(?:\/|[A-Za-z]:)/.exec(path)
      const up = /(?<=^|\/)\.\.(?=\/|$)/.exec(path)
      const end = /\/$/.exec(path)
      if (root) yield finding(partOf(row, root), `${quote(row.value)} is an absolute path.`)
      else if (up)
        yield landing(path) === undefined
          ? finding(partOf(row, up), `${quote(row.value)} leaves the installation directory.`)
          : finding(
              partOf(row, up),
              `${quote(row.value)} contains '..'. Installers list the file under its real path.`,
              MILD,
            )
      else if (end)
        yield finding(partOf(row, end), `${quote(row.value)} is a directory. RECORD lists only files.`, MILD)
      // Where the path in the archive starts this way too, another rule reports it.
      else if (path.startsWith('./') && !wheel.members.has(row.value)) dotted.push(row)
    }
    const [first] = dotted
    // Readers normalize it.
    if (first)
      yield finding(
        within(first, first.value.slice(0, 2), 0),
        `${quote(first.value)} starts with './', but the path in the archive does not${asideMore(dotted.length - 1, 'row')}.`,
        MILD,
      )
  },
})

/** Installers ignore it. */
const MILD = { severity: 'warning' } as const

/** What was found in the path, as the row has it. */
const partOf = (row: RecordRow, { 0: found, index }: RegExpExecArray): Place =>
  within(row, row.value.slice(index, index + found.length), index)
