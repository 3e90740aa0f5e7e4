import { finding, quote, rule } from '../../src/rule.js'
import { compareText } from '../../src/text/python.js'
import { tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'wheel-tag-unsorted',
  topic: 'filename',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Platform compatibility tags, "Compressed tag sets"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'A compressed tag set of the file name is not sorted.',
  why: 'The order has no effect; sorted sets give one name for one file.',
  fix: 'Build with a current backend or auditwheel.',

  status: 'strict',
  bad: { wheel: { filename: 'demo-1.0-py3.py2-none-any.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const part of ['python', 'abi', 'platform'] as const) {
      const set = wheel.name?.[part] ?? []
      const sorted = [...set].sort(compareText)
      if (sorted.join('.') !== set.join('.'))
        yield finding(tagPlace(wheel, part), `${quote(set.join('.'))} is not sorted; ${quote(sorted.join('.'))} is.`, {
          subject: 'tags',
        })
    }
  },
})
