import { finding, quote, rule } from '../../src/rule.js'
import { inData } from '../../src/views/dist-info.js'

export default rule({
  id: 'data-dir-name-mismatch',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A top-level .data directory does not have the name of the wheel.',
  why: 'pip installs the contents of every such directory as scripts, data or modules. Other installers do not, so the files end up in different places.',
  breaks:
    'pip installs the contents of the directory, but uv leaves it in site-packages, where commands and data are not found.',
  fix: 'Rename the directory. The backend creates `{name}-{version}.data`, and no package may end with `.data`.',

  bad: { wheel: { files: { 'other-1.0.data/scripts/tool': '#!python\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    const expected = wheel.distInfo?.replace(/\.dist-info$/, '.data')
    if (expected === undefined) return
    for (const top of new Set(inData(wheel).map(({ top }) => top)))
      if (top !== expected)
        yield finding({ member: top }, `The directory is named ${quote(top)}. Expected ${quote(expected)}.`, {
          subject: 'data',
        })
  },
})
