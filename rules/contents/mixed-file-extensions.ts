import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'

/** Suffixes of the same kind of file; the usual one comes first. */
const SAME: readonly (readonly string[])[] = [
  ['yaml', 'yml'],
  ['html', 'htm'],
  ['jpg', 'jpeg'],
  ['tif', 'tiff'],
  ['txt', 'text'],
  ['md', 'markdown'],
]

export default rule({
  id: 'mixed-file-extensions',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'pydistcheck, "mixed-file-extensions"',
  url: 'https://pydistcheck.readthedocs.io/en/latest/check-reference.html',
  summary: 'Files of the same kind have different suffixes.',
  why: 'Patterns in build configuration and code match one suffix and miss the other.',
  fix: 'Use one suffix per kind of file.',
  status: 'strict',
  bad: { wheel: { files: { 'demo/a.yaml': 'a: 1\n', 'demo/b.yml': 'b: 1\n' } } },
  good: { wheel: { files: { 'demo/a.yaml': 'a: 1\n', 'demo/b.yaml': 'b: 1\n' } } },
  *check({ members }) {
    const firsts = new Map<string, { member: string; count: number }>()
    for (const { path } of members.files) {
      const suffix = /\.([a-z]{2,8})$/i.exec(path)?.[1]?.toLowerCase()
      if (suffix === undefined) continue
      const row = firsts.get(suffix) ?? { member: path, count: 0 }
      firsts.set(suffix, row)
      row.count++
    }
    for (const suffixes of SAME) {
      const used = suffixes.flatMap(suffix => {
        const row = firsts.get(suffix)
        return row ? [{ suffix, ...row }] : []
      })
      const [rare] = used.toSorted((a, b) => a.count - b.count)
      if (rare && used.length > 1)
        yield finding(
          { member: rare.member },
          `The archive contains ${used.map(({ suffix, count }) => plural(count, `.${suffix} file`)).join(' and ')}, such as ${quote(rare.member)}.`,
          { subject: suffixes.join(' ') },
        )
    }
  },
})
