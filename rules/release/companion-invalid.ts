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
  summary: 'A signature or an attestation has no such content, or speaks of another file.',
  why: 'PyPI verifies the attestations that are sent with a file, and refuses both where one does not fit.',
  breaks: 'Whoever verifies the distribution with the signature is told that it fails.',
  fix: 'Sign the distribution again, under the name and with the content that is uploaded.',
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
    // PyPI keeps no OpenPGP signatures, and few look at them.
    const severity = companion.kind === 'signature' ? ('warning' as const) : undefined
    if (companion.fault !== undefined)
      yield finding(undefined, `${quote(filename)} is no ${companion.kind}: ${companion.fault}.`, { ...more, severity })
    for (const { name } of companion.subjects)
      if (name !== undefined && normalized(name) !== normalized(companion.of))
        yield finding(undefined, `${quote(filename)} speaks of ${quote(name)}, not of ${quote(companion.of)}.`, more)
  },
})

/** PyPI compares names of files by their parts, each of them normalized. */
const normalized = (filename: string): string => filename.toLowerCase().replace(/[-_.]+/g, '-')
