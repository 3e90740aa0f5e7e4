import { isPassedOver } from '../../src/distribution/companion.js'
import { inFileName } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'companion-taken-for-distribution',
  topic: 'filename',
  severity: 'info',
  applies: ['unknown'],
  enforcedBy: [],
  force: 'none',
  source: 'twine, "Commands"',
  url: 'https://twine.readthedocs.io/en/stable/#commands',
  summary: 'A signature has a suffix that twine does not know.',
  why: '`twine upload dist/*` treats the file as a distribution of an unknown format and uploads nothing.',
  fix: 'Name the distributions in the upload (`dist/*.whl dist/*.tar.gz`), or keep signatures in another directory.',
  bad: { release: [{ sdist: {} }, { unknown: { filename: 'demo-1.0.tar.gz.sigstore.json', text: '{}' } }] },
  good: {
    release: [{ sdist: {} }, { unknown: { filename: 'demo-1.0.tar.gz.asc', text: '-----BEGIN PGP SIGNATURE-----\n' } }],
  },
  *check(file) {
    const { companion, filename, isBeside } = file
    if (!companion || !isBeside || isPassedOver(companion)) return
    yield finding(
      inFileName(file, companion.suffix, companion.of.length),
      `twine treats ${quote(filename)} as a distribution. It recognizes only .asc and .attestation.`,
      { subject: 'filename' },
    )
  },
})
