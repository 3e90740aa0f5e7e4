import { symbolTables } from '../../src/native/symbols.js'
import { pythonImports } from '../../src/platform/abi3.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { isExtensionName } from '../../src/platform/suffix.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'free-threaded-gil-slot',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python/C API, "Python support for free threading"',
  url: 'https://docs.python.org/3/howto/free-threading-extensions.html',
  summary: 'A module for free-threaded Python does not declare that it works without the GIL.',
  why: 'When it is imported, the interpreter enables the global interpreter lock again.',
  fix: 'Call `PyUnstable_Module_SetGIL`, or use multi-phase initialization with the `Py_mod_gil` slot.',
  status: 'strict',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp314-cp314t-manylinux_2_17_x86_64.whl', make: 'elf-t-single-phase' } },
  good: { wheel: { filename: 'demo-1.0-cp314-cp314t-manylinux_2_17_x86_64.whl', make: 'elf-t' } },
  *check(wheel) {
    const { abis, loadable } = nativeSubject(wheel)
    if (!abis.some(abi => /^cp3\d{1,2}t/.test(abi))) return
    for (const file of loadable) {
      const names = pythonImports(file)
      if (
        !isExtensionName(file.path) ||
        names.size === 0 ||
        names.has('PyModuleDef_Init') ||
        names.has('PyUnstable_Module_SetGIL')
      )
        continue
      if (symbolTables(file).some(table => [...table.exports].some(name => name.startsWith('PyModExport_')))) continue
      yield nativeFinding(
        file,
        undefined,
        `${quote(file.path)} uses single-phase initialization and does not call PyUnstable_Module_SetGIL.`,
      )
    }
  },
})
