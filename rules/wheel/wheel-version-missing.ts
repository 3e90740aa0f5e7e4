import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-version-missing',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'WHEEL has no Wheel-Version.',
  why: 'pip refuses the file: "WHEEL is missing Wheel-Version".',
  fix: 'Add `Wheel-Version: 1.0`, or build with a build backend.',

  bad: { wheel: { wheel: { 'Wheel-Version': null } } },
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (file && file.all('Wheel-Version').length === 0)
      yield finding({ member: file.member, line: 1 }, `${file.member} has no Wheel-Version.`, {
        subject: 'Wheel-Version',
      })
  },
})
