import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'ios-program',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 730',
  url: 'https://peps.python.org/pep-0730/',
  summary: 'A wheel for iOS contains a program.',
  why: 'iOS apps cannot start other programs.',
  fix: 'Remove it from the wheel for iOS.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios-program' } },
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
  *check(wheel) {
    if (tagsFor(wheel, 'ios').length > 0)
      for (const file of nativeSubject(wheel).macho)
        if (file.slices.some(slice => slice.type === 2))
          yield nativeFinding(file, undefined, `${quote(file.path)} is a program, which iOS apps cannot start.`)
  },
})
