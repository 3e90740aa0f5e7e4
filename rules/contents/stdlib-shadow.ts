import { finding, quote, rule } from '../../src/rule.js'
import { isStdlibModule, STDLIB } from '../../src/standards/import-name.js'
import { installed, topName } from '../shared/install-tree.js'
import { specifiersOf } from '../shared/parsed.js'

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
  fix: 'Give the module another name, or limit Requires-Python to the versions without it.',
  bad: { wheel: { files: { 'graphlib.py': 'x = 1\n' } } },
  good: { wheel: { metadata: { 'Requires-Python': '<3.9' }, files: { 'graphlib.py': 'x = 1\n' } } },
  *check(wheel) {
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
      if (name === undefined || seen.has(name)) continue
      seen.add(name)
      const found = versions.filter(version => isStdlibModule(name, version))
      // A folder without Python files is no module.
      if (
        found.length === 0 ||
        !isModule(
          wheel.members.files.map(member => member.path),
          name,
        )
      )
        continue
      yield finding(
        { member: file.member.path },
        `The top-level module ${quote(name)} is in the standard library of Python ${found[0]}${found.length > 1 ? ` to ${found.at(-1)}` : ''}, which comes first.`,
        { subject: name },
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
