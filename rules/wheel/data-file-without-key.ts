import { finding, quote, rule } from '../../src/rule.js'
import { inData, refusingData } from '../../src/views/dist-info.js'

export default rule({
  id: 'data-file-without-key',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A file lies directly in the .data directory.',
  why: 'pip and uv refuse to install the wheel, since they do not know where the file belongs; uv does so in the directory of the wheel itself.',
  fix: 'Put the file below purelib, platlib, headers, scripts or data.',

  bad: { wheel: { files: { '{data}/tool': '#!python\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    for (const { top, key, path, member } of inData(wheel))
      if (key === undefined)
        yield finding({ member: member.path }, `${quote(path)} lies directly in the .data directory.`, {
          enforcedBy: refusingData(wheel, top),
        })
  },
})
