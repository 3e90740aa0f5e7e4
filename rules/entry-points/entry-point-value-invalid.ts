import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isKeyword } from '../shared/entry-points.js'

export default rule({
  id: 'entry-point-value-invalid',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The value of an entry point is no object reference.',
  why: 'Whoever loads the entry point, or starts the command, gets an error.',
  breaks: 'The command, or whoever loads the entry point, stops with an error; pip refuses such a command.',
  fix: 'Write `module`, `module:object` or `module:object [extra]` with Python identifiers.',

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo-cli.main:run\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.class:f\n' } },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check({ entryPoints }) {
    for (const entry of entryPoints?.entries ?? []) {
      const keyword = entry.module && [entry.module, entry.attr ?? ''].join('.').split('.').find(isKeyword)
      if (entry.module === undefined)
        yield finding(
          entry.targetPlace,
          `${quote(entry.target)} has not the form module:object with Python identifiers.`,
        )
      else if (keyword)
        yield finding(
          within(entry.targetPlace, keyword),
          `${quote(entry.target)} has the keyword ${keyword} where an identifier is expected.`,
        )
    }
  },
})
