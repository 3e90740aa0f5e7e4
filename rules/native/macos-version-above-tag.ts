import { minimumOf, slicesOf, versionText } from '../../src/platform/macos.js'
import { compareVersions } from '../../src/platform/platform-tag.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { PLATFORM_TAGS } from '../shared/native.js'
import { type BuiltFor, builtFor, promisedMacos } from './_macos.js'

export default rule({
  id: 'macos-version-above-tag',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Platform compatibility tags, "macOS"',
  url: PLATFORM_TAGS,
  summary: 'A binary is built for a newer version of macOS than the platform tag names.',
  why: 'On older systems the loader refuses it, or symbols are missing.',
  fix: 'Set MACOSX_DEPLOYMENT_TARGET, build the vendored libraries for that version too, or raise the tag.',
  needs: ['native'],
  formerly: ['minos-over-tag'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-13' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_10_9_universal2.whl', make: 'macho-fat-10-9' } },
  ],
  *check(wheel) {
    const { macho } = nativeSubject(wheel)
    const found: BuiltFor[] = []
    for (const { file, slice } of slicesOf(macho)) {
      const minimum = minimumOf(slice, [1])
      const lowest = promisedMacos(wheel, slice.arch)
      if (!minimum || !lowest) continue
      const over =
        lowest.version[0] >= 11 ? minimum[0] > lowest.version[0] : compareVersions(minimum, lowest.version) > 0
      if (!over) continue
      const text = versionText(minimum)
      found.push({
        file,
        minimum: text,
        end: `for macOS ${text} on ${slice.arch}, but the wheel is tagged ${lowest.tag}`,
      })
    }
    yield* builtFor(found)
  },
})
