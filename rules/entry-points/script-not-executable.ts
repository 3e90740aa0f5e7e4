import { finding, rule } from '../../src/rule.js'
import { dataScripts } from '../../src/views/dist-info.js'

export default rule({
  id: 'script-not-executable',
  topic: 'entry-points',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A script is not executable.',
  why: 'Installers set the executable bit, but tools that only unpack the wheel do not.',
  fix: 'Set the executable bit of the file before building.',

  status: 'strict',
  needs: ['whole-wheel'],
  bad: { wheel: { files: { '{data}/scripts/tool': '#!python\n' }, make: 'scriptWithoutExecutableBit' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const { member } of dataScripts(wheel)) {
      const text = wheel.texts.get(member.path)?.text
      if (text?.startsWith('#!') && (member.mode & 0o7777) !== 0 && (member.mode & 0o111) === 0)
        yield finding(
          { member: member.path },
          `The mode of the script is ${(member.mode & 0o7777).toString(8)}, without an executable bit.`,
        )
    }
  },
})
