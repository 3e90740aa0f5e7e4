import { finding, quote, rule } from '../../src/rule.js'
import { isStdlibModule, STDLIB } from '../../src/standards/import-name.js'
import { installed, topName } from '../../src/views/install-tree.js'
import { specifiersOf } from '../../src/views/parsed.js'

/** What Python for Windows does not have, and projects for Windows provide. */
const NOT_ON_WINDOWS = new Set(['readline', 'curses', '_curses', 'fcntl', 'termios', 'pwd', 'grp'])

export default rule({
  id: 'stdlib-shadow',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, "The initialization of the sys.path module search path"',
  url: 'https://docs.python.org/3/library/sys_path_init.html',
  summary: 'The wheel installs a module with the name of a standard library module.',
  why: 'The standard library comes first on sys.path, so the installed module is never imported.',
  fix: project =>
    `Give the module another name, or limit ${project.key('Requires-Python')} to the versions without it.`,
  byHand: 'Only a person can choose another name for the module.',
  bad: [
    { wheel: { files: { 'types.py': 'x = 1\n' } } },
    { wheel: { files: { 'graphlib.py': 'x = 1\n' } } },
    { wheel: { files: { 'readline.py': 'x = 1\n' } } },
    { wheel: { metadata: { 'Requires-Python': '>=3.8' }, files: { 'graphlib.py': 'x = 1\n' } } },
  ],
  good: { wheel: { metadata: { 'Requires-Python': '<3.9' }, files: { 'graphlib.py': 'x = 1\n' } } },
  *check(wheel) {
    // Such a wheel is only for Python 2.
    if (wheel.name?.python.every(tag => /^[a-z]+2/.test(tag))) return
    const supported = specifiersOf(wheel.metadata?.first('Requires-Python'))
    const versions = STDLIB.versions.filter(
      version =>
        version.startsWith('3.') &&
        Number(version.slice(2)) >= 8 &&
        (!supported || supported.contains(`${version}.99`)),
    )
    const seen = new Set<string>()
    for (const file of installed(wheel)) {
      const name = topName(file)
      // Another rule reports a folder of tests.
      if (name === undefined || name === 'test' || seen.has(name)) continue
      seen.add(name)
      const found = versions.filter(version => isStdlibModule(name, version))
      // A folder without Python files is not a module.
      if (
        found.length === 0 ||
        !isModule(
          wheel.members.files.map(member => member.path),
          name,
        )
      )
        continue
      const last = found.at(-1)
      const until = last === STDLIB.versions.at(-1) ? ' and later' : found.length > 1 ? ` to ${last}` : ''
      yield finding(
        { member: file.member.path },
        `The top-level module ${quote(name)} is in the standard library of Python ${found[0]}${until}, which comes first.`,
        // If older versions or Windows do not have it, it is for them.
        { subject: name, ...((found.length < versions.length || NOT_ON_WINDOWS.has(name)) && { severity: 'info' }) },
      )
    }
  },
})

const isModule = (paths: readonly string[], name: string) =>
  paths.some(
    path =>
      path === `${name}.py` ||
      path === `${name}/__init__.py` ||
      (path.startsWith(`${name}.`) && /\.(?:so|pyd)$/.test(path)),
  )
