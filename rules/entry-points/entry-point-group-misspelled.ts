import type { Sdist } from '../../src/distribution/distribution.js'
import { once } from '../../src/once.js'
import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { entries } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'

const GROUPS = ['console_scripts', 'gui_scripts']
/** Names of tables and options elsewhere that define commands. */
const TABLES = new Map([
  ['scripts', 'console_scripts'],
  ['script', 'console_scripts'],
  ['project.scripts', 'console_scripts'],
  ['tool.poetry.scripts', 'console_scripts'],
  ['console', 'console_scripts'],
  ['entry_points', 'console_scripts'],
  ['entry-points', 'console_scripts'],
  ['commands', 'console_scripts'],
  ['gui-scripts', 'gui_scripts'],
  ['project.gui-scripts', 'gui_scripts'],
])
/** The form of a command: other groups have objects of any form. */
const CALLABLE = once(() => /^[\p{L}_][\p{L}\p{N}_.]*\s*:\s*[\p{L}_][\p{L}\p{N}_.]*$/u)

/** The intended group. */
function meant(group: string): string | undefined {
  if (GROUPS.includes(group)) return undefined
  const known = TABLES.get(group)
  if (known !== undefined) return known
  const found = nearest(group.replace(/[-. ]/g, '_'), GROUPS)
  return found !== undefined && Math.abs(group.length - found.length) <= 2 ? found : undefined
}

export default rule({
  id: 'entry-point-group-misspelled',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification, "Use for scripts"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/#use-for-scripts',
  summary: 'The name of an entry point group is almost `console_scripts` or `gui_scripts`.',
  why: 'Installers create commands only from `console_scripts` and `gui_scripts`, so users do not get the command.',
  fix: project => {
    const home = project.home('entry-points')
    const group = home?.form === 'setup.py' || home?.form === 'setup.cfg' ? 'the group `console_scripts` of ' : ''
    return `Write the commands into ${group}${project.key('entry-points')}.`
  },
  byHand: 'The commands move to another table: a person has to make sure that no plugin group of that name is meant.',
  precision: 'high',
  bad: [
    { wheel: { entryPoints: '[scripts]\ndemo = demo.cli:main\n', files: { 'demo/cli.py': 'def main(): ...\n' } } },
    {
      wheel: { entryPoints: '[console_script]\ndemo = demo.cli:main\n', files: { 'demo/cli.py': 'def main(): ...\n' } },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.entry-points.scripts]\ndemo = "demo.cli:main"\n',
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: {
          '{top}/setup.py':
            'from setuptools import setup\n\nsetup(name="demo", version="1.0", entry_points={"console_script": ["demo = demo.cli:main"]})\n',
        },
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: { '{top}/setup.cfg': '[options.entry_points]\nscripts =\n    demo = demo.cli:main\n' },
      },
    },
  ],
  good: [
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\n',
        files: { 'demo/cli.py': 'def main(): ...\n' },
      },
    },
    { wheel: { entryPoints: '[demo.scripts]\none = demo.cli:main\n', files: { 'demo/cli.py': 'def main(): ...\n' } } },
  ],
  *check(subject) {
    const found = subject.entryPoints?.entries ?? []
    const written = subject.kind === 'sdist' ? [...groupsOfSetup(subject)] : []
    const commands = new Set(found.flatMap(({ group, name }) => (GROUPS.includes(group) ? [name] : [])))
    const told = new Set<string>()
    for (const entry of found) {
      const wanted = told.has(entry.group) ? undefined : meant(entry.group)
      // In `[project]`, a name that is not valid has its own rule.
      if (subject.kind === 'sdist' && isOfProject(subject, entry.group) && entry.group.includes('-')) continue
      if (wanted === undefined || commands.has(entry.name) || !CALLABLE().test(entry.target.slice(0, 1000))) continue
      told.add(entry.group)
      // What a source tree has is not an entry_points.txt with headers of groups.
      const group =
        subject.entryPoints?.groups.find(({ name }) => name === entry.group) ??
        written.find(({ group }) => plain(group) === plain(entry.group))?.at
      yield finding(group ?? entry, messageOf(entry.group, entry.name, wanted))
    }
    if (subject.kind !== 'sdist') return
    for (const { group, lines, at } of written) {
      const first = lines.find(line => CALLABLE().test(line.slice(line.indexOf('=') + 1, 1000).trim()))
      const wanted = told.has(group) ? undefined : meant(group)
      if (first === undefined || wanted === undefined) continue
      told.add(group)
      yield finding(at, messageOf(group, first.split('=', 1)[0]?.trim() ?? '', wanted))
    }
    if (!subject.pyproject) return
    for (const [group, table] of entries(subject.pyproject.get('project', 'entry-points'))) {
      const [first] = entries(table).filter(([, target]) => typeof target === 'string' && CALLABLE().test(target))
      const wanted = told.has(group) ? undefined : meant(group)
      if (!first || wanted === undefined || group.includes('-')) continue
      yield finding(subject.pyproject.keyPlace('project', 'entry-points', group), messageOf(group, first[0], wanted))
    }
  },
})

const isOfProject = ({ pyproject }: Sdist, group: string) =>
  pyproject?.get('project', 'entry-points', group) !== undefined

/** The groups that setup.py and setup.cfg give, with their places. */
function* groupsOfSetup(sdist: Sdist) {
  const setup = setupScript(sdist)?.setup
  const given = setup?.given('entry_points')
  const keys = new Map(given?.kind === 'dict' ? given.items.map(([key]) => [key.text, key]) : [])
  for (const [group, lines] of setup?.entryPoints ?? [])
    yield {
      group,
      lines,
      at: { member: `${sdist.top}/setup.py`, line: setup?.line, column: setup?.column, mark: '', ...keys.get(group) },
    }
  const prefix = 'options.entry_points.'
  for (const [key, { values, ...at }] of setupCfg(sdist))
    if (key.startsWith(prefix)) yield { group: key.slice(prefix.length), lines: values.map(({ text }) => text), at }
}

const messageOf = (group: string, name: string, wanted: string) =>
  `Installers do not create the command ${quote(name)} from the group ${quote(group)}; expected ${quote(wanted)}.`

/** In setup.cfg, `-` and `_` are one. */
const plain = (group: string) => group.replaceAll('-', '_')
