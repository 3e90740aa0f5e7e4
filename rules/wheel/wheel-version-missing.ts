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
  summary: 'WHEEL does not have a Wheel-Version line.',
  why: 'pip refuses to install the wheel: "WHEEL is missing Wheel-Version". uv also refuses other spellings of the key.',
  fix: 'Add `Wheel-Version: 1.0`, or rebuild the wheel with a build backend.',

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
      yield finding({ member: file.member, line: 1 }, `${file.member} does not have a Wheel-Version line.`, {
        subject: 'Wheel-Version',
      })
    else if (fields.every(({ field }) => field !== 'Wheel-Version'))
      yield finding(nameOf(first), `uv does not recognize ${quote(first.field)}. Expected 'Wheel-Version'.`, {
        enforcedBy: ['uv'],
        subject: 'Wheel-Version',
      })
  },
})
