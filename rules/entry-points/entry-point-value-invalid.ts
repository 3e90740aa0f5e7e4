import { isCommand } from '../../src/distribution/entry-points.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isKeyword } from '../shared/entry-points.js'

/** What pip makes a command of, whatever the parts are. */
const PIP_TAKES = /^\s*\w+(?:\.\w+)*:\w+(?:\.\w+)*\s*(?:\[[^[\]]*\])?\s*$/

export default rule({
  id: 'entry-point-value-invalid',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pip'],
  force: 'MUST',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The value of an entry point is no object reference.',
  why: 'Whoever loads the entry point, or starts the command, gets an error.',
  breaks: 'pip does not install the wheel, or the command stops with a SyntaxError.',
  fix: 'Write `module`, `module:object` or `module:object [extra]` with Python identifiers.',

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo-cli.main:run\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.class:f\n' } },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check({ entryPoints }) {
    for (const entry of entryPoints?.entries ?? []) {
      const command = isCommand(entry)
      // Values of other groups have the form that their consumer wants.
      const lesser = command ? {} : ({ severity: 'info' } as const)
      const keyword = entry.module && [entry.module, entry.attr ?? ''].join('.').split('.').find(isKeyword)
      if (entry.module === undefined)
        yield finding(
          entry.targetPlace,
          `${quote(entry.target)} has not the form module:object with Python identifiers.`,
          { ...lesser, enforcedBy: command && !PIP_TAKES.test(entry.target) ? ['pip'] : [] },
        )
      else if (keyword)
        yield finding(
          within(entry.targetPlace, keyword),
          `${quote(entry.target)} has the keyword ${keyword} where an identifier is expected.`,
          { ...lesser, enforcedBy: [] },
        )
    }
  },
})
