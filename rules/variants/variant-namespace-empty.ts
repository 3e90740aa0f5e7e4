import { finding, rule } from '../../src/rule.js'
import { documentOf, indexExample, PEP_825, pep825, variantExample } from './_variants.js'

export default rule({
  id: 'variant-namespace-empty',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Default priorities"',
  url: PEP_825,
  summary: '`default-priorities.namespace` is empty.',
  why: 'A release with variants has at least one namespace, even in its null variant. Tools refuse the metadata.',
  breaks: 'uv and variantlib refuse the metadata, so the wheel is not installed as a variant.',
  fix: 'List every namespace that the variants of the release use.',
  bad: [variantExample('null', pep825({ null: {} }, [])), indexExample(pep825({ null: {} }, []))],
  good: variantExample('null', pep825({ null: {} })),
  *check(subject) {
    const document = documentOf(subject)
    for (const fault of document?.faults ?? [])
      if (fault.keyword === 'minItems' && fault.path.join() === 'default-priorities,namespace')
        yield finding(document?.priorities, "'default-priorities' does not list any namespaces.")
  },
})
