import { finding, quote, rule } from '../../src/rule.js'
import { cp3Minor, tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-abi3t-floor',
  topic: 'tags',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 803',
  url: 'https://peps.python.org/pep-0803/',
  summary: 'The wheel uses abi3t with a version of Python before 3.15.',
  why: 'Those interpreters do not support this ABI.',
  fix: 'Use `cp315-abi3t` or `cp315-abi3.abi3t`, or a later version.',

  bad: { wheel: { filename: 'demo-1.0-cp314-abi3t-win_amd64.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    if (!wheel.name?.abi.includes('abi3t')) return
    const old = wheel.name.python.find(python => (cp3Minor(python) ?? 99) < 15)
    if (old)
      yield finding(
        tagPlace(wheel, 'python', old),
        `abi3t starts with CPython 3.15, but the Python tag is ${quote(old)}.`,
        {
          subject: 'tags',
        },
      )
  },
})
