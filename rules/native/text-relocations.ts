import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, portableTags, tagsFor } from '../shared/native.js'

export default rule({
  id: 'text-relocations',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Android NDK, "Text relocations"; ELF, DT_TEXTREL',
  url: 'https://android.googlesource.com/platform/bionic/+/main/android-changes-for-ndk-developers.md',
  summary: 'A library has text relocations: the loader has to change its code.',
  why: 'Android refuses it from API level 23 on, and so do musl and hardened systems.',
  fix: 'Compile with `-fPIC`.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-text-relocations' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android-text-relocations' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const android = tagsFor(wheel, 'android').some(tag => tag.api >= 23)
    const refused = android || portableTags(wheel).some(tag => tag.libc === 'musl')
    for (const file of nativeSubject(wheel).elf)
      if (file.textRelocations)
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} has text relocations.`,
          refused && file.type === 3 ? { severity: 'error' } : { enforcedBy: [] },
        )
  },
})
