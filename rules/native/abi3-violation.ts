import { abi3Floor, useOf } from '../../src/platform/abi3.js'
import { basename, nativeSubject, symbolTables } from '../../src/platform/subject.js'
import { extensionSuffix } from '../../src/platform/suffix.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { ABI3, nativeFinding } from '../shared/native.js'

export default rule({
  id: 'abi3-violation',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'MUST',
  source: 'Python/C API, "Limited API and Stable ABI"',
  url: ABI3,
  summary: 'A module tagged abi3 uses symbols outside of the stable ABI.',
  why: 'Python versions that the tag allows may lack the symbol, or have it with another meaning.',
  fix: 'Compile with `Py_LIMITED_API` set to the version of the tag, or drop the abi3 tag.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3-private' } },
  good: { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3' } },
  *check(wheel) {
    const { pythons, abis, loadable } = nativeSubject(wheel)
    if (abi3Floor(pythons, abis) === undefined) return
    for (const file of loadable) {
      const suffix = extensionSuffix(basename(file.path))
      if (suffix?.abi.kind === 'cpython') continue
      const weak = symbolTables(file).map(table => table.weak)
      const names = [...useOf([file]).nonStable.keys()].filter(name => !weak.some(one => one.has(name)))
      if (names.length > 0)
        yield nativeFinding(
          file,
          names[0],
          `${quote(file.path)} uses ${someQuoted(names)}, which the stable ABI does not have.`,
        )
    }
  },
})
