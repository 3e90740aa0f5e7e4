import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'wasm-runtime-path',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'pyodide-build, pull request 171; PEP 783',
  url: 'https://peps.python.org/pep-0783/',
  summary: 'A WebAssembly module has a runtime search path, which its platform does not support.',
  why: 'Emscripten 3.1.58, on which the platform 2024_0 is based, fails on the entry.',
  fix: 'Link without `-Wl,-rpath` for that platform, or build for pyemscripten_2025_0.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-pyemscripten_2024_0_wasm32.whl', make: 'wasm-runtime-path' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-pyemscripten_2024_0_wasm32.whl', make: 'wasm-312' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl', make: 'wasm-library' } },
  ],
  *check(wheel) {
    const tag = tagsFor(wheel, 'emscripten').find(one => one.platform === '2024_0')
    if (!tag) return
    for (const file of nativeSubject(wheel).wasm)
      if (file.runtimePaths.length > 0)
        yield nativeFinding(
          file,
          file.runtimePaths[0],
          `${quote(file.path)} has the runtime path ${someQuoted(file.runtimePaths)}, which ${tag.tag} does not support.`,
        )
  },
})
