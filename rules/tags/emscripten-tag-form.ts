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
  summary: 'An Emscripten tag does not have the form that PEP 783 defines.',
  why: 'PyPI rejects the older forms, and only old versions of Pyodide accept them.',
  fix: 'Build with a recent pyodide-build, which writes `pyemscripten_2025_0_wasm32`.',
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
        `${quote(platform)} ${old ? 'has the form used before PEP 783, by Pyodide 0.27 and earlier' : 'is not a tag that PEP 783 defines'}. Expected pyemscripten_YEAR_PATCH_wasm32.`,
        { enforcedBy: isPypiPlatform(platform) ? ['pip'] : ['pypi'], subject: platform.replace(/[0-9]+/g, 'N') },
      )
    }
  },
})
