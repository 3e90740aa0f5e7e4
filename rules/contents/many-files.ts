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
  summary: 'The archive has more than 2,000 files.',
  why: 'Each file costs time when it is installed and removed; that many are often data, or folders that were taken along.',
  fix: 'Leave out what users do not need, or pack data into one file.',
  status: 'strict',
  bad: { wheel: { make: 'manyFiles' } },
  good: { wheel: {} },
  *check({ members }) {
    const count = members.files.length
    if (count > MOST)
      yield finding(undefined, `The archive has ${plural(count, 'file')}, more than ${thousands(MOST)}.`)
  },
})
