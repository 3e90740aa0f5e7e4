import { finding, quote, rule } from '../../src/rule.js'
import { matching, pathsOf, patternsOf, topLevelOf } from './_expected.js'

export default rule({
  id: 'expected-file-missing',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'The configuration, `expected` and `top-level`',
  url: 'https://github.com/distaudit/distaudit/blob/main/docs/configuration.md',
  summary: 'A file that the configuration expects is missing.',
  why: 'The configuration of the project requires it.',
  breaks: 'The distribution is missing a file that the project requires.',
  fix: 'Include the file in the build, or correct the pattern.',
  absence: 'member',
  bad: [
    { wheel: {}, demands: { expected: { wheel: ['demo/py.typed'] } } },
    { sdist: {}, demands: { expected: { sdist: ['LICENSE*', 'tests/'] } } },
    { wheel: {}, demands: { topLevel: ['demo', 'demo_plugin'] } },
  ],
  good: [
    { wheel: {}, demands: { expected: { wheel: ['demo/**', '*.dist-info/licenses/LICENSE*'] }, topLevel: ['demo'] } },
    { sdist: {}, demands: { expected: { sdist: ['LICENSE*', 'src/'] } } },
    { wheel: {}, demands: { expected: { sdist: ['tests/'] } } },
  ],
  *check(subject, { demands }) {
    const patterns = patternsOf(subject, demands).filter(pattern => !pattern.startsWith('!'))
    const paths = patterns.length > 0 ? pathsOf(subject) : []
    for (const pattern of patterns)
      if (matching(paths, pattern).length === 0)
        yield finding(undefined, `No file matches ${quote(pattern)}, which the configuration expects.`, {
          subject: pattern,
        })
    if (subject.kind !== 'wheel' || !demands?.topLevel) return
    const there = topLevelOf(subject)
    for (const name of demands.topLevel)
      if (!there.has(name))
        yield finding(
          undefined,
          `The wheel does not contain the top-level name ${quote(name)}, which the configuration expects.`,
          {
            subject: name,
          },
        )
  },
})
