import { finding, quote, rule } from '../../src/rule.js'
import { namePlace } from '../../src/views/tags.js'
import {
  documentOf,
  indexExample,
  LABEL,
  labelOf,
  PEP_817,
  PROVIDER,
  V3,
  variantExample,
  withProviders,
} from './_variants.js'

const LONG = 'x86_64_v3_openblas'

export default rule({
  id: 'variant-label-long',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 817 (draft), "Extended wheel filename"',
  url: PEP_817,
  summary: 'A variant label is longer than the 16 characters that PEP 817 allows.',
  why: 'Tools that follow PEP 817 ignore the wheel. PEP 825 dropped the limit.',
  fix: 'Choose a shorter label, or write the metadata as PEP 825 defines it.',
  bad: [
    variantExample(LONG, withProviders('pep817', { [LONG]: V3 }, PROVIDER)),
    indexExample(withProviders('pep817', { [LONG]: V3 }, PROVIDER)),
  ],
  good: variantExample('x86_64_v3', withProviders('pep817', { x86_64_v3: V3 }, PROVIDER)),
  *check(subject) {
    const document = documentOf(subject)
    if (document?.profile !== 'pep817') return
    const own = subject.kind === 'wheel' ? labelOf(subject) : undefined
    const message = (label: string) => `The label ${quote(label)} has ${label.length} characters. PEP 817 allows 16.`
    if (subject.kind === 'wheel' && own !== undefined && own.length > 16 && LABEL.test(own))
      yield finding(namePlace(subject, 'variant', { field: 'variants', value: own }), message(own))
    for (const { label } of document.entries)
      if (label.value !== own && label.value.length > 16 && LABEL.test(label.value))
        yield finding(label, message(label.value))
  },
})
