import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-build-mismatch',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The Build line of WHEEL does not match the build tag in the file name.',
  why: 'After installation, this build cannot be told apart from others of the same version.',
  fix: 'Rebuild the wheel, or run `wheel tags --build`.',

  bad: { wheel: { wheel: { Build: '2' } } },
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (!file || !wheel.name) return
    const [field] = file.all('Build')
    const { build } = wheel.name
    if (field?.value.trim() === build) return
    const [told, named] = [
      field ? `says ${quote(field.value)}` : 'does not have a Build line',
      build === undefined ? 'does not have a build tag' : `says ${quote(build)}`,
    ]
    yield finding(field ?? { member: file.member, line: 1 }, `WHEEL ${told}, but the file name ${named}.`, {
      subject: 'Build',
    })
  },
})
