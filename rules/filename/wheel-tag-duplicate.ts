import { finding, quote, rule } from '../../src/rule.js'
import { namePlace } from '../../src/views/tags.js'

export default rule({
  id: 'wheel-tag-duplicate',
  topic: 'filename',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Platform compatibility tags, "Compressed tag sets"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'A tag occurs twice in the file name.',
  why: 'It has no effect and makes the name longer.',
  fix: 'Build with a current backend.',

  bad: { wheel: { filename: 'demo-1.0-py3.py3-none-any.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const part of ['python', 'abi', 'platform'] as const) {
      const set = wheel.name?.[part] ?? []
      const twice = set.find((tag, i) => set.indexOf(tag) !== i)
      if (twice)
        yield finding(
          namePlace(wheel, part, { field: 'tags', tag: twice, last: true }),
          `${quote(twice)} occurs twice.`,
          { subject: 'tags' },
        )
    }
  },
})
