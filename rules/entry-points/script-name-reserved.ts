import { isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entryPointReadings, isInterpreter, refused } from '../../src/views/entry-point-readings.js'
import { installTree } from '../../src/views/install-tree.js'
import { isDeviceName } from '../shared/paths.js'

export default rule({
  id: 'script-name-reserved',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'source-tree'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'uv, wheel installation',
  url: 'https://github.com/astral-sh/uv/blob/main/crates/uv-install-wheel/src/wheel.rs',
  summary: 'A command or script has the name of a Python interpreter, or of a device of Windows.',
  why: 'uv refuses to install the wheel; with other installers, the script replaces the interpreter of the environment.',
  breaks: 'When pip installs the wheel, the script replaces the interpreter of the environment.',
  fix: (project, about) => `Choose another name under ${project.key('entry-points', about.value)}.`,

  byHand: 'Only a person can choose another name.',
  bad: [
    { wheel: { entryPoints: '[console_scripts]\npython3 = demo.cli:main\n' } },
    { wheel: { files: { '{data}/scripts/Python.exe': '#!python\n' } } },
    { wheel: { entryPoints: '[console_scripts]\nactivate = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\ncon = demo.cli:main\n' } },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\npython-demo = demo.cli:main\n' } },
  *check(dist) {
    const byUv = refused(dist, 'reserved')
    const names = [
      ...entryPointReadings(dist)
        .entries.filter(entry => isCommand(entry) || byUv.has(entry))
        .map(entry => ({ at: entry, name: entry.name, byUv: byUv.has(entry), isEntry: true })),
      ...(dist.kind === 'wheel' ? installTree(dist) : [])
        .filter(({ root }) => root === 'scripts')
        .map(({ path, member }) => ({ at: { member: member.path }, name: path, byUv: true, isEntry: false })),
    ]
    for (const { at, name, byUv, isEntry } of names) {
      if (isInterpreter(byUv ? name.replace(/\.exe$/i, '') : name))
        yield finding(
          at,
          `${quote(name)} is the name of a Python interpreter, which it would replace.`,
          byUv ? {} : { enforcedBy: [] },
        )
      else if (/^activate(?:_this)?(?:\.[^.]*)?$/.test(name))
        yield finding(at, `${quote(name)} is the name of a script of virtual environments, which it would replace.`, {
          severity: 'warning',
          enforcedBy: [],
        })
      // path-reserved-name reports files.
      else if (isEntry && isDeviceName(name))
        yield finding(
          at,
          `${quote(name)} is a device name on Windows, where the command cannot be installed or started.`,
          {
            severity: 'warning',
            enforcedBy: [],
          },
        )
    }
  },
})
