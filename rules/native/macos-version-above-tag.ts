import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { minimumOf, slicesOf, versionText } from '../../src/platform/macos.js'
import { compareVersions } from '../../src/platform/platform-tag.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { nativeFinding, PLATFORM_TAGS } from '../shared/native.js'
import { promisedMacos } from './_macos.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'macos-version-above-tag',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Platform compatibility tags, "macOS"',
  url: PLATFORM_TAGS,
  summary: 'A binary is built for a newer macOS than the platform tag says.',
  why: 'On the older systems the loader refuses it, or symbols are missing.',
  fix: 'Set MACOSX_DEPLOYMENT_TARGET, build the vendored libraries for it too, or raise the tag.',
  needs: ['native'],
  formerly: ['minos-over-tag'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-13' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_10_9_universal2.whl', make: 'macho-fat-10-9' } },
  ],
  *check(wheel) {
    const { macho } = nativeSubject(wheel)
    const found: { file: NativeFile; minimum: string; end: string }[] = []
    for (const { file, slice } of slicesOf(macho)) {
      const minimum = minimumOf(slice, [1])
      const lowest = promisedMacos(wheel, slice.arch)
      if (!minimum || !lowest) continue
      const over =
        lowest.version[0] >= 11 ? minimum[0] > lowest.version[0] : compareVersions(minimum, lowest.version) > 0
      if (!over) continue
      const text = versionText(minimum)
      found.push({ file, minimum: text, end: `for macOS ${text} on ${slice.arch}; the wheel is tagged ${lowest.tag}` })
    }
    // Libraries that were vendored together have the fault together.
    for (const all of groupBy(found, one => one.end).values()) {
      const [{ file, minimum, end }] = all
      const who = filesThat(
        all.map(one => one.file),
        'is built',
        'are built',
      )
      yield nativeFinding(file, minimum, `${who} ${end}.`)
    }
  },
})
