import { finding, quote, rule } from '../../src/rule.js'
import { DIGEST_LENGTHS, goodRows, WEAK } from './_record.js'

export default rule({
  id: 'record-hash-unknown',
  topic: 'record',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'A row of RECORD uses an uncommon hash algorithm.',
  why: "Installers that verify hashes support those of Python's hashlib, and sha256 is the only one that all of them use.",
  fix: 'Rebuild the wheel with a backend that writes sha256.',

  bad: { wheel: { make: 'recordUnknownHash' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel)) {
      if (row.hash === '') continue
      const name = row.algorithm?.toLowerCase()
      if (name !== undefined && (DIGEST_LENGTHS.has(name) || WEAK.has(name))) continue
      yield finding(
        row.at('algorithm'),
        name === undefined
          ? `${quote(row.hash)} is not a hash of the form algorithm=digest.`
          : `Installers do not know the hash algorithm ${quote(row.algorithm ?? '')}. Use sha256.`,
      )
    }
  },
})
