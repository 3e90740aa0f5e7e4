import { finding, quote, rule } from '../../src/rule.js'
import { documentOf, indexExample, PEP_825, PROVIDER, pep825, V3, variantExample, withProviders } from './_variants.js'

/** PEP 817 keeps this namespace out of the tables: installers read it without a provider. */
const ABI_DEPENDENCY = 'abi_dependency'

export default rule({
  id: 'variant-namespace-undeclared',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Default priorities"; PEP 817 (draft), "Default priorities"',
  url: PEP_825,
  summary: 'A variant uses a namespace that `default-priorities.namespace` does not list.',
  why: 'Tools cannot order the variants, and refuse the metadata.',
  breaks: 'uv and variantlib refuse the metadata, so the wheel is not installed as a variant.',
  fix: 'Add the namespace to `default-priorities.namespace`, in order of importance.',
  bad: [
    variantExample('x86_64_v3', pep825({ x86_64_v3: V3 }, ['aarch64'])),
    indexExample(pep825({ x86_64_v3: V3, mkl: { blas: { library: ['mkl'] } } })),
  ],
  good: [
    variantExample('x86_64_v3', pep825({ x86_64_v3: V3 }, ['aarch64', 'x86_64'])),
    variantExample('torch29', withProviders('pep817', { torch29: { abi_dependency: { torch: ['2.9'] } } }, PROVIDER)),
  ],
  *check(subject) {
    const document = documentOf(subject)
    if (!document?.priorities) return
    const listed = new Set(document.priorities.namespaces.map(({ value }) => value))
    // An empty list is another problem.
    if (listed.size === 0) return
    if (document.profile === 'pep817') listed.add(ABI_DEPENDENCY)
    for (const { label, namespaces } of document.entries)
      for (const { at } of namespaces)
        if (!listed.has(at.value))
          yield finding(
            at,
            `${quote(label.value)} uses the namespace ${quote(at.value)}, which 'default-priorities' does not list.`,
          )
  },
})
