import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'

const LONGEST = 200

export default rule({
  id: 'path-long-for-windows',
  topic: 'archive',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Windows, maximum path length limitation',
  url: 'https://learn.microsoft.com/en-us/windows/win32/fileio/maximum-file-path-limitation',
  summary: 'An installed path may exceed 260 characters on Windows.',
  why: 'Where long paths are not enabled, the installation fails with a missing file.',
  fix: 'Shorten the path to fewer than 200 characters.',
  bad: { wheel: { files: { [`demo/${'part/'.repeat(45)}x.py`]: '' } } },
  good: { wheel: { files: { [`demo/${'part/'.repeat(30)}x.py`]: '' } } },
  *check(subject) {
    const long = subject.members.list.filter(({ path }) => path.length > LONGEST)
    const [first, ...rest] = long
    if (!first) return
    const { path: longest, offset } = rest.reduce(
      (most, one) => (one.path.length > most.path.length ? one : most),
      first,
    )
    yield finding(
      { member: longest, offset },
      `${plural(long.length, 'path')} ${long.length === 1 ? 'is' : 'are'} longer than ${LONGEST} characters. The longest has ${longest.length}: ${quote(longest)}.`,
    )
  },
})
