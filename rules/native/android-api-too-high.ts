import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'android-api-too-high',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'PEP 738; NDK, .note.android.ident',
  url: 'https://peps.python.org/pep-0738/',
  summary: 'A library is built for a newer version of Android than the platform tag says.',
  why: 'Older systems do not have all the symbols that it uses.',
  fix: 'Build with the API level of the tag.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android-35' } },
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android' } },
  *check(wheel) {
    const levels = tagsFor(wheel, 'android').map(tag => tag.api)
    const promised = Math.min(...levels)
    if (levels.length > 0)
      for (const file of nativeSubject(wheel).elf)
        if (file.androidApi !== undefined && file.androidApi > promised)
          yield nativeFinding(
            file,
            undefined,
            `${quote(file.path)} is built for API level ${file.androidApi}, but the tag allows API level ${promised}.`,
          )
  },
})
