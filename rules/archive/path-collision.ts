import { finding, quote, rule } from '../../src/rule.js'

/** A trailing slash does not make a different name. */
const fold = (path: string) => path.replace(/\/$/, '').normalize('NFC').toLowerCase().normalize('NFC')

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
  ],
  good: { wheel: { files: { 'demo/data.txt': '', 'demo/data2.txt': '' } } },
  *check({ members, kind }) {
    const seen = new Map<string, string>()
    for (const { path } of members) {
      const folded = fold(path)
      const earlier = seen.get(folded)
      if (earlier === undefined) seen.set(folded, path)
      else if (earlier.replace(/\/$/, '') !== path.replace(/\/$/, ''))
        yield finding(
          { member: path },
          `${quote(path)} and ${quote(earlier)} are the same file on systems that ignore case and Unicode normalization.`,
          // Neither a build nor an installation reads it.
          kind === 'sdist' && ASIDE.test(path) ? { severity: 'info' } : undefined,
        )
    }
  },
})
