import { finding, quote, rule } from '../../src/rule.js'

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
    for (const set of wheel.name ? [wheel.name.python, wheel.name.abi, wheel.name.platform] : []) {
      const twice = set.find((tag, i) => set.indexOf(tag) !== i)
      if (twice) yield finding({ field: 'tags' }, `${quote(twice)} occurs twice.`, { subject: 'tags' })
    }
  },
})
