import { isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type Difference, entryPointReadings } from '../../src/views/entry-point-readings.js'
import { codePoint } from '../shared/paths.js'

export default rule({
  id: 'entry-points-read-differently',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification, "File format"; importlib.metadata; uv, entry_points.txt',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'Readers of entry_points.txt do not see the same entry points.',
  why: 'The specification goes by ConfigParser, pip and Python by importlib.metadata, and uv by a reader of its own. They do not agree on what ends a line, what is a comment, and how a group is written: a command can hide from those who look with another one.',
  breaks: 'pip and uv install other commands from this wheel.',
  fix: 'Write `[group]` and `name = module:function` on lines that end with LF, comments on lines of their own that begin with `#`, and nothing else.',
  securitySeverity: 6,

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n# tools\vhidden = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n;other = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts] # tools\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[[console_scripts]]\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.plugins:one\n  two = demo.plugins:two\n' } },
  ],
  good: [
    {
      wheel: {
        entryPoints: '# tools\n\n[console_scripts]\r\ndemo=demo.cli:main\r\n\n[demo.plugins]\n  # one\none = demo\n',
      },
    },
  ],
  *check(wheel) {
    for (const difference of entryPointReadings(wheel).differences) {
      const { entry, after, pip, uv } = difference
      const end = after === undefined ? '' : ` For Python the line before it ends at ${codePoint(after)}.`
      const lesser = pip || uv ? {} : ({ severity: 'warning' } as const)
      yield finding(entry, `${sayDifference(difference)}${end}`, { ...lesser, subject: entry.value ?? '' })
    }
  },
})

function sayDifference({ entry, pip, uv, only }: Difference): string {
  if (pip && uv)
    return pip.path === uv.path
      ? `The command ${quote(pip.path)} calls ${quote(pip.calls)} where pip installs it, and ${quote(uv.calls)} where uv does.`
      : `pip installs the command ${quote(pip.path)}, and uv ${quote(uv.path)}.`
  if (pip) return `pip installs the command ${quote(pip.path)}, which calls ${quote(pip.calls)}; uv does not.`
  if (uv) return `uv installs the command ${quote(uv.path)}, which calls ${quote(uv.calls)}; pip does not.`
  const what = isCommand(entry) ? 'command' : 'entry point'
  return only === 'importlib'
    ? `importlib.metadata and pip see the ${what} ${quote(entry.name)} of ${quote(entry.group)}, ConfigParser and PyPI do not.`
    : `ConfigParser and PyPI see the ${what} ${quote(entry.name)} of ${quote(entry.group)}, importlib.metadata and pip do not.`
}
