import { slicesOf } from '../../src/platform/macos.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { list } from '../../src/wording.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

const PLATFORMS: Readonly<Record<number, string>> = {
  1: 'macOS',
  2: 'iOS',
  3: 'tvOS',
  4: 'watchOS',
  5: 'bridgeOS',
  6: 'Mac Catalyst',
  7: 'the iOS simulator',
  8: 'the tvOS simulator',
  9: 'the watchOS simulator',
  10: 'DriverKit',
  11: 'visionOS',
  12: 'the visionOS simulator',
}

export default rule({
  id: 'macho-wrong-platform',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'PEP 730; Apple, mach-o/loader.h (LC_BUILD_VERSION)',
  url: 'https://peps.python.org/pep-0730/',
  summary: 'A Mach-O file is built for a different Apple platform than the platform tag names.',
  why: 'dyld refuses binaries of another platform. A device and a simulator are different platforms.',
  fix: 'Build with the SDK of the platform in the tag.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-ios-platform' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-ios-tool' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
  ],
  *check(wheel) {
    const { macho, isReachable } = nativeSubject(wheel)
    const wanted = new Set([
      ...tagsFor(wheel, 'macos').map(() => 1),
      ...tagsFor(wheel, 'ios').map(tag => (tag.simulator ? 7 : 2)),
    ])
    if (wanted.size === 0) return
    for (const { file, slice } of slicesOf(macho)) {
      if (slice.versions.length === 0 || slice.versions.some(one => wanted.has(one.platform))) continue
      const own = list(slice.versions.map(one => PLATFORMS[one.platform] ?? `platform ${one.platform}`))
      yield nativeFinding(
        file,
        undefined,
        `${quote(file.path)} (${slice.arch}) is built for ${own}, but the tag is for ${list([...wanted].map(one => PLATFORMS[one] ?? ''))}.`,
        isReachable(file.path) ? {} : { severity: 'info', enforcedBy: [] },
      )
    }
  },
})
