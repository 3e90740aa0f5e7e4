import type { VariantDocument, VariantFault } from '../../src/distribution/variant.js'
import { profileFaults } from '../../src/distribution/variant-profile.js'
import { finding, rule } from '../../src/rule.js'
import {
  documentOf,
  indexExample,
  LABEL,
  PEP_825,
  PROVIDER,
  pep825,
  V3,
  variantExample,
  withProviders,
} from './_variants.js'

const DOCUMENTS = { pep825: 'PEP 825', pep817: 'PEP 817', variantlib: 'variantlib 0.2' }

/** Problems with a rule of their own. */
function elsewhere({ kind, keyword, path, forbidden }: VariantFault, { profile }: VariantDocument): boolean {
  if (kind !== 'schema') return false
  const [top, second] = path
  if (!forbidden) return true
  if (top === 'default-priorities' && second === 'namespace' && keyword === 'minItems') return true
  if (top === 'variants' && keyword === 'uniqueItems') return true
  // A label that is only too long for PEP 817.
  return (
    profile === 'pep817' &&
    top === 'variants' &&
    path.length === 2 &&
    keyword === 'patternProperties' &&
    LABEL.test(String(second))
  )
}

export default rule({
  id: 'variant-json-invalid',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 and PEP 817 (drafts), variant metadata; variantlib 0.2.2',
  url: PEP_825,
  summary: 'Variant metadata does not follow the format that `$schema` names.',
  why: 'Tools refuse the metadata and ignore the variant wheels.',
  breaks: 'uv and variantlib refuse the metadata, so the wheel is not installed as a variant.',
  fix: 'Write the file with the build backend or with variantlib. `distaudit variants-json` writes the one for an index.',
  bad: [
    variantExample('x86_64_v3', pep825({ x86_64_v3: V3 }, ['x86_64'], { providers: {} })),
    variantExample('x86_64_v3', '{"variants": NaN}\n'),
    indexExample(pep825({ x86_64_v3: { x86_64: { level: [] } } })),
    variantExample(
      'x86_64_v3',
      withProviders(
        'variantlib',
        { x86_64_v3: V3 },
        { ...PROVIDER, arm: { requires: ['provider-arm==1.0'], install: 'no' } },
        { 'default-priorities': { namespace: ['x86_64', 'arm'] } },
      ),
    ),
    variantExample(
      'x86_64_v3',
      withProviders('pep817', { x86_64_v3: V3 }, PROVIDER, { 'default-priorities': { namespace: ['x86_64', 'arm'] } }),
    ),
    variantExample(
      'x86_64_v3',
      withProviders('variantlib', { x86_64_v3: V3 }, PROVIDER, {
        'default-priorities': { namespace: ['x86_64', 'x86_64'] },
      }),
    ),
  ],
  good: [
    variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
    variantExample('x86_64_v3', withProviders('pep817', { x86_64_v3: V3 }, PROVIDER)),
    variantExample('x86_64_v3', withProviders('variantlib', { x86_64_v3: V3 }, PROVIDER)),
    indexExample(pep825({ x86_64_v3: V3, null: {} })),
  ],
  *check(subject) {
    const document = documentOf(subject)
    if (!document) return
    const name = document.profile && DOCUMENTS[document.profile]
    for (const fault of document.faults) {
      if (fault.kind === 'syntax') yield finding(fault, `This is not valid JSON: ${fault.message}.`)
      else if (!elsewhere(fault, document)) {
        const twice = document.profile === 'variantlib' && fault.keyword === 'uniqueItems'
        yield finding(
          fault,
          `${fault.message}.${name === undefined ? '' : ` The file uses the format of ${name}.`}`,
          // variantlib itself accepts such a list.
          twice ? { severity: 'warning' } : undefined,
        )
      }
    }
    for (const { at, message } of profileFaults(document)) yield finding(at, message)
  },
})
