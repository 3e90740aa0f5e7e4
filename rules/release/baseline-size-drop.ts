import { finding, quote, rule } from '../../src/rule.js'
import { plural, sizeText } from '../../src/wording.js'
import { counterpart } from './_counterpart.js'
import { listed } from './_wheels.js'

/** A drop is more than four fifths of the previous file, and more than this many bytes. */
const BYTES = 100_000

export default rule({
  id: 'baseline-size-drop',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'distaudit: less than a fifth, and 100 kB less',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'A file is much smaller than in the previous release.',
  why: 'The build may have omitted packages, data or libraries, which are then missing after installation.',
  fix: 'Compare the contents with the previous file, and include what users need.',
  absence: 'content',
  bad: {
    baseline: [{ wheel: { version: '0.9', make: 'twoMegabytesOfNoise' } }],
    release: [{ wheel: {} }],
  },
  good: { baseline: [{ wheel: { version: '0.9', files: { 'demo/core.py': 'x = 1\n' } } }], release: [{ wheel: {} }] },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    const shrunk = release.distributions
      .flatMap(file => {
        const old = counterpart(file, baseline)
        return old && file.size * 5 < old.size && old.size - file.size > BYTES ? [{ file, old }] : []
      })
      .sort((a, b) => a.file.size / a.old.size - b.file.size / b.old.size)
    const [worst] = shrunk
    if (!worst) return
    const { file, old } = worst
    const [largest] = [...old.members.files].sort((a, b) => b.actualSize - a.actualSize)
    yield finding(
      { field: 'files' },
      `The size of ${quote(file.filename)} is ${sizeText(file.size)}; ${quote(old.filename)} had ${sizeText(old.size)}.${largest ? ` Its largest file was ${quote(largest.path)} (${sizeText(largest.actualSize)} unpacked).` : ''}${shrunk.length > 1 ? ` ${plural(shrunk.length - 1, 'other file')} also shrank that much.` : ''}`,
      {
        path: file.path,
        subject: file.kind,
        related: [
          { path: old.path, message: `file of version ${baseline.version}` },
          ...listed(shrunk.slice(1), ({ file }) => ({ path: file.path, message: 'also much smaller' })),
        ],
      },
    )
  },
})
