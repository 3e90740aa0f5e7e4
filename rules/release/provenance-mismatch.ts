import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'provenance-mismatch',
  topic: 'release',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Index hosted attestations (PEP 740), "Attestation objects"; Simple repository API: provenance',
  url: 'https://packaging.python.org/en/latest/specifications/index-hosted-attestations/',
  summary: 'The provenance that the index has for the file is about another file.',
  why: 'Provenance states the name and the SHA-256 of the file that was attested. distaudit compares both; it does not verify the signatures.',
  breaks: 'Verifying the file with its provenance fails.',
  fix: 'Upload the file that was attested, or attest the one that is there.',
  bad: [
    {
      wheel: {
        listed: {
          provenance: {
            name: 'demo-1.0-py3-none-any.whl',
            sha256: '0000000000000000000000000000000000000000000000000000000000000000',
          },
        },
      },
    },
    { wheel: { listed: { provenance: { name: 'other-1.0-py3-none-any.whl', sha256: '{sha256}' } } } },
    { sdist: { listed: { provenance: { fault: 'it does not contain an attestation' } } } },
  ],
  good: [
    { wheel: { listed: { provenance: { name: 'demo-1.0-py3-none-any.whl', sha256: '{sha256}' } } } },
    { sdist: { listed: { provenance: { name: 'Demo-1.0.tar.gz', sha256: '{sha256}' } } } },
  ],
  *check({ filename, sha256, listed }) {
    const { fault, subjects = [] } = listed?.provenance ?? {}
    if (fault !== undefined)
      yield finding(undefined, `The provenance that the index names cannot be used: ${fault}.`, { severity: 'warning' })
    for (const subject of subjects) {
      if (subject.name !== undefined && plain(subject.name) !== plain(filename))
        yield finding(undefined, `The provenance is about the file ${quote(subject.name)}.`, { subject: 'name' })
      // Empty where not all of the file was read.
      if (subject.sha256 !== undefined && sha256 !== '' && subject.sha256 !== sha256)
        yield finding(
          undefined,
          `The provenance is about a file with the SHA-256 ${quote(subject.sha256)}, but that of this file is ${quote(sha256)}.`,
          { subject: 'digest' },
        )
    }
  },
})

/** Names that mean the same project are spelled in several ways. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')
