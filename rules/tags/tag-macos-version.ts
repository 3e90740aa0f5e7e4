import { finding, quote, rule } from '../../src/rule.js'
import { PYPI } from '../../src/standards/authorities.js'
import { isPypiPlatform } from '../../src/standards/tags.js'
import { tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-macos-version',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip'],
  force: 'MUST',
  source: 'Platform compatibility tags, "macOS"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'A macOS tag names a version that no installer or index accepts.',
  why: 'From macOS 11 on, the minor version in tags is 0. PyPI rejects other tags, and installers never accept them.',
  fix: 'Use `macosx_11_0` or a later version with minor 0. Set MACOSX_DEPLOYMENT_TARGET to a whole version.',
  pypiMessage: "Binary wheel 'F' has an unsupported platform tag 'T'.",

  bad: { wheel: { filename: 'demo-1.0-py3-none-macosx_11_1_arm64.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const platform of new Set(wheel.name?.platform ?? [])) {
      const [, major, minor] = /^macosx_([0-9]{1,4})_([0-9]{1,4})_/.exec(platform) ?? []
      if (major === undefined || minor === undefined || isPypiPlatform(platform)) continue
      // A later major version than PyPI's list knows may exist, and then only PyPI rejects it.
      const enforcedBy = Number(major) >= 11 && minor !== '0' ? (['pypi', 'pip'] as const) : (['pypi'] as const)
      yield finding(
        tagPlace(wheel, 'platform', platform),
        `PyPI did not accept wheels for ${quote(platform)} as of ${PYPI.date}${minor !== '0' && Number(major) >= 11 ? '. The minor version must be 0' : ''}.`,
        { enforcedBy, subject: 'tags' },
      )
    }
  },
})
