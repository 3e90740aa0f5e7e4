import { slicesOf } from '../../src/platform/macos.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'isa-above-tag',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['auditwheel'],
  force: 'none',
  source: 'x86-64 psABI, GNU_PROPERTY_X86_ISA_1_NEEDED',
  url: 'https://gitlab.com/x86-psABIs/x86-64-ABI',
  summary: 'A binary requires a newer processor than the platform tag says.',
  why: 'On older processors the loader refuses it, or the process crashes with an illegal instruction.',
  fix: 'Compile for the baseline (`-march=x86-64`), and select faster code at run time.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-isa' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    for (const tag of tagsFor(wheel, 'linux')) {
      if (tag.arch !== 'x86_64') continue
      for (const file of nativeSubject(wheel).elf) {
        const level = file.isaNeeded & 8 ? 4 : file.isaNeeded & 4 ? 3 : file.isaNeeded & 2 ? 2 : 1
        if (level > 1)
          yield nativeFinding(
            file,
            undefined,
            `${quote(file.path)} declares that it needs x86-64-v${level}, but ${tag.tag} means the baseline.`,
          )
      }
      break
    }
    if (tagsFor(wheel, 'macos').length > 0)
      // CPU_SUBTYPE_X86_64_H
      for (const { file, slice } of slicesOf(nativeSubject(wheel).macho))
        if (
          slice.arch === 'x86_64' &&
          slice.subtype === 8 &&
          file.slices.filter(one => one.arch === 'x86_64').length === 1
        )
          yield nativeFinding(
            file,
            undefined,
            `${quote(file.path)} is built for x86_64h, which means Haswell processors and later.`,
            {
              enforcedBy: [],
            },
          )
  },
})
