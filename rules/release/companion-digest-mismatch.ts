import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'companion-digest-mismatch',
  topic: 'release',
  severity: 'error',
  applies: ['release'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Index hosted attestations (PEP 740), "Attestation objects"',
  url: 'https://packaging.python.org/en/latest/specifications/index-hosted-attestations/',
  summary: 'The digest in an attestation does not match the distribution.',
  why: 'The file was changed after it was signed: PyPI rejects a file whose attestation contains a different digest.',
  breaks: 'Verifying the distribution with the signature fails.',
  fix: 'Sign the distribution as the last step before the upload.',
  pypiMessage: 'Invalid attestations supplied during upload: …',
  bad: {
    release: [
      { sdist: {} },
      {
        unknown: {
          filename: 'demo-1.0.tar.gz.publish.attestation',
          text: '{"version": 1, "envelope": {"statement": "eyJzdWJqZWN0IjpbeyJuYW1lIjoiZGVtby0xLjAudGFyLmd6IiwiZGlnZXN0Ijp7InNoYTI1NiI6IjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAifX1dfQ=="}}',
        },
      },
    ],
  },
  good: {
    release: [{ sdist: {} }, { unknown: { filename: 'demo-1.0.tar.gz.asc', text: '-----BEGIN PGP SIGNATURE-----\n' } }],
  },
  *check({ distributions, companions }) {
    for (const { path, filename, companion } of companions) {
      const signed = distributions.find(one => one.filename === companion?.of)
      // Empty if there was not enough time to hash the file.
      if (!companion || !signed || signed.sha256 === '') continue
      const other = companion.subjects.find(({ sha256 }) => sha256 !== undefined && sha256 !== signed.sha256)
      if (other)
        yield finding(
          undefined,
          `${quote(filename)} is for a file with the SHA-256 ${quote(other.sha256 ?? '')}, but that of ${quote(signed.filename)} is '${signed.sha256}'.`,
          { path, subject: companion.suffix, enforcedBy: companion.kind === 'attestation' ? undefined : [] },
        )
    }
  },
})
