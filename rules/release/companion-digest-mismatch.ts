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
  summary: 'An attestation is of another content than the distribution has.',
  why: 'The file was changed after it was signed: PyPI refuses a file whose attestation has another digest.',
  breaks: 'Whoever verifies the distribution with the signature is told that it fails.',
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
      // Empty where there was not the time to hash the file.
      if (!companion || !signed || signed.sha256 === '') continue
      const other = companion.subjects.find(({ sha256 }) => sha256 !== undefined && sha256 !== signed.sha256)
      if (other)
        yield finding(
          undefined,
          `${quote(filename)} is of content with the SHA-256 ${quote(other.sha256 ?? '')}; ${quote(signed.filename)} has '${signed.sha256}'.`,
          { path, subject: companion.suffix, enforcedBy: companion.kind === 'attestation' ? undefined : [] },
        )
    }
  },
})
