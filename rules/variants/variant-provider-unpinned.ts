import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseRequirement, type Requirement } from '../../src/standards/requirement.js'
import { documentOf, indexExample, PEP_817, PROVIDER, V3, variantExample, withProviders } from './_variants.js'

const variants = { x86_64_v3: V3 }
const LOOSE = { x86_64: { requires: ['provider-variant-x86-64>=0.0.1'] } }

/** One version, or one file by its hash. */
function isPinned({ specifier, url }: Requirement): boolean {
  if (url !== undefined) return /[#&](?:sha256|sha384|sha512)=/.test(url.slice(url.indexOf('#') >>> 0))
  return specifier.clauses.some(({ operator, wildcard }) => operator === '===' || (operator === '==' && !wildcard))
}

export default rule({
  id: 'variant-provider-unpinned',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 817 (draft), "Providers" and "Security Implications"',
  url: PEP_817,
  summary: 'The wheel makes installers download and run any version of a provider package.',
  why: 'Anyone who takes over the provider package can run code during every installation of this project.',
  fix: 'Pin the provider with `==`, or use properties that do not need a provider during installation.',
  securitySeverity: 5,
  bad: [
    variantExample('x86_64_v3', withProviders('pep817', variants, LOOSE)),
    variantExample('x86_64_v3', withProviders('variantlib', variants, LOOSE)),
    indexExample(withProviders('pep817', variants, LOOSE)),
  ],
  good: [
    variantExample('x86_64_v3', withProviders('pep817', variants, PROVIDER)),
    variantExample(
      'x86_64_v3',
      withProviders(
        'pep817',
        variants,
        { x86_64: { 'install-time': false, ...LOOSE.x86_64 } },
        { 'static-properties': V3 },
      ),
    ),
  ],
  *check(subject) {
    const document = documentOf(subject)
    if (document?.profile !== 'pep817' && document?.profile !== 'variantlib') return
    for (const { namespace, requires, installTime, optional } of document.providers) {
      // Only the build uses those.
      if (document.profile === 'pep817' && !installTime) continue
      for (const text of requires) {
        const requirement = attempt(parseRequirement, text.value)
        if (!requirement || isPinned(requirement)) continue
        yield finding(
          text,
          `For the namespace ${quote(namespace.value)}, installers download and run ${quote(text.value)}${optional ? ' if the user enables it' : ''}. Its version is not pinned.`,
        )
      }
    }
  },
})
