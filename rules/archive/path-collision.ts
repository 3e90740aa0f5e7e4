import type { Member } from '../../src/archive/archive.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { foldPath } from '../../src/text/fold.js'
import { compareCodeUnits } from '../../src/wording.js'

/** A trailing slash does not make a different name. */
const withoutSlash = (path: string) => path.replace(/\/$/, '')

const ASIDE = /^[^/]+\/(?:[^/]+\/)*(?:tests?|testing|docs?|examples?|samples?|benchmarks?)\//i

export default rule({
  id: 'path-collision',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'File systems of macOS and Windows',
  url: 'https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file',
  summary: 'Two paths differ only in case or Unicode normalization.',
  why: 'On Windows and macOS they are the same file, so the second overwrites the first.',
  fix: 'Rename one of them.',
  bad: [
    { wheel: { files: { 'demo/Data.txt': '', 'demo/data.txt': '' } } },
    { sdist: { files: { '{top}/tests/Plot.gif': 'GIF89a', '{top}/tests/plot.gif': 'GIF89a' } } },
    { wheel: { files: { 'demo/straße.txt': '', 'demo/strasse.txt': '' } } },
    { wheel: { files: { 'demo/STRAẞE.txt': '', 'demo/straße.txt': '' } } },
    { wheel: { files: { 'demo/Data': '', 'demo/data/one.txt': '' } } },
  ],
  good: [
    { wheel: { files: { 'demo/data.txt': '', 'demo/data2.txt': '' } } },
    { wheel: { files: { 'demo/Data/one.txt': '', 'demo/data/two.txt': '' } } },
  ],
  *check({ members, kind }) {
    const seen = new Map<string, string>()
    for (const { path, offset } of members) {
      const folded = foldPath(withoutSlash(path))
      const earlier = seen.get(folded)
      if (earlier === undefined) seen.set(folded, path)
      else if (withoutSlash(earlier) !== withoutSlash(path))
        yield finding(
          { member: path, offset },
          `${quote(path)} and ${quote(earlier)} are the same file on systems that ignore case and Unicode normalization.`,
          // Neither a build nor an installation reads it.
          kind === 'sdist' && ASIDE.test(path) ? { severity: 'info' } : undefined,
        )
    }
    yield* filesInTheWay(members.files)
  },
})

/** A file where another path has a directory, in other letters. */
function* filesInTheWay(files: readonly Member[]): Generator<Draft> {
  // What lies below a file comes right behind it.
  const sorted = files
    .map(({ path, offset }) => ({ key: `${foldPath(path)}/`, path, offset }))
    .sort((a, b) => compareCodeUnits(a.key, b.key))
  for (const [i, { key, path, offset }] of sorted.entries()) {
    const below = sorted[i + 1]
    if (below?.key.startsWith(key) && below.key !== key && !below.path.startsWith(`${path}/`))
      yield finding(
        { member: path, offset },
        `${quote(path)} is where ${quote(below.path)} needs a directory on systems that ignore case and Unicode normalization.`,
      )
  }
}
