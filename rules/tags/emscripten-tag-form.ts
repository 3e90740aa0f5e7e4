import { finding, quote, rule } from '../../src/rule.js'
import { isPypiPlatform } from '../../src/standards/tags.js'
import { valuedTagPlace } from '../../src/views/tags.js'

const FORM = /^pyemscripten_[0-9]+_[0-9]+_wasm32$/

export default rule({
  id: 'emscripten-tag-form',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip'],
  force: 'MUST',
  source: 'PEP 783, "PyEmscripten platform"',
  url: 'https://peps.python.org/pep-0783/',
  summary: 'A tag for Emscripten has not the form of PEP 783.',
  why: 'PyPI refuses the older forms, and only the Pyodide of their time asks for them.',
  fix: 'Build with a current pyodide-build, which writes `pyemscripten_2025_0_wasm32`.',
  pypiMessage: "Binary wheel 'F' has an unsupported platform tag 'T'.",
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-pyodide_2024_0_wasm32.whl' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-emscripten_3_1_58_wasm32.whl' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm64.whl' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-pyemscripten_2025_0_wasm32.whl' } },
  *check(wheel) {
    for (const platform of new Set(wheel.name?.platform ?? [])) {
      if (!/^(?:emscripten|pyodide|pyemscripten)_/.test(platform) || FORM.test(platform)) continue
      const old = /^pyodide_[0-9]{4}_[0-9]+_wasm32$/.test(platform)
      yield finding(
        valuedTagPlace(wheel, 'platform', platform),
        `${quote(platform)} ${old ? 'is the form before PEP 783, which Pyodide up to 0.27 asks for' : 'is no tag of PEP 783'}; pyemscripten_YEAR_PATCH_wasm32 is expected.`,
        { enforcedBy: isPypiPlatform(platform) ? ['pip'] : ['pypi'], subject: platform.replace(/[0-9]+/g, 'N') },
      )
    }
  },
})
