import { abi3Use } from '../../src/platform/abi3.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { finding, rule } from '../../src/rule.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { thousands } from '../../src/wording.js'
import { ABI3 } from '../shared/native.js'

export default rule({
  id: 'could-be-abi3',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python/C API, "Stable ABI"',
  url: ABI3,
  summary: 'The wheel is tagged for one Python version but uses only symbols of the stable ABI.',
  why: 'A single wheel might support every later version. Direct access to structures is not visible in the binary.',
  fix: 'Try to build with `Py_LIMITED_API`.',
  status: 'strict',
  absence: 'content',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-only-stable' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-not-stable' } },
  *check(wheel) {
    const { abis, pythons, loadable, isExtension } = nativeSubject(wheel)
    const [abi] = abis
    const minor = /^cp3(\d{1,2})m?$/.exec(abi ?? '')?.[1]
    if (abis.length !== 1 || minor === undefined || pythons.length !== 1) return
    const modules = loadable.filter(isExtension)
    const use = abi3Use(wheel)
    if (modules.length > 0 && use.lowest !== undefined && use.lowest <= Number(minor) && use.nonStable.size === 0)
      yield finding(
        valuedTagPlace(wheel, 'abi', abi ?? ''),
        `${modules.length === 1 ? 'The extension module uses' : `The ${thousands(modules.length)} extension modules use`} only symbols that the stable ABI of Python 3.${use.lowest} and later provides.`,
      )
  },
})
