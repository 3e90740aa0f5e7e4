import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'packed-binary',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'UPX',
  url: 'https://upx.github.io/',
  summary: 'A program is packed with an executable packer.',
  why: 'Virus scanners report such files, and nothing can be said about their contents.',
  fix: 'Ship the program unpacked. A wheel is already compressed.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-packed' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { elf, pe } = nativeSubject(wheel)
    for (const file of elf)
      if (file.packed) yield nativeFinding(file, undefined, `${quote(file.path)} is packed with UPX.`)
    for (const file of pe)
      if (file.writable.some(name => name.startsWith('UPX')))
        yield nativeFinding(file, undefined, `${quote(file.path)} is packed with UPX.`)
  },
})
