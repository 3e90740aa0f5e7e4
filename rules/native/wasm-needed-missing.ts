import { basename, nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { tagsFor } from '../shared/native.js'
import { lacking } from './_libraries.js'

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
  fix: 'Add the library to the wheel with `auditwheel-emscripten`, or require the distribution that provides it.',
  absence: 'member',
  needs: ['native', 'python-imports'],
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
    const lacks = nativeSubject(wheel).wasm.flatMap(file =>
      file.needed.filter(name => !members.has(basename(name))).map(library => ({ file, library })),
    )
    yield* lacking(wheel, lacks, { does: 'needs', many: 'need', absent: 'not in the wheel' })
  },
})
