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
  summary: 'A top-level .data directory is not called as the wheel is.',
  why: 'pip takes every such directory for one to be spread over the installation, others do not: the files land in different places.',
  breaks:
    'pip spreads the directory over the installation, uv leaves it in site-packages: commands and data are missing there.',
  fix: 'Rename the directory: `{name}-{version}.data` is built by the backend, and no package may end in `.data`.',

  bad: { wheel: { files: { 'other-1.0.data/scripts/tool': '#!python\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    const expected = wheel.distInfo?.replace(/\.dist-info$/, '.data')
    if (expected === undefined) return
    for (const top of new Set(inData(wheel).map(({ top }) => top)))
      if (top !== expected)
        yield finding({ member: top }, `The directory is called ${quote(top)}; ${quote(expected)} is expected.`, {
          subject: 'data',
        })
  },
})
