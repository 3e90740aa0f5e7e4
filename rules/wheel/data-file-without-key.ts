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
  summary: 'A file is directly in the .data directory.',
  why: "pip and uv refuse to install the wheel, because they do not know where the file belongs. uv does so only for the wheel's own .data directory.",
  fix: 'Move the file below purelib, platlib, headers, scripts or data.',

  bad: { wheel: { files: { '{data}/tool': '#!python\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    for (const { top, key, path, member } of inData(wheel))
      if (key === undefined)
        yield finding(
          { member: member.path },
          `${quote(path)} is directly in the .data directory. Expected a directory such as purelib or scripts in between.`,
          {
            enforcedBy: refusingData(wheel, top),
          },
        )
  },
})
