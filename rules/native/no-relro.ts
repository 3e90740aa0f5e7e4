import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'no-relro',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ELF, PT_GNU_RELRO and DF_BIND_NOW',
  url: 'https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/progheader.html',
  summary: 'Relocated data of a library stays writable.',
  why: 'A fault in the code can redirect calls.',
  fix: 'Link with `-z relro`.',
  needs: ['native'],
  status: 'strict',
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-no-relro' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).elf)
      if (file.dynamic && !file.relro)
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} has no part that is made read-only after relocation (PT_GNU_RELRO).`,
        )
  },
})
