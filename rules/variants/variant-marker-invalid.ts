import { finding, quote, rule } from '../../src/rule.js'
import { testPlace, type VariantTest, variantTests } from '../../src/views/variant-markers.js'
import { PEP_825, pep825, V3, variantExample } from './_variants.js'

const JSON_V3 = pep825({ x86_64_v3: V3 })
const PART = '[a-z0-9_]+'
/** What the sets contain; spaces around `::` do not count. */
const FORMS: Readonly<Record<string, { readonly pattern: RegExp; readonly text: string }>> = {
  variant_namespaces: { pattern: new RegExp(`^${PART}$`), text: 'namespace' },
  variant_features: { pattern: new RegExp(`^${PART}[ \\t]*::[ \\t]*${PART}$`), text: 'namespace :: feature' },
  variant_properties: {
    pattern: new RegExp(`^${PART}[ \\t]*::[ \\t]*${PART}[ \\t]*::[ \\t]*[a-z0-9_.]+$`),
    text: 'namespace :: feature :: value',
  },
}
const TEXT_OPERATORS = new Set(['==', '!=', 'in', 'not in'])

/** What is wrong with the comparison; `never`: it is legal and cannot be true. */
function faultOf({ variable, operator, literal, reversed }: VariantTest): { never: boolean; why: string } | undefined {
  if (literal === undefined) return { never: false, why: `${variable} is compared with another variable` }
  if (variable === 'variant_label') {
    if (!TEXT_OPERATORS.has(operator))
      return { never: false, why: `variant_label is a string, which ${quote(operator)} cannot compare` }
    if (operator === '==' && !/^[0-9a-z_.]*$/.test(literal))
      return { never: true, why: `${quote(literal)} is not a valid variant label` }
    return undefined
  }
  const form = FORMS[variable]
  if (!form) return undefined
  if (operator !== 'in' && operator !== 'not in')
    return {
      never: false,
      why: `${variable} is a set, which supports only 'in' and 'not in', not ${quote(operator)}`,
    }
  if (!reversed)
    return {
      never: false,
      why: `${variable} is a set, which must be on the right side of 'in' and not of ${quote(operator)}`,
    }
  return form.pattern.test(literal)
    ? undefined
    : { never: true, why: `${quote(literal)} is not of the form ${quote(form.text)}` }
}

export default rule({
  id: 'variant-marker-invalid',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Environment markers"',
  url: PEP_825,
  summary: 'A marker uses a variant variable in a way that has no meaning.',
  why: 'Tools that support variants refuse the dependency, or never install it.',
  breaks: 'Installers that support variants refuse the metadata, or never install the dependency.',
  fix: 'Compare `variant_label` with `==` or `!=`, and use `"namespace :: feature" in variant_features`.',
  bad: [
    variantExample('x86_64_v3', JSON_V3, {
      metadata: { 'Requires-Dist': 'attrs; variant_properties == "x86_64 :: level :: v3"' },
    }),
    variantExample('x86_64_v3', JSON_V3, { metadata: { 'Requires-Dist': 'attrs; variant_namespaces in "x86_64"' } }),
    variantExample('x86_64_v3', JSON_V3, { metadata: { 'Requires-Dist': 'attrs; "x86_64" in variant_properties' } }),
  ],
  good: [
    variantExample('x86_64_v3', JSON_V3, {
      metadata: { 'Requires-Dist': 'attrs; "x86_64::level" in variant_features' },
    }),
    variantExample('x86_64_v3', JSON_V3, {
      metadata: { 'Requires-Dist': 'attrs; "v3" in variant_label or variant_label == ""' },
    }),
  ],
  *check({ metadata }) {
    for (const field of metadata?.all('Requires-Dist') ?? [])
      for (const test of variantTests(field) ?? []) {
        const fault = faultOf(test)
        if (fault)
          yield finding(
            testPlace(field, test),
            `The marker of ${quote(field.value)} ${fault.never ? 'is never true' : 'is invalid'}: ${fault.why}.`,
            {
              severity: fault.never ? 'warning' : 'error',
            },
          )
      }
  },
})
