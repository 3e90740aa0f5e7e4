import { MOST_LINES } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { thousands } from '../../src/wording.js'

export default rule({
  id: 'entry-points-not-read',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification, "File format"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'entry_points.txt is too long to read completely.',
  why: 'Entry points after the limit were not checked, but installers still create commands from them.',
  fix: 'Check that this is the file you intended to ship: no real project has so many entry points.',

  bad: { wheel: { make: 'entryPointsOfManyLines' } },
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check({ entryPoints }) {
    const found = entryPoints?.problems.find(({ kind }) => kind === 'too-long')
    if (found)
      yield finding(
        found,
        `${quote(found.member ?? '')} was read only up to line ${thousands(found.line ?? 0)}: distaudit reads at most ${thousands(MOST_LINES)} lines, and not more bytes than the limit for text files.`,
      )
  },
})
