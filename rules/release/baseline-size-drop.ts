import type { Member } from '../../src/archive/archive.js'
import type { Release, Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { andMore, plural, sizeText } from '../../src/wording.js'
import { counterpart } from './_counterpart.js'
import { isAsideModule } from './_lost.js'
import { belowTop } from './_sources.js'
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
  bad: [
    { baseline: [{ wheel: { version: '0.9', make: 'twoMegabytesOfNoise' } }], release: [{ wheel: {} }] },
    {
      baseline: [{ wheel: { version: '0.9', files: { 'demo/words.txt': 'word\n'.repeat(300) } } }],
      release: [{ wheel: { files: { 'demo/words.txt': '' } } }],
    },
  ],
  good: [
    { baseline: [{ wheel: { version: '0.9', files: { 'demo/core.py': 'x = 1\n' } } }], release: [{ wheel: {} }] },
    {
      baseline: [{ wheel: { version: '0.9', files: { 'demo/words.txt': 'word\n'.repeat(3000) } } }],
      release: [{ wheel: { files: { 'demo/words.txt': 'word\n'.repeat(2500) } } }],
    },
  ],
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
    if (!worst) {
      yield* smallerMembers(release, baseline)
      return
    }
    const { file, old } = worst
    const [largest] = [...old.members.files].sort((a, b) => b.actualSize - a.actualSize)
    yield finding(
      { field: 'files' },
      `The size of ${quote(file.filename)} is ${sizeText(file.size)}; that of ${quote(old.filename)} was ${sizeText(old.size)}.${largest ? ` Its largest file was ${quote(largest.path)} (${sizeText(largest.actualSize)} unpacked).` : ''}${shrunk.length > 1 ? ` ${plural(shrunk.length - 1, 'other file')} also shrank that much.` : ''}`,
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

/** Text of programs and pages is moved to other files; the same data is rarely so much smaller. */
const PROGRAM =
  /\.(?:pyi?|pyx|pxd|c|h|cc|cpp|hpp|js|mjs|ts|css|map|html?|md|rst|so|pyd|dll|dylib|a|lib|exe)$|\.dist-info\/|^[^/]+$/

/** What pages load: a bundle that is almost empty was not built. */
const ASSET = /\.(?:js|mjs|css|html?)$/
const isStub = (now: Member, before: Member) => now.actualSize < 100 && before.actualSize > BYTES / 2

/** Below this many bytes, an empty file is a placeholder. */
const SOME = 1000

/** Files of wheels, or of lone sdists, that became a fraction of what they were, where the wheel did not. */
function* smallerMembers(release: Release, baseline: Release): Generator<Draft> {
  for (const wheel of release.wheels.length > 0 ? release.wheels : release.sdists) {
    const old = counterpart(wheel, baseline)
    if (!old) continue
    const isSource = wheel.kind === 'sdist'
    const pathIn = (dist: Wheel | Sdist, path: string) => (dist.kind === 'sdist' ? belowTop(path) : path)
    const others = new Map(old.members.files.map(member => [pathIn(old, member.path), member]))
    const shrunk = wheel.members.files.flatMap(now => {
      const path = pathIn(wheel, now.path)
      const before = isSource && isAsideModule(path, wheel.project) ? undefined : others.get(path)
      if (PROGRAM.test(path) && !(before && ASSET.test(path) && isStub(now, before))) return []
      return before?.type === 'file' && isFraction(now, before) ? [{ now, before }] : []
    })
    const [first] = shrunk
    if (!first) continue
    const { now, before } = first
    yield finding(
      { member: now.path },
      `${quote(now.path)} is ${now.actualSize === 0 ? 'empty' : sizeText(now.actualSize)}; in version ${baseline.version} its size was ${sizeText(before.actualSize)}${andMore(shrunk.length - 1, 'file')}.`,
      {
        path: wheel.path,
        subject: now.path,
        related: [{ path: old.path, member: before.path, message: `file in version ${baseline.version}` }],
      },
    )
    return
  }
}

const isFraction = (now: Member, before: Member): boolean =>
  now.actualSize === 0
    ? before.actualSize >= SOME
    : now.actualSize * 5 < before.actualSize && before.actualSize - now.actualSize > BYTES / 2
