import { basename, nativeSubject } from '../../src/platform/subject.js'
import { extensionSuffix } from '../../src/platform/suffix.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { ABI3, nativeFinding } from '../shared/native.js'

export default rule({
  id: 'abi3-suffix-in-non-abi3-wheel',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python/C API, "Stable ABI"',
  url: ABI3,
  summary: 'The wheel is tagged for one Python version but contains a module for the stable ABI.',
  why: 'A single wheel might support every later version too.',
  fix: 'Tag the wheel `abi3` if all its modules use the limited API.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-abi3-name' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3' } },
  ],
  *check(wheel) {
    const { loadable, abis } = nativeSubject(wheel)
    if (abis.some(abi => abi === 'abi3' || abi === 'abi3t') || !abis.some(abi => /^cp3\d/.test(abi))) return
    for (const file of loadable)
      if (extensionSuffix(basename(file.path))?.abi.kind === 'stable')
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} has the file name of a stable ABI module, but the wheel is tagged ${someQuoted(abis)}.`,
        )
  },
})
