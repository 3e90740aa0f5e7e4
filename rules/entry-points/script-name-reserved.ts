import { isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { dataScripts } from '../../src/views/dist-info.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'

const INTERPRETER = /^(?:pythonw?|python3|graalpy|pypy|pypy2|pypy3|python3\.[0-9]+t?|pythonw3\.[0-9]+t?)$/

export default rule({
  id: 'script-name-reserved',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'uv, wheel installation',
  url: 'https://github.com/astral-sh/uv/blob/main/crates/uv-install-wheel/src/wheel.rs',
  summary: 'A command or script has the name of a Python interpreter.',
  why: 'uv refuses to install the wheel, and elsewhere the script replaces the interpreter of the environment.',
  fix: 'Choose another name.',

  bad: [
    { wheel: { entryPoints: '[console_scripts]\npython3 = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\nactivate = demo.cli:main\n' } },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(wheel) {
    const names = [
      ...entryPointReadings(wheel)
        .entries.filter(isCommand)
        .map(entry => ({ at: entry, name: entry.name })),
      ...dataScripts(wheel).map(({ path, member }) => ({ at: { member: member.path }, name: path })),
    ]
    for (const { at, name } of names) {
      const stem = name.replace(/\.py$/, '')
      if (INTERPRETER.test(stem)) yield finding(at, `${quote(name)} is the name of an interpreter.`)
      else if (/^activate(?:_this)?$/.test(stem))
        yield finding(at, `${quote(name)} is a script of virtual environments, which it would replace.`, {
          severity: 'warning',
          enforcedBy: [],
        })
    }
  },
})
