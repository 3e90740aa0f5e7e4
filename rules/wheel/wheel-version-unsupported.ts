import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-version-unsupported',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'Wheel-Version is higher than any version that exists.',
  why: 'Installers refuse a higher major version and warn about a higher minor version.',
  fix: 'Write `Wheel-Version: 1.0`. There is no later version of the format.',

  bad: [{ wheel: { wheel: { 'Wheel-Version': '2.0' } } }, { wheel: { wheel: { 'Wheel-Version': '1.1' } } }],
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    const [major, minor] = file?.version ?? [1, 0]
    const field = file?.all('Wheel-Version')[0]
    if (major > 1)
      yield finding(
        field,
        `Wheel-Version ${major}.${minor} does not exist. Installers that support 1.0 must refuse it.`,
      )
    else if (major === 1 && minor > 0)
      yield finding(field, `Wheel-Version ${major}.${minor} does not exist. Installers warn about it.`, {
        severity: 'warning',
        enforcedBy: [],
      })
  },
})
