import { isJudgedAsCompanion } from '../../src/distribution/companion.js'
import type { Enforcer } from '../../src/finding.js'
import { inFileName } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'filename-extension',
  topic: 'filename',
  severity: 'error',
  applies: ['unknown'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'PyPI (warehouse), file name check; PEP 527',
  url: 'https://peps.python.org/pep-0527/',
  summary: 'The file name does not end like that of a wheel or sdist.',
  why: 'PyPI accepts only `.whl` and `.tar.gz`, in lowercase. It rejects eggs, installers and other archives, and pip and uv refuse most of them.',
  fix: 'Upload a wheel and an sdist, as `python -m build` creates them.',
  pypiMessage:
    'Invalid file extension: Use .tar.gz, .whl or .zip extension / Invalid file extension: Extension .x is invalid for filetype T / Unknown distribution format',

  bad: [
    { unknown: { filename: 'demo-1.0-py3.12.egg', text: 'egg' } },
    { unknown: { filename: 'demo.zip', text: 'PK' } },
    { unknown: { filename: 'demo-1.0.tar.gz.asc', text: 'no signature' } },
  ],
  good: [
    { wheel: {} },
    {
      release: [
        { wheel: {} },
        { unknown: { filename: 'demo-1.0-py3-none-any.whl.asc', text: '-----BEGIN PGP SIGNATURE-----\n' } },
      ],
    },
  ],
  *check(file) {
    if (file.looksLike === 'directory' || file.looksLike === 'unreadable') return
    // Signatures and attestations have rules of their own.
    if (isJudgedAsCompanion(file.companion, file.isBeside)) return
    const lower = file.filename.toLowerCase()
    const cased = lower !== file.filename && /\.(?:whl|tar\.gz)$/.test(lower)
    // Everything after the last dot, with the `.tar` before it.
    const suffix = /(?:\.tar)?\.[^.]*$/i.exec(file.filename)?.[0] ?? ''
    yield finding(
      inFileName(file, suffix, file.filename.length - suffix.length),
      cased
        ? `The suffix of ${quote(file.filename)} is not in lowercase.`
        : suffix === '.zip'
          ? `${quote(file.filename)} does not contain a version, so it is not an sdist. PyPI accepts only .whl and .tar.gz.`
          : `${quote(file.filename)} has a suffix that PyPI rejects. PyPI accepts only .whl and .tar.gz.`,
      {
        subject: 'filename',
        help: file.companion && `Pass it together with ${quote(file.companion.of)}, to which it belongs.`,
        enforcedBy: refusing(lower),
      },
    )
  },
})

/** pip still unpacks some of the other archives, and twine ignores signatures. */
const refusing = (filename: string): readonly Enforcer[] | undefined =>
  /\.(?:tbz|txz|tlz|tar\.lz|tar\.lzma)$/.test(filename)
    ? ['pypi', 'twine', 'uv']
    : filename.endsWith('.asc')
      ? ['pypi', 'pip', 'uv']
      : undefined
