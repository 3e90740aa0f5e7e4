import { minimumOf, slicesOf, versionText } from '../../src/platform/macos.js'
import { compareVersions } from '../../src/platform/platform-tag.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'ios-version-above-tag',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'PEP 730',
  url: 'https://peps.python.org/pep-0730/',
  summary: 'A binary requires a newer version of iOS than the platform tag says.',
  why: 'On older systems, the loader refuses it.',
  fix: 'Set IPHONEOS_DEPLOYMENT_TARGET to the version of the tag, or raise the tag.',
  needs: ['native'],
  formerly: ['ios-minos'],
  bad: { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios-15' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphonesimulator.whl', make: 'ios-simulator' } },
  ],
  *check(wheel) {
    const tags = tagsFor(wheel, 'ios')
    for (const { file, slice } of slicesOf(nativeSubject(wheel).macho)) {
      const minimum = minimumOf(slice, [2, 7])
      if (!minimum) continue
      for (const tag of tags) {
        // There is no simulator for arm64 below iOS 14: linkers write 14.0 for every older target.
        const promised = tag.simulator && tag.arch === 'arm64' && tag.version[0] < 14 ? ([14, 0] as const) : tag.version
        if (slice.arch === tag.arch && compareVersions(minimum, promised) > 0)
          yield nativeFinding(
            file,
            versionText(minimum),
            `${quote(file.path)} is built for iOS ${versionText(minimum)}, but the wheel is tagged ${tag.tag}.`,
          )
      }
    }
  },
})
