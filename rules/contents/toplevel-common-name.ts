import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft, Place, Severity } from '../../src/finding.js'
import type { Homes } from '../../src/homes.js'
import { once } from '../../src/once.js'
import { finding, quote, rule } from '../../src/rule.js'
import { splitLines } from '../../src/text/lines.js'
import { installed, topName } from '../../src/views/install-tree.js'
import { backendOf, entries, texts } from '../../src/views/pyproject.js'
import { compareCodeUnits, plural, someQuoted } from '../../src/wording.js'
import { folderSetting, setting } from '../shared/advice.js'
import { missing } from '../shared/missing.js'

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
  applies: ['wheel', 'sdist', 'source-tree'],
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
    { wheel: { files: { 'demo/__init__.py': null, 'src/demo/__init__.py': 'x = 1\n' } } },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.hatch.build.targets.wheel]\nonly-include = ["src"]\n',
        files: { 'src/demo/__init__.py': '' },
      },
    },
    { sdist: { files: { '{top}/src/demo.egg-info/top_level.txt': 'demo\ntests\n', '{top}/tests/__init__.py': '' } } },
  ],
  good: [
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.hatch.build.targets.wheel]\nonly-include = ["src/demo"]\nsources = ["src"]\n',
        files: { 'src/demo/__init__.py': '' },
      },
    },
    { wheel: { files: { 'demo/tests/__init__.py': '' } } },
    { sdist: { files: { '{top}/src/demo.egg-info/top_level.txt': 'demo\n', '{top}/tests/__init__.py': '' } } },
    { sdist: { files: { '{top}/src/demo.egg-info/top_level.txt': 'demo\ndist\n' } } },
  ],
  *check(wheel) {
    if (wheel.kind === 'sdist') {
      if (wheel.tree) yield* chosen(wheel)
      else yield* promised(wheel)
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
        explains: names.map(missing.below),
        ...(names.length === 1 && { help: layoutHelp(packageIn(wheel, first.name), first.name) }),
      },
    )
  },
})

/** The package in a folder for the packages, such as `src`, which is none itself. */
function packageIn(wheel: Wheel, folder: string): string | undefined {
  const found = installed(wheel).filter(({ top }) => top === folder)
  if (found.some(({ path }) => path === `${folder}/__init__.py`) || !LAYOUTS.test(folder)) return undefined
  return found.find(({ parts }) => parts.length === 3 && parts[2] === '__init__.py')?.parts[1]
}

const LAYOUTS = /^(?:src|lib)$/

/** Not the folder is too much, but its name in the paths. */
const layoutHelp = (name: string | undefined, folder: string): ((project: Homes) => string) | undefined =>
  name === undefined
    ? undefined
    : project =>
        `Set ${folderSetting(project, folder, name)}, so that the wheel contains ${quote(name)} instead of ${quote(`${folder}/${name}`)}.`

/** Lists of hatchling whose paths stay as they are, because `sources` does not take the folder off. */
function* chosen({ pyproject, members, top }: Sdist): Generator<Draft> {
  if (!pyproject || backendOf(pyproject) !== 'hatchling' || members.has(`${top}/hatch.toml`)) return
  const tables = [
    ['tool', 'hatch', 'build', 'targets', 'wheel'],
    ['tool', 'hatch', 'build'],
  ] as const
  const keyOf = (key: string) => tables.map(table => [...table, key]).find(path => pyproject.get(...path) !== undefined)
  if (keyOf('packages') || keyOf('hooks') || keyOf('force-include')) return
  const list = keyOf('only-include') ?? keyOf('include')
  const sources = keyOf('sources')
  const taken = sources && pyproject.get(...sources)
  const removed = [...texts(taken).map(([, text]) => text), ...entries(taken).map(([key]) => key)].map(plainPath)
  if (!list || removed.includes('')) return
  for (const [index, text] of texts(pyproject.get(...list))) {
    const [, folder = ''] = /^(src|lib)(?:\/|$)/.exec(plainPath(text)) ?? []
    if (folder === '' || removed.includes(folder) || members.has(`${top}/${folder}/__init__.py`)) continue
    const name = members.files
      .map(({ path }) => path.split('/'))
      .find(parts => parts.length === 4 && parts[1] === folder && parts[3] === '__init__.py')?.[2]
    if (name === undefined) continue
    yield finding(
      sources ? pyproject.keyPlace(...sources) : pyproject.place(...list, index),
      `The wheel installs ${quote(folder)} at the top level of site-packages: \`${list.at(-1)}\` lists ${quote(text)}, and \`sources\` does not take ${quote(folder)} off.`,
      { subject: folder, help: `Write \`sources = ["${folder}"]\` in \`[${list.slice(0, -1).join('.')}]\`.` },
    )
    return
  }
}

const plainPath = (text: string) =>
  text
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/')

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
        follows: names.map(missing.below),
        related: others(rows.map(({ place }) => place)),
      },
    )
  }
}
