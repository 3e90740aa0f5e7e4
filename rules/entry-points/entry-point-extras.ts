import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'

export default rule({
  id: 'entry-point-extras',
  topic: 'entry-points',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MAY',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'An entry point declares extras.',
  why: 'The specification allows them only for backward compatibility, and installers ignore them, so the dependencies of the entry point may be missing.',
  fix: (project, about) =>
    `Remove the extras under ${project.key('entry-points', about.value)}, and make what the entry point needs a dependency.`,

  byHand: 'What an entry point needs is a decision of the project.',
  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main [fast]\n' } },
    {
      wheel: {
        metadata: { 'Provides-Extra': 'fast', 'Requires-Dist': 'attrs; extra == "fast"' },
        entryPoints: '[console_scripts]\ndemo = demo.cli:main [fast]\n',
      },
    },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(dist) {
    const { metadata } = dist
    for (const entry of entryPointReadings(dist).entries) {
      if (entry.extras.length === 0) continue
      const declared = new Set(metadata?.all('Provides-Extra').map(({ value }) => canonicalName(value)))
      const missing = entry.extras.find(extra => !declared.has(canonicalName(extra)))
      yield finding(
        within(entry.targetPlace, missing ?? entry.target.slice(entry.target.indexOf('['))),
        missing === undefined
          ? `${quote(entry.target)} declares extras, which installers ignore.`
          : `${quote(entry.target)} declares the extra ${quote(missing)}, which the metadata does not contain.`,
        { severity: missing === undefined ? 'info' : 'warning' },
      )
    }
  },
})
