import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'index-digest-mismatch',
  topic: 'release',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Simple repository API, "Base HTML API" and "JSON Serialization": hashes',
  url: 'https://packaging.python.org/en/latest/specifications/simple-repository-api/#json-serialization',
  summary: 'The file does not have the SHA-256 that its index states.',
  why: 'The file is not the one that the index lists: it was changed, damaged on its way, or replaced. pip and uv refuse to install it.',
  fix: 'Find out which of the two is right. If it is the file, have the index compute the digest again; otherwise restore the file.',
  bad: { wheel: { listed: { sha256: '0000000000000000000000000000000000000000000000000000000000000000' } } },
  good: { wheel: { listed: { sha256: '{sha256}' } } },
  *check({ sha256, listed }) {
    // Empty where not all of the file was read.
    if (sha256 === '' || listed?.sha256 === undefined || listed.sha256 === sha256) return
    const who = listed.page === undefined ? 'the address of the file' : listed.page
    yield finding(undefined, `The SHA-256 of the file is ${quote(sha256)}, but ${who} states ${quote(listed.sha256)}.`)
  },
})
