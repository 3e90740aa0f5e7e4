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
  summary: 'WHEEL does not have a Tag line.',
  why: 'Tools that read the tags from the installed WHEEL, such as `pip check`, do not find a platform that the project supports.',
  breaks: '`pip check` fails, because it considers the project not supported on this platform.',
  fix: 'Write one `Tag:` line for each tag in the file name.',

  bad: { wheel: { wheel: { Tag: null } } },
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (file && file.all('Tag').length === 0)
      yield finding({ member: file.member, line: 1 }, `${file.member} does not have a Tag line.`, { subject: 'Tag' })
  },
})
