import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

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
  why: 'pip refuses the file: "WHEEL is missing Wheel-Version". uv refuses it too, also where the key is spelled otherwise.',
  fix: 'Add `Wheel-Version: 1.0`, or build with a build backend.',

  bad: [
    { wheel: { wheel: { 'Wheel-Version': null } } },
    { wheel: { wheel: { 'Wheel-Version': null, 'wheel-version': '1.0' } } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (!file) return
    const fields = file.all('Wheel-Version')
    const [first] = fields
    if (first === undefined)
      yield finding({ member: file.member, line: 1 }, `${file.member} has no Wheel-Version.`, {
        subject: 'Wheel-Version',
      })
    else if (fields.every(({ field }) => field !== 'Wheel-Version'))
      yield finding(nameOf(first), `uv does not take ${quote(first.field)} for Wheel-Version.`, {
        enforcedBy: ['uv'],
        subject: 'Wheel-Version',
      })
  },
})
