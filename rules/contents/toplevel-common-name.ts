import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft, Place, Severity } from '../../src/finding.js'
import { once } from '../../src/once.js'
import { finding, rule } from '../../src/rule.js'
import { splitLines } from '../../src/text/lines.js'
import { installed, topName } from '../../src/views/install-tree.js'
import { compareCodeUnits, plural, someQuoted } from '../../src/wording.js'
import { setting } from '../shared/advice.js'

const COMMON = new Set(
  `tests test testing docs doc documentation examples example samples src build dist scripts benchmarks benchmark tools utils util
  config data lib libs bin app cli setup conftest helpers common core venv .venv env .tox .nox .eggs .github node_modules
  __pycache__ migrations notebooks`.split(/\s+/),
)
/** Names that are more often intended than a leftover: reported with a lower severity. */
const QUIET = new Set(
  'utils util config data lib libs bin app cli helpers common core testing tools migrations'.split(' '),
)

export default rule({
  id: 'toplevel-common-name',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Python Packaging User Guide, "Package discovery"',
  url: 'https://packaging.python.org/en/latest/discussions/src-layout-vs-flat-layout/',
  summary: 'The wheel installs a top-level name that many projects install by accident.',
  why: 'Two projects that install the same name overwrite each other, and removing one breaks the other.',
  fix: project =>
    `Leave the folder out of the wheel (${setting(project, 'excludeFromWheel')}), or move it into the package.`,
  byHand: 'Only a person can choose another name.',
  bad: [
    { wheel: { files: { 'tests/__init__.py': '', 'tests/test_demo.py': 'x = 1\n' } } },
    { wheel: { files: { 'utils.py': 'x = 1\n' } } },
    { sdist: { files: { '{top}/src/demo.egg-info/top_level.txt': 'demo\ntests\n', '{top}/tests/__init__.py': '' } } },
  ],
  good: [
    { wheel: { files: { 'demo/tests/__init__.py': '' } } },
    { sdist: { files: { '{top}/src/demo.egg-info/top_level.txt': 'demo\n', '{top}/tests/__init__.py': '' } } },
    { sdist: { files: { '{top}/src/demo.egg-info/top_level.txt': 'demo\ndist\n' } } },
  ],
  *check(wheel) {
    if (wheel.kind === 'sdist') {
      yield* promised(wheel)
      return
    }
    const found = new Map<string, { member: string; count: number }>()
    for (const file of installed(wheel)) {
      const name = topName(file)
      // setup.py has its own rule.
      if (
        file.path === 'setup.py' ||
        name === undefined ||
        !COMMON.has(name) ||
        name === wheel.project?.replaceAll('-', '_')
      )
        continue
      const row = found.get(name)
      if (row) row.count++
      else found.set(name, { member: file.member.path, count: 1 })
    }
    const rows = [...found].map(([name, row]) => ({ name, ...row }))
    const names = rows.sort(byWeight).map(({ name }) => name)
    const [first] = rows
    if (!first) return
    const count = rows.reduce((sum, one) => sum + one.count, 0)
    yield finding(
      { member: first.member },
      `The wheel installs ${someQuoted(names)} at the top level of site-packages (${plural(count, 'file')}).`,
      {
        severity: severityOf(first.name),
        subject: names.join(' '),
        related: others(rows.map(({ member }) => ({ member }))),
      },
    )
  },
})

const severityOf = (name: string): Severity => (QUIET.has(name) ? 'info' : 'warning')

/** Names that are surely a leftover first. */
const byWeight = (a: { readonly name: string }, b: { readonly name: string }) =>
  Number(QUIET.has(a.name)) - Number(QUIET.has(b.name)) || compareCodeUnits(a.name, b.name)

/** Where the further names of one finding are. */
const others = (places: readonly Place[]) =>
  places.slice(1).map(place => ({ ...place, message: 'also at the top level' }))

/** What setuptools wrote to the .egg-info of an sdist: the names that a wheel built from it installs. */
function* promised({ texts, project, members }: Sdist): Generator<Draft> {
  // A folder of the machine that made the sdist, such as build/ or dist/, is listed too.
  const isThere = once(() => new Set(members.files.flatMap(({ path }) => path.replace(/\.[^./]*$/, '').split('/'))))
  for (const [member, { text }] of texts) {
    // Tests read others.
    if (!member.endsWith('.egg-info/top_level.txt') || /\/(?:tests?|testing|testdata|fixtures)\//i.test(member))
      continue
    const rows = splitLines(text).flatMap((line, i) => {
      const name = line.trim()
      const isTold = COMMON.has(name) && name !== project?.replaceAll('-', '_') && isThere().has(name)
      return isTold ? [{ name, place: { member, line: i + 1, column: 1, value: name } }] : []
    })
    const names = rows.sort(byWeight).map(({ name }) => name)
    const [first] = rows
    if (!first) continue
    yield finding(
      first.place,
      `A wheel built from this sdist installs ${someQuoted(names)} at the top level of site-packages.`,
      {
        severity: severityOf(first.name),
        subject: names.join(' '),
        related: others(rows.map(({ place }) => place)),
      },
    )
  }
}
