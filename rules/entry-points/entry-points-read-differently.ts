import { isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type Difference, entryPointReadings } from '../../src/views/entry-point-readings.js'
import { codePoint } from '../shared/paths.js'
import { isPlainName } from './_names.js'

export default rule({
  id: 'entry-points-read-differently',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification, "File format"; importlib.metadata; uv, entry_points.txt',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'Tools read different entry points from entry_points.txt.',
  why: 'The specification refers to ConfigParser, pip and Python use importlib.metadata, and uv has its own parser. They disagree about line endings, comments and group headers, so a command can be hidden from tools that use a different parser.',
  breaks: 'pip and uv install different commands from this wheel.',
  fix: 'Write only `[group]` and `name = module:function` lines that end with LF, and put comments on separate lines that start with `#`.',
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
      // Names that the tools cut have their own rule.
      if (pip && uv && pip.calls === uv.calls && !isPlainName(entry.name)) continue
      const end = after === undefined ? '' : ` Python ends the line before it at ${codePoint(after)}.`
      const lesser = pip || uv ? {} : ({ severity: 'warning' } as const)
      yield finding(entry, `${sayDifference(difference)}${end}`, { ...lesser, subject: entry.value ?? '' })
    }
  },
})

function sayDifference({ entry, pip, uv, only }: Difference): string {
  if (pip && uv)
    return pip.path === uv.path
      ? `The command ${quote(pip.path)} calls ${quote(pip.calls)} when installed by pip, and ${quote(uv.calls)} when installed by uv.`
      : `pip installs the command as ${quote(pip.path)}, and uv as ${quote(uv.path)}.`
  if (pip) return `pip installs the command ${quote(pip.path)}, which calls ${quote(pip.calls)}; uv does not.`
  if (uv) return `uv installs the command ${quote(uv.path)}, which calls ${quote(uv.calls)}; pip does not.`
  const what = isCommand(entry) ? 'command' : 'entry point'
  return only === 'importlib'
    ? `importlib.metadata and pip see the ${what} ${quote(entry.name)} in ${quote(entry.group)}; ConfigParser and PyPI do not.`
    : `ConfigParser and PyPI see the ${what} ${quote(entry.name)} in ${quote(entry.group)}; importlib.metadata and pip do not.`
}
