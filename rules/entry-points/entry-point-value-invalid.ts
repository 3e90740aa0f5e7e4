import { isCommand } from '../../src/distribution/entry-points.js'
import type { Enforcer } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { KEYWORDS } from '../../src/standards/import-name.js'
import { entryPointReadings, refused } from '../../src/views/entry-point-readings.js'
import { specifiersOf } from '../../src/views/parsed.js'

export default rule({
  id: 'entry-point-value-invalid',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The value of an entry point is not a valid object reference.',
  why: 'Installers refuse to install the wheel, or loading the entry point or running the command fails. On Python 3.15 and later, one such value in any group makes pip refuse to install the wheel, and breaks all code that reads the entry points of the environment.',
  breaks: 'The command fails with a SyntaxError.',
  fix: (project, about) =>
    `Write \`module\`, \`module:object\` or \`module:object [extra]\` with Python identifiers under ${project.key('entry-points', about.value)}.`,

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main [fast\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main  # the tool\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:class\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo-plugins:one\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.class:f\n' } },
  ],
  good: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.plugins : one [fast, slow]\n' } },
  ],
  *check(dist) {
    const supported = specifiersOf(dist.metadata?.first('Requires-Python'))
    const [values, later] = [refused(dist, 'value'), refused(dist, 'value-since-3.15')]
    const [callables, lines] = [refused(dist, 'no-callable'), refused(dist, 'no-delimiter')]
    for (const entry of entryPointReadings(dist).entries) {
      const enforcedBy: Enforcer[] = [...(values.get(entry) ?? [])]
      // Each has its own rule.
      if (callables.has(entry) || (lines.has(entry) && enforcedBy.length === 0)) continue
      const since = !enforcedBy.includes('pip') && later.has(entry) && (!supported || supported.contains('3.15.99'))
      if (since) enforcedBy.unshift('pip')
      const keyword =
        entry.module &&
        [entry.module, entry.attr ?? '']
          .join('.')
          .split('.')
          .find(name => KEYWORDS.has(name))
      // Values of other groups have the form that their consumer expects.
      const lesser = isCommand(entry) || enforcedBy.length > 0 ? {} : ({ severity: 'info' } as const)
      if (keyword)
        yield finding(
          within(entry.targetPlace, keyword),
          `${quote(entry.target)} contains the keyword ${keyword} where an identifier is expected.`,
          { ...lesser, enforcedBy },
        )
      else if (entry.module === undefined || enforcedBy.length > 0)
        yield finding(
          entry.targetPlace,
          `${quote(entry.target)} is not a valid object reference (expected module:object with Python identifiers)${since ? '; pip refuses to install the wheel on Python 3.15 and later' : ''}.`,
          { ...lesser, enforcedBy },
        )
    }
  },
})
