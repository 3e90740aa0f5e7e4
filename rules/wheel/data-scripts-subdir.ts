import { finding, quote, rule } from '../../src/rule.js'
import { dataScripts } from '../../src/views/dist-info.js'

export default rule({
  id: 'data-scripts-subdir',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The scripts directory contains a subdirectory.',
  why: 'The specification allows only regular files. uv refuses to install the wheel, and pip writes the subdirectory where no command is found.',
  fix: 'Put scripts directly into `scripts`.',

  bad: { wheel: { files: { '{data}/scripts/tools/run': '#!python\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    for (const { path, member } of dataScripts(wheel))
      if (path.includes('/')) yield finding({ member: member.path }, `${quote(path)} is in a subdirectory of scripts.`)
  },
})
