import { finding, quote, rule } from '../../src/rule.js'
import { goodRows, WEAK } from './_record.js'

export default rule({
  id: 'record-hash-weak',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A row of RECORD uses a hash weaker than SHA-256.',
  why: 'Different files with the same weak hash can be produced, so the hash protects nothing. The specification forbids MD5 and SHA-1.',
  breaks: '`wheel unpack` and `wheel tags` refuse the wheel.',
  fix: 'Rebuild the wheel with a backend that writes sha256.',

  bad: { wheel: { make: 'recordMd5' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel))
      if (row.algorithm !== undefined && WEAK.has(row.algorithm.toLowerCase()))
        yield finding(
          row.at('algorithm'),
          `${quote(row.value)} is recorded with ${row.algorithm}. Expected sha256 or stronger.`,
        )
  },
})
