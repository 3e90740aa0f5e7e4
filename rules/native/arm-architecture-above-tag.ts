import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'arm-architecture-above-tag',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ABI for the Arm architecture, build attributes',
  url: 'https://github.com/ARM-software/abi-aa/blob/main/addenda32/addenda32.rst',
  summary: 'A 32-bit Arm binary is built for a newer processor than the platform tag says.',
  why: 'On processors that the tag allows, the process may crash with an illegal instruction. A single object file that selects its code at run time is enough to mark the whole binary.',
  fix: 'Compile for the architecture of the tag: `-march=armv6`, `-march=armv7-a`.',
  needs: ['native'],
  formerly: ['arm-attributes'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-linux_armv6l.whl', make: 'arm-v7' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-linux_armv6l.whl', make: 'arm-v6' } },
  *check(wheel) {
    const tags = tagsFor(wheel, 'linux')
    const tag = tags.find(one => one.arch === 'armv6l') ?? tags.find(one => one.arch === 'armv7l')
    if (!tag) return
    for (const file of nativeSubject(wheel).elf) {
      const cpu = file.armCpu
      if (cpu === undefined || (file.arch !== 'armv7l' && file.arch !== 'arm')) continue
      // Tag_CPU_arch: 10 is v7, 13 v7E-M, 14 and more v8; 11 and 12 are v6 again.
      const over = tag.arch === 'armv6l' ? cpu === 10 || cpu >= 13 : cpu >= 14
      if (over)
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} is built for ${cpu >= 14 ? 'ARMv8 or later' : 'ARMv7'}, but the wheel is tagged ${tag.tag}.`,
        )
    }
  },
})
