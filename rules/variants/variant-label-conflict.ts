import { finding, quote, rule } from '../../src/rule.js'
import {
  NOT_ON_PYPI,
  PEP_825,
  pep825,
  someProperties,
  V3,
  type VariantWheel,
  variantFile,
  variantWheels,
} from './_variants.js'

const V4 = { x86_64: { level: ['v4'] } }

export default rule({
  id: 'variant-label-conflict',
  topic: 'variants',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 and PEP 817 (drafts), variant label',
  url: PEP_825,
  summary: 'Two wheels of the release use the same label for different properties.',
  why: 'Installers read the properties of a label from one wheel or from the index, and use them for all wheels with that label.',
  breaks:
    'The properties of one wheel are used for both, so one is installed where it does not run. No variants file can be generated.',
  fix: 'Give the wheels different labels, or build them with the same properties.',
  bad: {
    release: [
      { wheel: variantFile('v3', pep825({ v3: V3 })) },
      {
        wheel: variantFile('v3', pep825({ v3: V4 }), {
          filename: 'demo-1.0-1-py3-none-any-v3.whl',
          wheel: { Build: '1' },
        }),
      },
    ],
    alsoGives: NOT_ON_PYPI,
  },
  good: {
    release: [
      { wheel: variantFile('v3', pep825({ v3: V3 })) },
      {
        wheel: variantFile('v3', pep825({ v3: V3 }), {
          filename: 'demo-1.0-1-py3-none-any-v3.whl',
          wheel: { Build: '1' },
        }),
      },
    ],
    alsoGives: NOT_ON_PYPI,
  },
  *check(release) {
    const first = new Map<string, VariantWheel>()
    for (const one of variantWheels(release)) {
      const { entry, label, wheel } = one
      if (!entry) continue
      const before = first.get(label)
      if (!before?.entry) first.set(label, one)
      else if (before.entry.properties.join('\n') !== entry.properties.join('\n'))
        yield finding(
          entry.label,
          `The label ${quote(label)} has ${someProperties(entry.properties)} here, but ${someProperties(before.entry.properties)} in ${before.wheel.filename}.`,
          {
            path: wheel.path,
            related: [{ ...before.entry.label, path: before.wheel.path, message: 'The other properties.' }],
          },
        )
    }
  },
})
