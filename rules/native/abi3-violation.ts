import type { Wheel } from '../../src/distribution/distribution.js'
import type { NativeFile } from '../../src/native/index.js'
import { symbolTables } from '../../src/native/symbols.js'
import { abi3Floor, abi3Use } from '../../src/platform/abi3.js'
import { basename, loads, nativeSubject } from '../../src/platform/subject.js'
import { extensionSuffix } from '../../src/platform/suffix.js'
import { providerIn } from '../../src/provider.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { ABI3, nativeFinding } from '../shared/native.js'

/**
 * The required distribution from which a file loads a library. ELF and Mach-O files do not say which library a name is
 * taken from; names that start with `_Py` are the interpreter's.
 */
function giverOf(wheel: Wheel, file: NativeFile): string | undefined {
  if (file.format !== 'elf' && file.format !== 'macho') return undefined
  const own = new Set(nativeSubject(wheel).loadable.map(one => basename(one.path)))
  const foreign = loads(file).filter(name => !own.has(name))
  return foreign.flatMap(name => providerIn(wheel, name, [file])?.name ?? [])[0]
}

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
  why: 'Versions of Python that the tag allows may not have the symbol, or use it with another meaning.',
  fix: 'Compile with `Py_LIMITED_API` set to the version of the tag, or remove the abi3 tag.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3-private' } },
    {
      wheel: {
        filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl',
        metadata: { 'Requires-Dist': 'pyarrow' },
        make: 'abi3-of-arrow',
      },
    },
  ],
  good: { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3' } },
  *check(wheel) {
    const { pythons, abis, loadable } = nativeSubject(wheel)
    if (abi3Floor(pythons, abis) === undefined) return
    const { nonStable } = abi3Use(wheel)
    for (const file of loadable) {
      const suffix = extensionSuffix(basename(file.path))
      if (suffix?.abi.kind === 'cpython') continue
      const weak = symbolTables(file).map(table => table.weak)
      const names = [...nonStable].flatMap(([name, files]) =>
        files.includes(file) && !weak.some(one => one.has(name)) ? name : [],
      )
      const provider = names.length > 0 ? giverOf(wheel, file) : undefined
      const own = provider === undefined ? names : names.filter(name => name.startsWith('_Py'))
      if (own.length > 0)
        yield nativeFinding(
          file,
          own[0],
          `${quote(file.path)} uses ${someQuoted(own)}, which ${own.length === 1 ? 'is' : 'are'} not part of the stable ABI.`,
        )
      else if (provider !== undefined)
        yield nativeFinding(
          file,
          names[0],
          `${quote(file.path)} uses ${someQuoted(names)}, which ${names.length === 1 ? 'is' : 'are'} not part of the stable ABI, but may come from ${quote(provider)}, which it loads a library of.`,
          { severity: 'info', enforcedBy: [] },
        )
    }
  },
})
