import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'android-rpath',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Android NDK, "RUNPATH support"',
  url: 'https://android.googlesource.com/platform/bionic/+/main/android-changes-for-ndk-developers.md',
  summary: 'A library for Android has a search path that Android ignores.',
  why: 'The loader reads only DT_RUNPATH, from API level 24 on.',
  fix: 'Link with `-Wl,--enable-new-dtags`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android-rpath' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android-runpath' } },
  ],
  *check(wheel) {
    const tags = tagsFor(wheel, 'android')
    if (tags.length > 0)
      for (const file of nativeSubject(wheel).elf)
        if (file.rpath !== undefined && file.runpath === undefined)
          yield nativeFinding(
            file,
            file.rpath,
            `${quote(file.path)} has the DT_RPATH ${quote(file.rpath)}. Android reads only DT_RUNPATH.`,
          )
  },
})
