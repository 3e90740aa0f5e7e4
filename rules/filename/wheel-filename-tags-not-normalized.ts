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
  summary: 'The tags in the file name have uppercase letters, duplicates or (profile strict) are not sorted.',
  why: 'pip and PyPI convert tags to lower case. uv compares them as written, and cannot install the wheel when all tags of one kind have uppercase letters. Duplicates and order have no effect, but sorted tags without duplicates give each file exactly one name.',
  fix: 'Rebuild the wheel with a recent build backend, or repair it with auditwheel.',
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
    `The tag ${quote(wheel.name.tag)} contains uppercase letters. Expected lower case.`,
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
        `The tag ${quote(twice)} appears twice.`,
        { subject: 'duplicate tags', enforcedBy: [] },
      )
  }
}

/** Strict only: many tools write another order, which does no harm. */
function* unsorted(wheel: Wheel): Generator<Draft> {
  for (const part of PARTS) {
    const set = wheel.name?.[part] ?? []
    const sorted = [...set].sort(compareText)
    if (sorted.join('.') !== set.join('.'))
      yield finding(
        tagPlace(wheel, part),
        `${quote(set.join('.'))} is not sorted. Expected ${quote(sorted.join('.'))}.`,
        {
          severity: 'info',
          enforcedBy: [],
          strict: true,
          subject: 'order of tags',
        },
      )
  }
}
