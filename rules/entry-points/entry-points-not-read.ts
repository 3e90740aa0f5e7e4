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
  summary: 'entry_points.txt is too long to be read whole.',
  why: 'What stands after the limit was not checked: installers make commands of it all the same.',
  fix: 'Check that the file is what you meant to ship: no real project has so many entry points.',

  bad: { wheel: { make: 'entryPointsOfManyLines' } },
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check({ entryPoints }) {
    const found = entryPoints?.problems.find(({ kind }) => kind === 'too-long')
    if (found)
      yield finding(
        found,
        `${quote(found.member ?? '')} was read up to line ${found.line} only: at most ${thousands(MOST_LINES)} lines are read, and as many bytes as the limit of texts says.`,
      )
  },
})
