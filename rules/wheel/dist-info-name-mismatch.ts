import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'

export default rule({
  id: 'dist-info-name-mismatch',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The name of the .dist-info directory does not match the file name.',
  why: 'PyPI reads exactly that path and rejects the file when nothing is there. pip and uv refuse the directory of another project.',
  fix: 'Rebuild the wheel instead of renaming the file. `wheel tags` changes tags safely.',
  pypiMessage:
    "Wheel 'F' does not contain the required RECORD file / Invalid distribution file. WHEEL not found at demo-1.0.dist-info/WHEEL",

  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-any.whl', make: 'distInfoOfOtherVersion' } },
    { wheel: { filename: 'demo-1.0-py3-none-any.whl', make: 'distInfoOfOtherProject' } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const { name, distInfo, distInfos } = wheel
    const expected = name && `${name.name}-${name.version}.dist-info`
    if (!expected || distInfos.length === 0 || distInfos.includes(expected)) return
    const found = distInfo ?? distInfos[0] ?? ''
    yield finding(
      { member: found },
      `The directory is named ${quote(found)}. According to the file name, it must be ${quote(expected)}.`,
      {
        subject: 'dist-info',
        // Installers require it to start with the name of the project.
        enforcedBy: canonicalName(found).startsWith(canonicalName(name.name)) ? ['pypi'] : ['pypi', 'pip', 'uv'],
      },
    )
  },
})
