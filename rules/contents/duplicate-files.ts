import type { Member } from '../../src/archive/archive.js'
import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { andMore, sizeText, someQuoted } from '../../src/wording.js'

export default rule({
  id: 'duplicate-files',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'check-wheel-contents, W002',
  url: 'https://github.com/jwodder/check-wheel-contents#checks',
  summary: 'Several files in the wheel have the same contents.',
  why: 'Python loads a copy of a module a second time under its other name, and a folder that is included twice doubles the download.',
  fix: 'Keep only one of them. If both are intended, ignore this rule for the file.',
  status: 'strict',
  bad: { wheel: { files: { 'demo/core.py': 'x = 1\n', 'demo/copy/core.py': 'x = 1\n' } } },
  good: { wheel: { files: { 'demo/a/__init__.py': '', 'demo/b/__init__.py': '' } } },
  *check(wheel) {
    const files = installed(wheel).flatMap(({ member }) =>
      member.actualSize === 0 || member.sha256 === '' ? [] : member,
    )
    const groups = [...groupBy(files, ({ sha256 }) => sha256).values()].filter(same => same.length > 1)
    const wasted = (same: readonly Member[]) => (same.length - 1) * (same[0]?.actualSize ?? 0)
    const [largest, ...others] = groups.sort((a, b) => wasted(b) - wasted(a))
    const [first, ...copies] = largest ?? []
    if (!first) return
    const total = groups.reduce((sum, same) => sum + wasted(same), 0)
    yield finding(
      { member: first.path },
      `${quote(first.path)} has the same contents as ${someQuoted(
        copies.map(({ path }) => path),
        3,
      )}${andMore(others.length, 'file with copies').replace(/^ and (.*)$/, '; there are $1')}: ${sizeText(total)} of duplicates.`,
    )
  },
})
