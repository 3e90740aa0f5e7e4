import { finding, rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'

export default rule({
  id: 'dist-info-multiple',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The wheel has several top-level .dist-info directories.',
  why: 'pip and uv refuse to install the wheel, because they cannot tell which one describes it.',
  fix: 'Keep only the directory of the project. Move copies of other projects below a package.',

  bad: { wheel: { files: { 'other-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: other\nVersion: 1.0\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    const { distInfos } = wheel
    if (distInfos.length < 2) return
    const own = wheel.name && `${wheel.name.name}-${wheel.name.version}.dist-info`
    const first = distInfos.find(path => path !== own)
    yield finding(
      { member: first },
      `The wheel has ${plural(distInfos.length, '.dist-info directory', '.dist-info directories')}: ${someQuoted(distInfos)}. Expected one.`,
      { subject: 'dist-info' },
    )
  },
})
