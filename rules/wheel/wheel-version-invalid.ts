import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-version-invalid',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip'],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'Wheel-Version is no version number, or is given twice.',
  why: 'pip refuses a text that is no number; of two, readers take different ones.',
  fix: 'Write `Wheel-Version: 1.0` once.',

  bad: [{ wheel: { wheel: { 'Wheel-Version': 'one' } } }, { wheel: { wheel: { 'Wheel-Version': ['1.0', '1.0'] } } }],
  good: { wheel: {} },
  *check(wheel) {
    const fields = wheel.wheelFile?.all('Wheel-Version') ?? []
    for (const field of fields)
      if (!/^\s*[0-9]+(?:\.[0-9]+)*\s*$/.test(field.value.slice(0, 200)))
        yield finding(field, `Wheel-Version is ${quote(field.value)}; numbers with dots are expected, as 1.0.`)
    if (fields[1])
      yield finding(nameOf(fields[1]), 'Wheel-Version is given twice.', {
        severity: 'warning',
        enforcedBy: [],
      })
  },
})
