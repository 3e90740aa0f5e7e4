import { finding, quote, rule } from '../../src/rule.js'
import { tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-macos-arm64-too-old',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip'],
  force: 'MUST',
  source: 'Platform compatibility tags, "macOS"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'A macOS tag for arm64 names a version before 11.0.',
  why: 'macOS for arm64 starts with 11.0, and installers never accept the tag.',
  fix: 'Use `macosx_11_0_arm64`.',

  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-macosx_10_9_arm64.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-macosx_10_9_arm64.macosx_11_0_arm64.whl' } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const platforms = wheel.name?.platform ?? []
    const old = platforms.filter(platform => /^macosx_10_[0-9]+_arm64$/.test(platform))
    const [first] = old
    if (first)
      yield finding(
        tagPlace(wheel, 'platform', first),
        `${quote(first)} does not exist: macOS for arm64 starts with 11.0.`,
        old.length < platforms.length ? { severity: 'warning', enforcedBy: [], subject: 'tags' } : { subject: 'tags' },
      )
  },
})
