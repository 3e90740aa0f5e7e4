import { groupBy } from '../../src/group-by.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { list } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'pe-hardening',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Microsoft, "PE Format", DLL characteristics',
  url: 'https://learn.microsoft.com/en-us/windows/win32/debug/pe-format',
  summary: 'A Windows binary is linked without protections that every linker offers.',
  why: 'Bugs in the code are easier to exploit, and some hardened systems refuse the file.',
  fix: 'Link with `/NXCOMPAT /DYNAMICBASE /HIGHENTROPYVA`, or a MinGW of 2021 or later.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-weak' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-weak-twice' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-low-entropy' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
  *check(wheel) {
    const found = nativeSubject(wheel).pe.flatMap(file => {
      const missing = file.managed ? [] : protectionsMissing(file)
      // Addresses are then random, only in a smaller range; a DLL gets data execution prevention from the program that loads it.
      const isMinor = file.dll || (file.dllCharacteristics & 0x140) === 0x140
      return missing.length > 0 ? [{ file, missing, isMinor }] : []
    })
    // One linker omits the same protections in many files, or most of them in some.
    for (const all of groupBy(found, ({ isMinor }) => isMinor).values()) {
      const [{ file, isMinor }] = all
      const sets = new Set(all.map(({ missing }) => list(missing)))
      const missing = list([...new Set(all.flatMap(one => one.missing))])
      yield nativeFinding(
        file,
        undefined,
        `${filesThat(
          all.map(one => one.file),
          'is',
          'are',
        )} linked without ${sets.size === 1 ? '' : 'some of '}${missing}.`,
        isMinor ? { severity: 'info' } : {},
      )
    }
  },
})

const protectionsMissing = ({ dllCharacteristics: flags, plus }: { dllCharacteristics: number; plus: boolean }) => [
  ...((flags & 0x100) === 0 ? ['data execution prevention (NXCOMPAT)'] : []),
  ...((flags & 0x40) === 0 ? ['address randomization (DYNAMICBASE)'] : []),
  ...(plus && (flags & 0x20) === 0 ? ['64-bit address randomization (HIGHENTROPYVA)'] : []),
]
