import { nativeSubject } from '../../src/platform/subject.js'
import { finding, rule } from '../../src/rule.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { someQuoted } from '../../src/wording.js'
import { tagsFor } from '../shared/native.js'

const PYTHONS: Readonly<Record<string, number>> = { '2024_0': 12, '2025_0': 13, '2026_0': 14, '2026_5': 15 }

export default rule({
  id: 'pyemscripten-python-mismatch',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 783, "PyEmscripten platform"',
  url: 'https://peps.python.org/pep-0783/',
  summary: 'The Python tag does not match the pyemscripten platform.',
  why: 'The Pyodide of that platform has another version of Python and ignores the wheel.',
  fix: 'Build with the Pyodide of the platform: 2024_0 has Python 3.12, 2025_0 has 3.13, 2026_0 has 3.14, 2026_5 has 3.15.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-pyemscripten_2025_0_wasm32.whl', make: 'wasm-312' } },
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl', make: 'wasm' } },
  *check(wheel) {
    const { pythons, abis } = nativeSubject(wheel)
    const minors = pythons.flatMap(tag => /^cp3(\d{1,2})$/.exec(tag)?.[1] ?? []).map(Number)
    if (minors.length === 0) return
    const stable = abis.some(abi => abi === 'abi3' || abi === 'abi3t')
    for (const tag of tagsFor(wheel, 'emscripten')) {
      const wanted = PYTHONS[tag.platform ?? '']
      if (wanted === undefined || minors.includes(wanted) || (stable && minors.some(minor => minor <= wanted))) continue
      yield finding(
        valuedTagPlace(wheel, 'platform', tag.tag),
        `${tag.tag} has Python 3.${wanted}, but the wheel is for ${someQuoted(pythons)}.`,
      )
    }
  },
})
