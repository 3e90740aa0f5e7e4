import { pythonImports } from '../../src/platform/abi3.js'
import { basename, nativeSubject } from '../../src/platform/subject.js'
import { extensionSuffix } from '../../src/platform/suffix.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'free-threaded-mismatch',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'PEP 703; PEP 779',
  url: 'https://docs.python.org/3/howto/free-threading-extensions.html',
  summary: 'A module is built for the wrong kind of Python: with or without the global interpreter lock.',
  why: 'The two have different object layouts, so the import fails or memory is corrupted.',
  fix: 'Build it with the interpreter of the ABI tag.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-free-threaded' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { abis, loadable } = nativeSubject(wheel)
    const versioned = abis.filter(abi => /^cp3\d{1,2}[a-z]*$/.test(abi))
    if (versioned.length === 0 || versioned.length !== abis.length || versioned.some(abi => abi.includes('t'))) return
    for (const file of loadable) {
      const suffix = extensionSuffix(basename(file.path))
      if (suffix?.abi.kind === 'cpython' && suffix.abi.flags.includes('t')) continue
      const proof = [...pythonImports(file)].find(
        name => name === '_Py_DecRefShared' || name === '_Py_MergeZeroLocalRefcount',
      )
      if (proof !== undefined)
        yield nativeFinding(
          file,
          proof,
          `${quote(file.path)} uses ${quote(proof)}, which only free-threaded Python has, but the wheel is tagged ${someQuoted(abis)}.`,
        )
    }
  },
})
