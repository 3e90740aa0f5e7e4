import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-generator-missing',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'WHEEL does not name the tool that built the wheel.',
  why: 'When there is a problem with the wheel, nobody knows which tool to look at.',
  fix: 'Write `Generator: name version`, as every build backend does.',

  bad: { wheel: { wheel: { Generator: null } } },
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (file && file.fields.length > 0 && file.all('Generator').length === 0)
      yield finding({ member: file.member, line: 1 }, `${file.member} does not have a Generator line.`, {
        subject: 'Generator',
      })
  },
})
