import { isPassedOver } from '../../src/distribution/companion.js'
import { inFileName } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'companion-without-distribution',
  topic: 'filename',
  severity: 'warning',
  applies: ['unknown'],
  enforcedBy: [],
  force: 'none',
  source: 'twine, "Commands"; PEP 740',
  url: 'https://twine.readthedocs.io/en/stable/#commands',
  summary: 'The distribution of a signature or attestation is missing or has another name.',
  why: 'twine finds a signature or attestation by the name of its distribution, and silently ignores others.',
  fix: 'Audit the distribution too, or sign it again under its current name.',
  bad: {
    release: [{ sdist: {} }, { unknown: { filename: 'demo-1.1.tar.gz.asc', text: '-----BEGIN PGP SIGNATURE-----\n' } }],
  },
  good: {
    release: [{ sdist: {} }, { unknown: { filename: 'demo-1.0.tar.gz.asc', text: '-----BEGIN PGP SIGNATURE-----\n' } }],
  },
  *check(file) {
    const { companion, filename, isBeside } = file
    // twine treats the others as distributions: they have the wrong suffix.
    if (!companion || isBeside !== false || !isPassedOver(companion)) return
    yield finding(
      inFileName(file, companion.of, 0),
      `${quote(filename)} belongs to ${quote(companion.of)}, which is not among the files.`,
      { subject: 'filename' },
    )
  },
})
