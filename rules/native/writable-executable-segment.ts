import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'writable-executable-segment',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ELF, PT_LOAD; PE, section flags; Mach-O, segment protection',
  url: 'https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html',
  summary: 'A binary has memory that is both writable and executable.',
  why: 'Hardened systems refuse it, and bugs in the code are easier to exploit.',
  fix: 'Link without packers, and without merging code and data.',
  needs: ['native'],
  formerly: ['wx-segment'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-writable' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-writable' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
  ],
  *check(wheel) {
    for (const file of nativeSubject(wheel).loadable) {
      const names =
        file.format === 'elf'
          ? file.loads.flatMap((load, index) => ((load.flags & 3) === 3 ? `load segment ${index}` : []))
          : file.format === 'pe'
            ? file.writable.map(name => `section ${name}`)
            : file.format === 'macho'
              ? file.slices.flatMap(slice => slice.writable.map(name => `segment ${name}`))
              : []
      if (names.length > 0)
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} has memory that is both writable and executable: ${someQuoted(new Set(names))}.`,
        )
    }
  },
})
