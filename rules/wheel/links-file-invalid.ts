import type { Wheel } from '../../src/distribution/distribution.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

const PEP_778 = 'https://peps.python.org/pep-0778/'
/** Rows that are checked. */
const MOST = 10_000

interface Row {
  readonly line: number
  readonly text: string
  readonly paths: readonly string[]
}

function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = []
  for (const [i, line] of text.split('\n', MOST).entries()) {
    const row = line.replace(/\r$/, '')
    if (row !== '') rows.push({ line: i + 1, text: row, paths: row.split(',') })
  }
  return rows
}

/** Files and folders of the wheel outside its dist-info and data directories. */
function placesOf({ members }: Wheel): ReadonlySet<string> {
  const places = new Set<string>()
  for (const { path } of members) {
    const [top = ''] = path.split('/', 1)
    if (/\.(?:dist-info|data)$/.test(top)) continue
    const whole = path.replace(/\/$/, '')
    for (let end = whole.length; end > 0 && !places.has(whole.slice(0, end)); end = whole.lastIndexOf('/', end - 1))
      places.add(whole.slice(0, end))
  }
  return places
}

/** Inside a package or namespace of the wheel, and normalized. */
function isInside(path: string, places: ReadonlySet<string>): boolean {
  const parts = path.split('/')
  return (
    parts.length > 1 && parts.every(part => part !== '' && part !== '.' && part !== '..') && places.has(parts[0] ?? '')
  )
}

/**
 * Rows where neither end is a file, directly or through other rows; the PEP does not clearly say which side is the
 * link.
 */
function dangling(rows: readonly Row[], places: ReadonlySet<string>): readonly Row[] {
  const real = new Set(places)
  let left = rows
  // Chains are short; what is not settled after so many passes is not judged.
  for (let pass = 0; pass < 100; pass++) {
    const before = left.length
    left = left.filter(({ paths }) => {
      if (!paths.some(path => real.has(path))) return true
      for (const path of paths) real.add(path)
      return false
    })
    if (left.length === before) return left
  }
  return []
}

export default rule({
  id: 'links-file-invalid',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 778 (deferred draft), "Specification"',
  url: PEP_778,
  summary: 'LINKS, the list of symbolic links that a draft proposes, is invalid.',
  why: 'Installers that follow the draft refuse the wheel. Others install it without its links.',
  fix: 'Write rows of two paths inside the packages of the wheel, and Wheel-Version 2.0 or later.',
  status: 'preview',
  absence: 'member',
  formerly: ['links-file'],
  bad: [
    { wheel: { files: { '{dist-info}/LINKS': 'demo/a.so.1,demo/a.so\n', 'demo/a.so.1': 'x' } } },
    {
      wheel: {
        wheel: { 'Wheel-Version': '2.0' },
        metadata: { 'Wheel-Version': '2.0' },
        files: { '{dist-info}/LINKS': 'demo/a,demo/b\ndemo/b,demo/a\n' },
      },
      alsoGives: ['wheel-version-unsupported', 'metadata-field-unknown'],
    },
    {
      wheel: {
        wheel: { 'Wheel-Version': '2.0' },
        metadata: { 'Wheel-Version': '2.0' },
        files: { '{dist-info}/LINKS': 'demo/__init__.py,../b\n' },
      },
      alsoGives: ['wheel-version-unsupported', 'metadata-field-unknown'],
    },
  ],
  good: {
    wheel: {
      wheel: { 'Wheel-Version': '2.0' },
      metadata: { 'Wheel-Version': '2.0' },
      files: { '{dist-info}/LINKS': 'demo/a.so.1,demo/a.so\ndemo/a.so.1.2,demo/a.so.1\n', 'demo/a.so.1.2': 'x' },
    },
    alsoGives: ['wheel-version-unsupported', 'metadata-field-unknown'],
  },
  *check(wheel) {
    const file = wheel.distInfo === undefined ? undefined : wheel.texts.get(`${wheel.distInfo}/LINKS`)
    if (!file) return
    const { member } = file
    if ((wheel.wheelFile?.version?.[0] ?? 1) < 2)
      yield finding({ member }, 'The wheel contains a LINKS file, which requires Wheel-Version 2.0 or later.', {
        subject: 'version',
      })
    const places = placesOf(wheel)
    const sound: Row[] = []
    for (const row of rowsOf(file.text)) {
      const at = { member, line: row.line, column: 1, value: row.text }
      const outside = row.paths.find(path => !isInside(path, places))
      if (row.paths.length !== 2) yield finding(at, `The row ${quote(row.text)} does not have exactly two paths.`)
      else if (outside !== undefined)
        yield finding(within(at, outside), `${quote(outside)} is not in a package of the wheel.`)
      else sound.push(row)
    }
    for (const { line, text } of dangling(sound, places))
      yield finding(
        { member, line, column: 1, value: text },
        `Neither path of ${quote(text)} is a file of the wheel, directly or through other links: the link is broken or part of a loop.`,
      )
  },
})
