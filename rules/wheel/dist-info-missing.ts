import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'dist-info-missing',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip', 'uv', 'twine'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The wheel does not have a .dist-info directory.',
  why: 'Installers do not find any metadata and refuse the file. PyPI looks for RECORD and METADATA there.',
  fix: 'Build the wheel with a build backend instead of packing files by hand.',
  pypiMessage:
    "Wheel 'F' does not contain the required RECORD file / Invalid distribution file. WHEEL not found at demo-1.0.dist-info/WHEEL",
  absence: 'member',

  bad: { wheel: { rawMetadata: null, rawWheel: null, record: null, files: { '{dist-info}/licenses/LICENSE': null } } },
  good: { wheel: {} },
  *check(wheel) {
    if (wheel.distInfos.length > 0 || wheel.archive.members.length === 0) return
    const expected = wheel.name && `${wheel.name.name}-${wheel.name.version}.dist-info`
    yield finding(
      {},
      `The wheel does not have a .dist-info directory${expected === undefined ? '' : `. Expected ${quote(expected)}`}.`,
      // twine uses a METADATA elsewhere in the wheel.
      wheel.sentMetadata === undefined ? {} : { enforcedBy: ['pypi', 'pip', 'uv'] },
    )
  },
})
