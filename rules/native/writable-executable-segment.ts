import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

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
    const found = nativeSubject(wheel).loadable.flatMap(file => {
      const names = someQuoted(new Set(writableIn(file)))
      return names === '' ? [] : [{ file, names }]
    })
    // One linker writes the same into many files.
    for (const all of groupBy(found, ({ names }) => names).values()) {
      const [{ file, names }] = all
      const files = filesThat(
        all.map(one => one.file),
        'has',
        'have',
      )
      yield nativeFinding(file, undefined, `${files} memory that is both writable and executable: ${names}.`)
    }
  },
})

function writableIn(file: NativeFile): readonly string[] {
  if (file.format === 'elf') return file.loads.flatMap(({ flags }, i) => ((flags & 3) === 3 ? `load segment ${i}` : []))
  if (file.format === 'pe') return file.writable.map(name => `section ${name}`)
  if (file.format !== 'macho') return []
  // Every linker for i386 wrote stubs into __IMPORT; no macOS since 10.15 runs it.
  return file.slices.flatMap(({ arch, writable }) =>
    writable.filter(name => arch !== 'i386' || name !== '__IMPORT').map(name => `segment ${name}`),
  )
}
