import { finding, rule } from '../../src/rule.js'
import { thousands } from '../../src/wording.js'

export default rule({
  id: 'index-size-mismatch',
  topic: 'release',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Simple repository API, "JSON Serialization": size (PEP 700)',
  url: 'https://packaging.python.org/en/latest/specifications/simple-repository-api/#json-serialization',
  summary: 'The file does not have the size that its index states.',
  why: 'Mirrors and lock files record the size of the index, and tools that read files in parts start from it.',
  fix: 'Have the index read the size of the file again.',
  bad: { wheel: { listed: { size: 1 } } },
  good: { wheel: { listed: {} } },
  *check({ size, listed }) {
    if (listed?.size !== undefined && listed.size !== size)
      yield finding(
        undefined,
        `The file has ${thousands(size)} bytes, but ${listed.page ?? 'its address'} states ${thousands(listed.size)}.`,
      )
  },
})
