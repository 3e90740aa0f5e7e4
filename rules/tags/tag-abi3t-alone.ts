import { finding, rule } from '../../src/rule.js'
import { tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-abi3t-alone',
  topic: 'tags',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 803',
  url: 'https://peps.python.org/pep-0803/',
  summary: 'The ABI tag is abi3t without abi3.',
  why: 'An abi3t extension works with both builds of CPython 3.15, but only free-threaded ones accept this tag.',
  fix: 'Use `abi3.abi3t`.',

  bad: { wheel: { filename: 'demo-1.0-cp315-abi3t-win_amd64.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    if (wheel.name?.abi.join('.') === 'abi3t')
      yield finding(tagPlace(wheel, 'abi'), 'The ABI tag is abi3t. Expected abi3.abi3t.', { subject: 'tags' })
  },
})
