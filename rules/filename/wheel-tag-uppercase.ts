import { finding, quote, rule } from '../../src/rule.js'
import { tagPlace } from '../../src/views/tags.js'

const PARTS = ['python', 'abi', 'platform'] as const

export default rule({
  id: 'wheel-tag-uppercase',
  topic: 'filename',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Platform compatibility tags, "Overview"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'A tag of the file name has upper case letters.',
  why: 'Readers compare tags in lower case, but not all of them change the case first.',
  fix: 'Build with a current backend.',

  bad: { wheel: { filename: 'demo-1.0-PY3-none-any.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    if (!wheel.name || !/[A-Z]/.test(wheel.name.tag)) return
    const [part, more] = PARTS.filter((_, i) => /[A-Z]/.test(wheel.name?.tag.split('-')[i] ?? ''))
    yield finding(
      tagPlace(wheel, part === undefined || more !== undefined ? 'tag' : part),
      `The tag is written ${quote(wheel.name.tag)}.`,
      { subject: 'tags' },
    )
  },
})
