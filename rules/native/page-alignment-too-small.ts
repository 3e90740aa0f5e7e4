import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { nativeFinding, portableTags, tagsFor } from '../shared/native.js'

export default rule({
  id: 'page-alignment-too-small',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Android developers, "Support 16 KB page sizes"',
  url: 'https://developer.android.com/guide/practices/page-sizes',
  summary: 'A library is aligned for smaller memory pages than the platform may use.',
  why: 'On systems with larger pages, the loader refuses it.',
  fix: 'Link with `-z max-page-size=16384` on Android, `65536` for aarch64 Linux.',
  needs: ['native'],
  formerly: ['page-alignment'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android-4k' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_aarch64.whl', make: 'elf-no-alignment' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_aarch64.whl', make: 'elf-aarch64-fits' } },
  ],
  *check(wheel) {
    const androids = new Set(tagsFor(wheel, 'android').map(tag => tag.arch))
    const android = androids.has('aarch64') || androids.has('x86_64')
    const linux = portableTags(wheel).some(tag => tag.arch === 'aarch64')
    for (const file of nativeSubject(wheel).elf) {
      if (file.loads.length === 0 || file.bits !== 64 || (linux && file.arch !== 'aarch64')) continue
      const align = Math.min(...file.loads.map(load => load.align))
      const shifted = (size: number) =>
        file.loads.some(load => load.align >= size && Math.abs(load.address - load.offset) % size !== 0)
      if (android && (align < 16_384 || shifted(16_384)))
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} is aligned to pages of ${plural(align, 'byte')}. Android devices may have pages of 16,384 bytes.`,
          // Those are devices with arm64; x86_64 has them only in an emulator.
          androids.has('aarch64') ? {} : { severity: 'warning', enforcedBy: [] },
        )
      else if (!android && linux && (align < 65_536 || shifted(65_536)))
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} is aligned to pages of ${plural(align, 'byte')}. Some aarch64 systems have pages of 65,536 bytes.`,
          { severity: 'warning' },
        )
    }
  },
})
