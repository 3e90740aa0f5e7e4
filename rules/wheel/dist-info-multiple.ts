import { finding, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'

export default rule({
  id: 'dist-info-multiple',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The wheel has several .dist-info directories at its top.',
  why: 'pip and uv refuse the file, since they cannot tell which one describes it.',
  fix: 'Keep the directory of the project itself; move copies of other projects below a package.',

  bad: { wheel: { files: { 'other-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: other\nVersion: 1.0\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    const { distInfos } = wheel
    if (distInfos.length < 2) return
    const own = wheel.name && `${wheel.name.name}-${wheel.name.version}.dist-info`
    const first = distInfos.find(path => path !== own)
    yield finding(
      { member: first },
      `There are ${distInfos.length} .dist-info directories: ${someQuoted(distInfos)}.`,
      { subject: 'dist-info' },
    )
  },
})
