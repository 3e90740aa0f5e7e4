import { finding, rule } from '../../src/rule.js'
import { plural, thousands } from '../../src/wording.js'

const MOST = 2000

export default rule({
  id: 'many-files',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'pydistcheck, "too-many-files"',
  url: 'https://pydistcheck.readthedocs.io/en/latest/check-reference.html',
  summary: 'The archive contains more than 2,000 files.',
  why: 'Each file takes time to install and remove; so many files are often data, or folders that were included by accident.',
  breaks: 'The file exceeds the limit that the project configured.',
  fix: 'Exclude what users do not need, or pack data into one file.',
  status: 'strict',
  bad: [{ wheel: { make: 'manyFiles' } }, { wheel: {}, demands: { atMost: { files: 4 } } }],
  good: [{ wheel: {} }, { wheel: {}, demands: { atMost: { files: 5 } } }],
  *check({ members }, { demands }) {
    const count = members.files.length
    const most = demands?.atMost?.files
    if (count > (most ?? MOST))
      yield finding(
        undefined,
        `The archive contains ${plural(count, 'file')}, more than ${most === undefined ? thousands(MOST) : `the ${thousands(most)} that the configuration allows`}.`,
        { severity: most === undefined ? undefined : 'error' },
      )
  },
})
