import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { asideMore } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'native-malformed',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'ELF, Mach-O, PE and WebAssembly file formats',
  url: 'https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html',
  summary: 'The headers of a binary contradict the file.',
  why: 'The loader refuses the file, or reads past its end.',
  fix: 'Rebuild the file. It was truncated, or changed by a tool that does not know the format.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-cut' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-cut' } },
    {
      wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-cut' },
    },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-cut-tool' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
  ],
  *check(wheel) {
    const { natives, isReachable } = nativeSubject(wheel)
    for (const file of natives) {
      const [first] = file.problems
      if (first === undefined) continue
      yield nativeFinding(
        file,
        undefined,
        `The headers of ${quote(file.path)} are malformed: ${first}${asideMore(file.problems.length - 1)}.`,
        isReachable(file.path) ? {} : { severity: 'warning', enforcedBy: [] },
      )
    }
  },
})
