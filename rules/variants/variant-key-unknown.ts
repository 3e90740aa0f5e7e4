import { finding, rule } from '../../src/rule.js'
import { documentOf, PEP_817, PROVIDER, V3, variantExample, withProviders } from './_variants.js'

export default rule({
  id: 'variant-key-unknown',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 817 (draft), "Variant metadata"',
  url: PEP_817,
  summary: 'Variant metadata contains a key that its format does not define.',
  why: 'Readers ignore the key, and a later version of the format may give it a meaning.',
  fix: 'Correct the spelling, or remove the key.',
  bad: [
    variantExample('x86_64_v3', withProviders('pep817', { x86_64_v3: V3 }, PROVIDER, { note: 'x' })),
    variantExample('x86_64_v3', withProviders('variantlib', { x86_64_v3: V3 }, PROVIDER, { 'static-properties': {} })),
  ],
  good: variantExample('x86_64_v3', withProviders('pep817', { x86_64_v3: V3 }, PROVIDER)),
  *check(subject) {
    const document = documentOf(subject)
    if (document?.profile === undefined) return
    for (const fault of document.faults) if (fault.keyword === 'unknownKey') yield finding(fault, `${fault.message}.`)
  },
})
