import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'elf-no-sections',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ELF, section header table',
  url: 'https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html',
  summary: 'An ELF file does not have section headers.',
  why: 'Debuggers and tools that repair wheels can read only part of it.',
  fix: 'Use `strip`, which keeps the section headers.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-no-sections' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).elf)
      if (file.sections === 0 && !file.packed)
        yield nativeFinding(file, undefined, `${quote(file.path)} does not have section headers.`)
  },
})
