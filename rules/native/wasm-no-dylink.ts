import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'wasm-no-dylink',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'MUST',
  source: 'tool-conventions, "WebAssembly Dynamic Linking"; PEP 783',
  url: 'https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md',
  summary: 'A WebAssembly extension module is not a side module.',
  why: 'Pyodide cannot load it. The first section must be `dylink.0`.',
  fix: 'Link with `-sSIDE_MODULE=2`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl', make: 'wasm-no-dylink' } },
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl', make: 'wasm' } },
  *check(wheel) {
    if (tagsFor(wheel, 'emscripten').length === 0) return
    for (const file of nativeSubject(wheel).wasm) {
      if (file.version !== 1)
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} has the WebAssembly version ${file.version}. Expected 1.`,
        )
      else if (!file.dylink)
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} starts with ${file.first === undefined ? 'a section other than a custom one' : `the section ${quote(file.first)}`}. Expected dylink.0.`,
        )
    }
  },
})
