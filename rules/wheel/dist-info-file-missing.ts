import { finding, quote, rule } from '../../src/rule.js'

const REQUIRED = ['METADATA', 'WHEEL', 'RECORD'] as const

export default rule({
  id: 'dist-info-file-missing',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip', 'uv', 'twine'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'METADATA, WHEEL or RECORD is missing.',
  why: 'PyPI rejects the wheel, and installers refuse to install it.',
  fix: 'Rebuild the wheel with a build backend.',
  pypiMessage:
    "Wheel 'F' does not contain the required METADATA file / Invalid distribution file. WHEEL not found at demo-1.0.dist-info/WHEEL",
  absence: 'member',

  formerly: ['dist-info-required-file'],
  bad: [{ wheel: { record: null } }, { wheel: { rawWheel: null } }, { wheel: { rawMetadata: null } }],
  good: { wheel: {} },
  *check(wheel) {
    const { distInfo } = wheel
    if (distInfo === undefined) return
    for (const file of REQUIRED)
      if (!wheel.members.has(`${distInfo}/${file}`))
        yield finding({ member: `${distInfo}/${file}` }, `${quote(`${distInfo}/${file}`)} is missing.`, {
          // twine uses another METADATA if there is one.
          enforcedBy:
            file === 'METADATA' && wheel.sentMetadata === undefined
              ? ['pypi', 'pip', 'uv', 'twine']
              : ['pypi', 'pip', 'uv'],
          subject: file,
        })
  },
})
