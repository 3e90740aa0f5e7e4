import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'wasm-threads',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'MUST',
  source: 'PEP 783',
  url: 'https://peps.python.org/pep-0783/',
  summary: 'A WebAssembly module is built with threads or 64-bit memory.',
  why: 'Pyodide supports neither, so the module cannot be linked to its memory.',
  fix: 'Compile and link without `-pthread` and `-sMEMORY64`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl', make: 'wasm-shared' } },
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl', make: 'wasm' } },
  *check(wheel) {
    if (tagsFor(wheel, 'emscripten').length === 0) return
    for (const file of nativeSubject(wheel).wasm)
      if (file.shared || file.memory64)
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} imports ${file.shared ? 'shared memory' : '64-bit memory'}.`,
        )
  },
})
