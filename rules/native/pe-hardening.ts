import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { list } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'pe-hardening',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Microsoft, "PE Format", DLL characteristics',
  url: 'https://learn.microsoft.com/en-us/windows/win32/debug/pe-format',
  summary: 'A Windows binary leaves out protections that every linker offers.',
  why: 'A fault in the code is easier to attack; some hardened systems refuse the file.',
  fix: 'Link with `/NXCOMPAT /DYNAMICBASE /HIGHENTROPYVA`, or a MinGW of 2021 or later.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-weak' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-low-entropy' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).pe) {
      if (file.managed) continue
      const flags = file.dllCharacteristics
      const missing = [
        ...((flags & 0x100) === 0 ? ['data execution prevention (NXCOMPAT)'] : []),
        ...((flags & 0x40) === 0 ? ['address randomization (DYNAMICBASE)'] : []),
        ...(file.plus && (flags & 0x20) === 0 ? ['64-bit address randomization (HIGHENTROPYVA)'] : []),
      ]
      if (missing.length > 0)
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} is linked without ${list(missing)}.`,
          // Addresses are then random, only in a smaller range.
          (flags & 0x140) === 0x140 ? { severity: 'info' } : {},
        )
    }
  },
})
