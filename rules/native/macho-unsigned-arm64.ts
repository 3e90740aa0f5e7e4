import { slicesOf } from '../../src/platform/macos.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'macho-unsigned-arm64',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Apple, "macOS 11 Release Notes", code signing on Apple silicon',
  url: 'https://developer.apple.com/documentation/macos-release-notes/macos-big-sur-11_0_1-universal-apps-release-notes',
  summary: 'Code for Apple silicon is not signed.',
  why: 'macOS kills a process that loads unsigned arm64 code.',
  fix: 'Sign it ad hoc after the last change to the file: `codesign -s - FILE`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-unsigned' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
  ],
  *check(wheel) {
    const simulator = tagsFor(wheel, 'ios').some(tag => tag.simulator)
    // Apps sign what they include: wheels for devices come unsigned.
    if (!simulator && tagsFor(wheel, 'macos').length === 0) return
    for (const { file, slice } of slicesOf(nativeSubject(wheel).macho))
      if (slice.arch === 'arm64' && slice.signature.state === 'absent')
        yield nativeFinding(file, undefined, `The arm64 code of ${quote(file.path)} is not signed.`)
  },
})
