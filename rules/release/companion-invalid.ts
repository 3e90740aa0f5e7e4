import { isJudgedAsCompanion } from '../../src/distribution/companion.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'companion-invalid',
  topic: 'release',
  severity: 'error',
  applies: ['unknown'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Index hosted attestations (PEP 740), "Attestation objects"',
  url: 'https://packaging.python.org/en/latest/specifications/index-hosted-attestations/',
  summary: 'A signature or attestation is malformed, or is for a different file.',
  why: 'PyPI verifies the attestations that are uploaded with a file, and rejects both if they do not match.',
  breaks: 'Verifying the distribution with the signature fails.',
  fix: 'Sign the distribution again, with the name and contents that are uploaded.',
  pypiMessage: 'Invalid attestations supplied during upload: …',
  bad: [
    { release: [{ sdist: {} }, { unknown: { filename: 'demo-1.0.tar.gz.asc', text: 'none' } }] },
    { release: [{ sdist: {} }, { unknown: { filename: 'demo-1.0.tar.gz.publish.attestation', text: 'none' } }] },
    {
      release: [
        { sdist: {} },
        {
          unknown: {
            filename: 'demo-1.0.tar.gz.publish.attestation',
            text: '{"version": 1, "envelope": {"statement": "eyJzdWJqZWN0IjpbeyJuYW1lIjoib3RoZXItMS4wLnRhci5neiIsImRpZ2VzdCI6eyJzaGEyNTYiOiIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwIn19XX0="}}',
          },
        },
      ],
      alsoGives: ['companion-digest-mismatch'],
    },
  ],
  good: {
    release: [{ sdist: {} }, { unknown: { filename: 'demo-1.0.tar.gz.asc', text: '-----BEGIN PGP SIGNATURE-----\n' } }],
  },
  *check({ companion, filename, isBeside }) {
    if (!companion || !isJudgedAsCompanion(companion, isBeside)) return
    const isSent = companion.kind === 'attestation'
    const more = isSent ? {} : { enforcedBy: [] }
    // PyPI does not keep OpenPGP signatures, and few people check them.
    const severity = companion.kind === 'signature' ? ('warning' as const) : undefined
    if (companion.fault !== undefined)
      yield finding(
        undefined,
        `${quote(filename)} is not ${companion.kind === 'attestation' ? 'an attestation' : `a ${companion.kind}`}: ${companion.fault}.`,
        { ...more, severity },
      )
    for (const { name } of companion.subjects)
      if (name !== undefined && normalized(name) !== normalized(companion.of))
        yield finding(undefined, `${quote(filename)} is for ${quote(name)}, not for ${quote(companion.of)}.`, more)
  },
})

/** PyPI compares filenames by their parts, each of them normalized. */
const normalized = (filename: string): string => filename.toLowerCase().replace(/[-_.]+/g, '-')
