import type { Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { compareText } from '../../src/text/python.js'
import { namePlace, tagPlace } from '../../src/views/tags.js'

const PARTS = ['python', 'abi', 'platform'] as const

export default rule({
  id: 'wheel-filename-tags-not-normalized',
  topic: 'filename',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['uv'],
  force: 'SHOULD',
  source: 'Platform compatibility tags, "Overview" and "Compressed tag sets"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary:
    'The tags of the file name have uppercase letters, duplicates, or (profile strict) an order that is not sorted.',
  why: 'pip and PyPI change tags to lowercase; uv compares them as they are written, and installs the wheel nowhere when all of one kind have an uppercase letter. A duplicate has no effect and makes the name longer. The order has no effect either; sorted sets give one name for one file.',
  fix: 'Rebuild the wheel with a current build backend or auditwheel.',
  formerly: ['wheel-tag-unsorted', 'wheel-tag-uppercase', 'wheel-tag-duplicate'],
  bad: [
    { wheel: { filename: 'demo-1.0-PY3-none-any.whl' } },
    { wheel: { filename: 'demo-1.0-py3.py3-none-any.whl' } },
    { wheel: { filename: 'demo-1.0-py3.py2-none-any.whl' } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    yield* uppercase(wheel)
    yield* duplicates(wheel)
    yield* unsorted(wheel)
  },
})

function* uppercase(wheel: Wheel): Generator<Draft> {
  if (!wheel.name || !/[A-Z]/.test(wheel.name.tag)) return
  const [part, more] = PARTS.filter((_, i) => /[A-Z]/.test(wheel.name?.tag.split('-')[i] ?? ''))
  yield finding(
    tagPlace(wheel, part === undefined || more !== undefined ? 'tag' : part),
    `The tag is written ${quote(wheel.name.tag)}.`,
    {
      subject: 'case of tags',
      ...(wheel.name.tag.split('-').some(part => part.split('.').every(tag => /[A-Z]/.test(tag)))
        ? { severity: 'error' }
        : { enforcedBy: [] }),
    },
  )
}

function* duplicates(wheel: Wheel): Generator<Draft> {
  for (const part of PARTS) {
    const set = wheel.name?.[part] ?? []
    const twice = set.find((tag, i) => set.indexOf(tag) !== i)
    if (twice)
      yield finding(
        namePlace(wheel, part, { field: 'tags', tag: twice, last: true }),
        `${quote(twice)} occurs twice.`,
        { subject: 'duplicate tags', enforcedBy: [] },
      )
  }
}

/** Strict: the order of tools is often another, and does no harm. */
function* unsorted(wheel: Wheel): Generator<Draft> {
  for (const part of PARTS) {
    const set = wheel.name?.[part] ?? []
    const sorted = [...set].sort(compareText)
    if (sorted.join('.') !== set.join('.'))
      yield finding(tagPlace(wheel, part), `${quote(set.join('.'))} is not sorted; ${quote(sorted.join('.'))} is.`, {
        severity: 'info',
        enforcedBy: [],
        strict: true,
        subject: 'order of tags',
      })
  }
}
