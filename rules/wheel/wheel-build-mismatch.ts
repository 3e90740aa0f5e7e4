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
  summary: 'The Build line of WHEEL is not the build tag of the file name.',
  why: 'After installation the build can no longer be told from others of the same version.',
  fix: 'Build again, or use `wheel tags --build`.',

  bad: { wheel: { wheel: { Build: '2' } } },
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (!file || !wheel.name) return
    const [field] = file.all('Build')
    const { build } = wheel.name
    if (field?.value.trim() === build) return
    const [told, named] = [
      field ? `says ${quote(field.value)}` : 'has no Build line',
      build === undefined ? 'has no build tag' : `says ${quote(build)}`,
    ]
    yield finding(field ?? { member: file.member, line: 1 }, `WHEEL ${told}; the file name ${named}.`, {
      subject: 'Build',
    })
  },
})
