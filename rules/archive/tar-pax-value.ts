import type { PaxValueFault } from '../../src/archive/tar-pax.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

const WANTED: Readonly<Record<PaxValueFault, string>> = {
  key: 'the specification has no such key, and a key of a vendor has a dot',
  'key-not-utf8': 'a key must be UTF-8',
  number: 'decimal digits are expected',
  time: 'decimal digits, with a fraction or without, are expected',
  charset: "'BINARY' or 'ISO-IR 10646 2000 UTF-8' is expected",
  'not-utf8': 'the text must be UTF-8',
  empty: 'it takes away what the member needs',
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
  summary: 'A pax header has a key or value that is none of the format.',
  why: 'Python ignores the key, and takes 0 for a number that it cannot read; uv refuses the archive.',
  fix: BUILD_AGAIN,
  bad: [{ sdist: { make: 'tar-pax-unknown-key' } }, { sdist: { make: 'tar-pax-uid-text' } }],
  good: { sdist: { make: 'tar-mtime-fraction' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-pax-value'],
      ({ key, value, fault, offset }) =>
        `The pax header at offset ${offset} of the tar gives ${quote(key)} the value ${quote(value)}; ${WANTED[fault]}.`,
    ),
})
