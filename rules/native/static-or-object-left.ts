import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { plural, sizeText, someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'static-or-object-left',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The wheel contains static libraries or object files.',
  why: 'Nothing loads them at run time. Most are leftovers from the build.',
  fix: 'Remove them, unless other projects compile against the package.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-and-object' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const files = nativeSubject(wheel).natives.filter(
      file =>
        file.format === 'ar' ||
        (file.format === 'elf' && file.type === 1) ||
        (file.format === 'macho' && file.slices.length > 0 && file.slices.every(slice => slice.type === 1)),
    )
    const [first] = files
    if (!first) return
    const bytes = files.reduce((sum, file) => sum + file.size, 0)
    yield nativeFinding(
      first,
      undefined,
      `The wheel contains ${plural(files.length, 'static library or object file', 'static libraries or object files')} (${sizeText(bytes)}): ${someQuoted(
        files.map(file => file.path),
        3,
      )}.`,
    )
  },
})
