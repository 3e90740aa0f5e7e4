import { finding, quote, rule } from '../../src/rule.js'
import { andMore, list } from '../../src/wording.js'
import { matching, pathsOf, patternsOf, topLevelOf } from './_expected.js'

export default rule({
  id: 'unexpected-file',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'The configuration, `expected` and `top-level`',
  url: 'https://github.com/distaudit/distaudit/blob/main/docs/configuration.md',
  summary: 'The distribution contains a file that the configuration does not allow.',
  why: 'The configuration of the project forbids it.',
  breaks: 'The distribution contains a file that the project excludes.',
  fix: 'Exclude the file from the build, or correct the pattern.',
  bad: [
    {
      wheel: { files: { 'demo/tests/__init__.py': '', 'demo/tests/test_demo.py': 'x = 1\n' } },
      demands: { expected: { wheel: ['!**/tests/'] } },
    },
    { sdist: { files: { '{top}/data.csv': '1\n' } }, demands: { expected: { sdist: ['!*.csv'] } } },
    { wheel: { files: { 'other.py': 'x = 1\n' } }, demands: { topLevel: ['demo'] } },
  ],
  good: [
    { wheel: {}, demands: { expected: { wheel: ['!**/tests/'] }, topLevel: ['demo'] } },
    { wheel: { files: { 'demo/other.py': 'x = 1\n' } }, demands: { topLevel: ['demo'] } },
  ],
  *check(subject, { demands }) {
    const patterns = patternsOf(subject, demands).filter(pattern => pattern.startsWith('!'))
    const paths = patterns.length > 0 ? pathsOf(subject) : []
    for (const pattern of patterns) {
      const [first, ...others] = matching(paths, pattern.slice(1))
      if (first)
        yield finding(
          { member: first.member },
          `${quote(first.path)}${andMore(others.length, 'file')} ${others.length === 0 ? 'matches' : 'match'} ${quote(pattern)}, which the configuration forbids.`,
          { subject: pattern },
        )
    }
    if (subject.kind !== 'wheel' || !demands?.topLevel) return
    const named = new Set(demands.topLevel)
    for (const [name, member] of topLevelOf(subject))
      if (!named.has(name))
        yield finding(
          { member },
          `The wheel contains the top-level name ${quote(name)}; the configuration allows only ${list(demands.topLevel.map(quote))}.`,
          { subject: name },
        )
  },
})
