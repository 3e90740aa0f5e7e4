import { groupBy } from '../../src/group-by.js'
import type { ElfFile } from '../../src/native/index.js'
import { slicesOf } from '../../src/platform/macos.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

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
      for (const [level, files] of groupBy(nativeSubject(wheel).elf, levelOf))
        if (level > 1)
          yield nativeFinding(
            files[0],
            undefined,
            `${filesThat(files, 'declares that it needs', 'declare that they need')} x86-64-v${level}, but ${tag.tag} means the baseline.`,
          )
      break
    }
    if (tagsFor(wheel, 'macos').length === 0) return
    // CPU_SUBTYPE_X86_64_H
    const files = slicesOf(nativeSubject(wheel).macho).flatMap(({ file, slice }) =>
      slice.arch === 'x86_64' && slice.subtype === 8 && file.slices.filter(one => one.arch === 'x86_64').length === 1
        ? file
        : [],
    )
    const [first] = files
    if (first)
      yield nativeFinding(
        first,
        undefined,
        `${filesThat(files, 'is', 'are')} built for x86_64h, which means Haswell processors and later.`,
        { enforcedBy: [] },
      )
  },
})

const levelOf = ({ isaNeeded }: ElfFile): number => (isaNeeded & 8 ? 4 : isaNeeded & 4 ? 3 : isaNeeded & 2 ? 2 : 1)
