import { finding, rule } from '../../src/rule.js'
import { dataScripts } from '../../src/views/dist-info.js'
import { isWindowsWheel } from '../shared/paths.js'

export default rule({
  id: 'script-crlf-shebang',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The first line of a script ends with CRLF.',
  why: 'The system looks for an interpreter whose name ends with a carriage return, and does not find one.',
  fix: 'Use LF line endings in scripts.',

  needs: ['whole-wheel'],
  bad: { wheel: { files: { '{data}/scripts/tool': '#!/bin/sh\r\necho\r\n' } } },
  good: [
    { wheel: { files: { '{data}/scripts/tool': '#!python\nprint(1)\n' } } },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-win_amd64.whl',
        make: 'pe',
        files: { '{data}/scripts/tool': '#!/bin/sh\r\necho\r\n' },
      },
    },
  ],
  *check(wheel) {
    // Windows does not read the line.
    if (isWindowsWheel(wheel)) return
    for (const { member } of dataScripts(wheel)) {
      const text = wheel.texts.get(member.path)?.text.slice(0, 1000) ?? ''
      // Installers rewrite this line.
      const end = /^#![^\r\n]*(?=\r\n)/.exec(text)?.[0].length
      if (end !== undefined && !text.startsWith('#!python'))
        yield finding({ member: member.path, line: 1, column: end + 1, mark: '' }, 'The #! line ends with CRLF.')
    }
  },
})
