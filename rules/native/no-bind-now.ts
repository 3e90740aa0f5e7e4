import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'no-bind-now',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ELF, PT_GNU_RELRO and DF_BIND_NOW',
  url: 'https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/progheader.html',
  summary: 'A library binds symbols when they are first used, so its jump table stays writable.',
  why: 'A fault in the code can redirect calls.',
  fix: 'Link with `-z now`.',
  needs: ['native'],
  status: 'strict',
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-lazy' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).elf)
      if (file.dynamic && !file.bindNow)
        yield nativeFinding(file, undefined, `${quote(file.path)} has no mark to bind all symbols at load (BIND_NOW).`)
  },
})
