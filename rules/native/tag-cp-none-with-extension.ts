import { pythonImports } from '../../src/platform/abi3.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { PLATFORM_TAGS } from '../shared/native.js'

export default rule({
  id: 'tag-cp-none-with-extension',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'Platform compatibility tags, "ABI tag"',
  url: PLATFORM_TAGS,
  summary: 'A wheel for one Python version contains an extension module, but the ABI tag is none.',
  why: 'Installers also install it on free-threaded and debug builds of that version, which cannot load the module.',
  fix: 'Use the ABI that the module is built for in the tag: `cp312-cp312`, or `abi3`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-none-manylinux_2_17_x86_64.whl', make: 'elf' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { abis, pythons, loadable, isExtension } = nativeSubject(wheel)
    const python = pythons.find(tag => /^cp3\d/.test(tag))
    if (abis.length !== 1 || abis[0] !== 'none' || python === undefined) return
    const module = loadable.find(file => isExtension(file) && pythonImports(file).size > 0)
    if (module)
      yield finding(
        valuedTagPlace(wheel, 'abi', 'none'),
        `The wheel is tagged ${quote(`${python}-none`)}, but contains the extension module ${quote(module.path)}.`,
      )
  },
})
