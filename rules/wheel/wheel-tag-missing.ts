import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-tag-missing',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'WHEEL has no Tag line.',
  why: 'Tools that read the tags from the installed WHEEL, pip check among them, find no platform that the project supports.',
  breaks: '`pip check` says that the project is not supported on this platform, and fails.',
  fix: 'Write one `Tag:` line for each tag of the file name.',

  bad: { wheel: { wheel: { Tag: null } } },
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (file && file.all('Tag').length === 0)
      yield finding({ member: file.member, line: 1 }, `${file.member} has no Tag.`, { subject: 'Tag' })
  },
})
