import { basename, nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { expectedFrom, explained, nativeFinding, providerIn, tagsFor } from '../shared/native.js'

export default rule({
  id: 'wasm-needed-missing',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'tool-conventions, "WebAssembly Dynamic Linking"; PEP 783',
  url: 'https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md',
  summary: 'A WebAssembly module needs a library that is not in the wheel.',
  why: 'Pyodide cannot load the module without it.',
  fix: 'Put the library into the wheel with `auditwheel-emscripten`, or require the distribution that brings it.',
  needs: ['native'],
  absence: 'member',
  bad: [
    { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl', make: 'wasm-needed' } },
    {
      wheel: {
        filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl',
        metadata: { 'Requires-Dist': 'pyarrow' },
        make: 'wasm-arrow',
      },
    },
    {
      wheel: {
        filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl',
        metadata: { 'Provides-Extra': 'arrow', 'Requires-Dist': 'pyarrow; extra == "arrow"' },
        make: 'wasm-arrow',
      },
    },
  ],
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl', make: 'wasm-library' } },
  *check(wheel) {
    if (tagsFor(wheel, 'emscripten').length === 0) return
    const members = new Set(wheel.members.files.map(member => basename(member.path)))
    for (const file of nativeSubject(wheel).wasm)
      for (const name of file.needed) {
        if (members.has(basename(name))) continue
        const provider = providerIn(wheel, name, [file])
        const at = [file, name] as const
        if (provider === undefined)
          yield nativeFinding(...at, `${quote(file.path)} needs ${quote(name)}, which is not in the wheel.`)
        else
          yield nativeFinding(
            ...at,
            `${quote(file.path)} needs ${quote(name)}, ${expectedFrom(provider)}.`,
            explained(provider),
          )
      }
  },
})
