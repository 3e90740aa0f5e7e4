import { isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'entry-point-name-unusual',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi'],
  force: 'SHOULD',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The name of an entry point has other characters than letters, digits, underscores, dots and hyphens.',
  why: 'PyPI refuses such names of commands; a name with a path would write outside the directory of commands. In other groups tools may not take it.',
  fix: 'Use letters, digits, `_`, `.` and `-`.',
  pypiMessage: "Wheel 'F' has invalid entry points defined in the entry_points.txt file",

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo tool = demo.cli:main\n' } },
    { wheel: { entryPoints: '[demo.plugins]\nfirst one = demo.plugins:first\n' } },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(wheel) {
    // ConfigParser lends the names of DEFAULT to every group.
    const commands = wheel.entryPoints?.groups.some(({ name }) => name === 'console_scripts' || name === 'gui_scripts')
    for (const entry of wheel.entryPoints?.entries ?? []) {
      if (/^[\p{L}\p{N}_.-]+$/u.test(entry.name) || entry.name === '') continue
      const command = isCommand(entry) || (commands && entry.group === 'DEFAULT')
      yield finding(
        entry,
        `The name ${quote(entry.name)} has a character besides letters, digits, _, . and -.`,
        command ? {} : { severity: 'info', enforcedBy: [] },
      )
    }
  },
})
