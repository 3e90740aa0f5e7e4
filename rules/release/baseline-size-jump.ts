import { finding, quote, rule } from '../../src/rule.js'
import { plural, sizeText, thousands } from '../../src/wording.js'
import { counterpart, type File } from './_counterpart.js'
import { listed } from './_wheels.js'

/** A jump is more than half of the previous file, and more than this many bytes. */
const BYTES = 1_000_000

export default rule({
  id: 'baseline-size-jump',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'distaudit: more than 50% and 1 MB',
  url: 'https://docs.pypi.org/project-management/storage-limits/',
  summary: 'A file is much larger than in the previous release.',
  why: 'It may contain test data, debug symbols, caches or a second copy of a library by accident, and every user downloads them.',
  fix: 'Check what is new in the file, and exclude what users do not need.',
  absence: 'content',
  bad: {
    baseline: [{ wheel: { version: '0.9' } }],
    release: [{ wheel: { make: 'twoMegabytesOfNoise' } }],
  },
  good: { baseline: [{ wheel: { version: '0.9' } }], release: [{ wheel: { files: { 'demo/core.py': 'x = 1\n' } } }] },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    const grown = release.distributions
      .flatMap(file => {
        const old = counterpart(file, baseline)
        return old && file.size > old.size * 1.5 && file.size - old.size > BYTES ? [{ file, old }] : []
      })
      .sort((a, b) => b.file.size / b.old.size - a.file.size / a.old.size)
    const [worst] = grown
    if (!worst) return
    const { file, old } = worst
    const percent = Math.round((file.size / old.size - 1) * 100)
    const news = largestNew(file, old)
    yield finding(
      { field: 'files', ...(news && { member: news.path }) },
      `The size of ${quote(file.filename)} is ${sizeText(file.size)}; that of ${quote(old.filename)} was ${sizeText(old.size)} (${thousands(percent)}% more).${news ? ` The largest new file is ${quote(news.path)} (${sizeText(news.actualSize)} unpacked).` : ''}${grown.length > 1 ? ` ${plural(grown.length - 1, 'other file')} also grew that much.` : ''}`,
      {
        path: file.path,
        subject: file.kind,
        related: [
          { path: old.path, message: `file of version ${baseline.version}` },
          ...listed(grown.slice(1), ({ file }) => ({ path: file.path, message: 'also much larger' })),
        ],
      },
    )
  },
})

function largestNew(file: File, old: File) {
  const known = new Set(old.members.files.map(({ sha256 }) => sha256))
  return file.members.files
    .filter(({ sha256 }) => sha256 !== '' && !known.has(sha256))
    .sort((a, b) => b.actualSize - a.actualSize)[0]
}
