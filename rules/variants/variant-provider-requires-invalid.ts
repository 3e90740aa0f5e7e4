import type { VariantDocument, VariantProvider } from '../../src/distribution/variant.js'
import { variantlibProviderFaults } from '../../src/distribution/variant-profile.js'
import type { Draft } from '../../src/finding.js'
import { once } from '../../src/once.js'
import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseMarker } from '../../src/standards/marker.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { problemOf } from '../../src/views/parsed.js'
import { documentOf, indexExample, PEP_817, PROVIDER, V3, variantExample, withProviders } from './_variants.js'

/** `module` or `module:attribute`, each a dotted name. */
const OBJECT = once(
  () =>
    /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*(?: *: *[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)?$/u,
)

const variants = { x86_64_v3: V3 }

function* common({ requires, pluginApi }: VariantProvider): Generator<Draft> {
  for (const requirement of requires) {
    const problem = problemOf(parseRequirement, requirement.value)
    if (problem)
      yield finding(
        atProblem(requirement, requirement.value, problem),
        `The requirement ${quote(requirement.value)} of the provider is invalid: ${problem.message}.`,
      )
  }
  if (pluginApi && (pluginApi.value.length > 1000 || !OBJECT().test(pluginApi.value)))
    yield finding(pluginApi, `plugin-api is ${quote(pluginApi.value)}. Expected a module or module:attribute.`)
}

function* own(provider: VariantProvider, profile: VariantDocument['profile']): Generator<Draft> {
  if (profile === 'variantlib') {
    for (const { at, message } of variantlibProviderFaults(provider)) yield finding(at, message)
    return
  }
  const { enableIf } = provider
  const marker = enableIf && problemOf(parseMarker, enableIf.value)
  if (enableIf && marker)
    yield finding(
      atProblem(enableIf, enableIf.value, marker),
      `enable-if ${quote(enableIf.value)} is not a valid marker: ${marker.message}.`,
    )
  const list = provider.table.entries.get('requires')?.value
  const missing = list === undefined || (list.kind === 'array' && list.items.length === 0)
  if (profile === 'pep817' && provider.installTime && missing)
    yield finding(
      provider.namespace,
      `The provider of ${quote(provider.namespace.value)} is needed during installation, but 'requires' does not name a package.`,
    )
}

export default rule({
  id: 'variant-provider-requires-invalid',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 817 (draft), "Provider information"; variantlib 0.2.2',
  url: PEP_817,
  summary: 'A provider table does not correctly describe how to install or call the provider.',
  why: 'Installers cannot call the provider, and treat all variants of its namespace as incompatible.',
  breaks: 'Installers cannot call the provider, so they never select a wheel of its namespace.',
  fix: 'Write dependency specifiers in `requires`, and `module:attribute` in `plugin-api`.',
  bad: [
    variantExample('x86_64_v3', withProviders('pep817', variants, { x86_64: { requires: ['provider =>1'] } })),
    variantExample('x86_64_v3', withProviders('pep817', variants, { x86_64: {} })),
    variantExample(
      'x86_64_v3',
      withProviders('pep817', variants, { x86_64: { ...PROVIDER.x86_64, 'plugin-api': 'a b' } }),
    ),
    variantExample(
      'x86_64_v3',
      withProviders('variantlib', variants, { x86_64: { builtin: 'x86', ...PROVIDER.x86_64 } }),
    ),
    indexExample(withProviders('variantlib', variants, { x86_64: {} })),
  ],
  good: [
    variantExample(
      'x86_64_v3',
      withProviders('pep817', variants, { x86_64: { ...PROVIDER.x86_64, 'plugin-api': 'a.b:C' } }),
    ),
    variantExample(
      'x86_64_v3',
      withProviders('variantlib', variants, { x86_64: { 'static-properties': { level: ['v3'] } } }),
    ),
    variantExample(
      'x86_64_v3',
      withProviders('pep817', variants, { x86_64: { 'install-time': false } }, { 'static-properties': V3 }),
    ),
  ],
  *check(subject) {
    const document = documentOf(subject)
    if (document?.profile !== 'pep817' && document?.profile !== 'variantlib') return
    for (const provider of document.providers) {
      yield* common(provider)
      yield* own(provider, document.profile)
    }
  },
})
