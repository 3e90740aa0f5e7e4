import type { PaxValueFault } from '../../src/archive/tar-pax.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

const WANTED: Readonly<Record<PaxValueFault, string>> = {
  key: 'the format does not define this key, and vendor keys contain a dot',
  'key-not-utf8': 'a key must be UTF-8',
  number: 'expected decimal digits',
  time: 'expected decimal digits, with or without a fraction',
  charset: "expected 'BINARY' or 'ISO-IR 10646 2000 UTF-8'",
  'not-utf8': 'the text must be UTF-8',
  empty: 'the member requires a value',
}

export default rule({
  id: 'tar-pax-value',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'A pax header contains a key or value that the format does not allow.',
  why: 'Python ignores the key, and reads a malformed number as 0. uv refuses the archive.',
  fix: BUILD_AGAIN,
  bad: [{ sdist: { make: 'tar-pax-unknown-key' } }, { sdist: { make: 'tar-pax-uid-text' } }],
  good: { sdist: { make: 'tar-mtime-fraction' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-pax-value'],
      ({ key, value, fault, offset }) =>
        `The pax header at offset ${offset} of the tar sets ${quote(key)} to ${quote(value)}: ${WANTED[fault]}.`,
    ),
})
