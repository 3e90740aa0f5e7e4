import type { WheelField } from '../../src/distribution/wheel-file.js'
import type { Draft } from '../../src/finding.js'
import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { fits } from '../../src/text/ascii.js'

export default rule({
  id: 'wheel-version-invalid',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'Wheel-Version is not a version number, or appears twice.',
  why: 'pip refuses parts that are not numbers, uv any value that does not start with `1.`. Nobody reads a second value.',
  fix: 'Write `Wheel-Version: 1.0` once.',

  bad: [
    { wheel: { wheel: { 'Wheel-Version': 'one' } } },
    { wheel: { wheel: { 'Wheel-Version': '1.x' } } },
    { wheel: { wheel: { 'Wheel-Version': '1' } } },
    { wheel: { wheel: { 'Wheel-Version': ['1.0', '1.0'] } } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const fields = wheel.wheelFile?.all('Wheel-Version') ?? []
    const [first] = fields
    // A version that is only too high has a rule of its own.
    if (first && !isTooHigh(first.value)) yield* judge(first)
    if (fields[1])
      yield finding(nameOf(fields[1]), 'Wheel-Version appears twice.', {
        severity: 'warning',
        enforcedBy: [],
      })
  },
})

const isTooHigh = (value: string): boolean => /^\s*0*(?:[2-9]|[1-9][0-9]+)(?:\.[0-9]+)+\s*$/.test(value.slice(0, 200))

/** A part that Python's int() accepts. */
const isPythonInt = fits(/^\s*[+-]?\d+(?:_\d+)*\s*$/, () => /^\s*[+-]?\p{Nd}+(?:_\p{Nd}+)*\s*$/u)

function* judge(field: WheelField): Generator<Draft> {
  const value = field.value.trim().slice(0, 200)
  const parts = value.split('.')
  const isNumbers = parts.every(part => isPythonInt(part))
  // uv accepts this one, which pip's oldest wheels have.
  const isForUv = value.startsWith('1.') || value === '0.1'
  const expected = isNumbers
    ? "expected a version that starts with '1.' (uv refuses others)"
    : 'expected numbers with dots, such as 1.0'
  if (isNumbers && isForUv) {
    if (!/^[0-9]+(?:\.[0-9]+)*$/.test(value))
      yield finding(field, `Wheel-Version is ${quote(field.value)}. Expected 1.0.`, {
        severity: 'warning',
        enforcedBy: [],
      })
  } else
    yield finding(field, `Wheel-Version is ${quote(field.value)}: ${expected}.`, {
      enforcedBy: [...(isNumbers ? [] : (['pip'] as const)), ...(isForUv ? [] : (['uv'] as const))],
    })
}
