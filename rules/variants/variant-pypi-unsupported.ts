import { finding, quote, rule } from '../../src/rule.js'
import { namePlace } from '../../src/views/tags.js'
import { labelOf, PEP_825, pep825, V3, variantFile } from './_variants.js'

export default rule({
  id: 'variant-pypi-unsupported',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'packaging', 'pip', 'uv'],
  force: 'none',
  source: 'packaging.utils.parse_wheel_filename; PEP 825 (draft), "Backwards Compatibility"',
  url: PEP_825,
  summary: 'The file is a variant wheel, which PyPI does not accept yet.',
  why: 'PyPI rejects the file name, and installers that do not support the draft ignore the file.',
  fix: 'Publish variant wheels on an index that supports them, and a plain wheel or an sdist on PyPI.',
  pypiMessage: "Invalid build number: 'demo-1.0-py3-none-any-x86_64_v3.whl'",
  bad: { wheel: variantFile('x86_64_v3', pep825({ x86_64_v3: V3 })) },
  good: { wheel: {} },
  *check(wheel) {
    const label = labelOf(wheel)
    if (label !== undefined)
      yield finding(
        namePlace(wheel, 'variant', { field: 'variants', value: label }),
        `PyPI does not accept variant wheels, but the file name has the variant label ${quote(label)}.`,
        { subject: 'label' },
      )
  },
})
