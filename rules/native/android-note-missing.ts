import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'android-note-missing',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'NDK, .note.android.ident',
  url: 'https://peps.python.org/pep-0738/',
  summary: 'A library for Android does not declare its API level.',
  why: 'It was linked without the startup files of the NDK, so nothing shows whether it matches the tag.',
  fix: 'Build with the compiler of the NDK.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android-no-note' } },
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android' } },
  *check(wheel) {
    if (tagsFor(wheel, 'android').length === 0) return
    for (const file of nativeSubject(wheel).elf)
      if (file.dynamic && file.androidApi === undefined)
        yield nativeFinding(file, undefined, `${quote(file.path)} does not have the note .note.android.ident.`)
  },
})
