/** What the formats of variant metadata demand beyond the shape of the document. */
import type { Place } from '../finding.js'
import type { JsonNode } from '../text/json-tree.js'
import { list, quote, someQuoted } from '../wording.js'
import { get, members, type VariantDocument, type VariantProvider } from './variant.js'

export interface ProfileFault {
  readonly at: Place
  readonly message: string
}

/** PEP 817: no provider has it. */
const ABI_DEPENDENCY = 'abi_dependency'

/** Tables that contradict one another. Parts of the wrong shape are left to the schema. */
export function* profileFaults(document: VariantDocument): Generator<ProfileFault> {
  const { profile } = document
  if (profile !== 'pep817' && profile !== 'variantlib') return
  yield* namespacesAgainstProviders(document)
  if (profile === 'pep817') yield* staticProperties(document)
}

/** The list of namespaces and the table of providers have the same members. */
function* namespacesAgainstProviders({ profile, priorities, root, place }: VariantDocument): Generator<ProfileFault> {
  const table = get(root, 'providers')
  if (!priorities || priorities.namespaces.length === 0 || table?.kind !== 'object') return
  const listed = new Set(priorities.namespaces.map(({ value }) => value))
  for (const at of priorities.namespaces)
    if (!table.entries.has(at.value))
      yield {
        at,
        message: `'default-priorities' lists the namespace ${quote(at.value)}, which 'providers' does not have.`,
      }
  for (const [key] of members(table)) {
    const at = place(key, key.value)
    if (profile === 'pep817' && key.value === ABI_DEPENDENCY)
      yield { at, message: `'providers' has ${quote(ABI_DEPENDENCY)}, a namespace that no provider may have.` }
    else if (!listed.has(key.value))
      yield {
        at,
        message: `'providers' has the namespace ${quote(key.value)}, which 'default-priorities' does not list.`,
      }
  }
}

/** PEP 817: what is not asked for when installing stands in the file. */
function* staticProperties({ providers, root, place }: VariantDocument): Generator<ProfileFault> {
  const statics = get(root, 'static-properties')
  for (const { namespace, installTime } of providers)
    if (!installTime && !(statics?.kind === 'object' && statics.entries.has(namespace.value)))
      yield {
        at: namespace,
        message: `The provider of ${quote(namespace.value)} is not asked when installing, and 'static-properties' does not have the namespace.`,
      }
  for (const [key, features] of members(statics)) {
    const names = members(features).map(([feature]) => feature.value)
    if (names.length < 2) continue
    const ordered = listOf(get(get(get(root, 'default-priorities'), 'feature'), key.value))
    const missing = names.filter(name => !ordered.has(name))
    if (missing.length > 0)
      yield {
        at: place(key, key.value),
        message: `'static-properties' has several features of ${quote(key.value)}, and 'default-priorities.feature' does not order ${someQuoted(missing, 3)}.`,
      }
  }
}

const listOf = (node: JsonNode | undefined): ReadonlySet<string> =>
  new Set(node?.kind === 'array' ? node.items.flatMap(item => (item.kind === 'string' ? [item.value] : [])) : [])

/** variantlib: a provider says in one way where its properties come from. */
export function* variantlibProviderFaults(provider: VariantProvider): Generator<ProfileFault> {
  const { namespace, requires, builtin, staticFeatures, featureOrder, pluginApi, table } = provider
  const at = namespace
  const ways = [
    ...(table.entries.has('requires') ? ['requires'] : []),
    ...(builtin ? ['builtin'] : []),
    ...(staticFeatures ? ['static-properties'] : []),
  ]
  const name = `The provider of ${quote(namespace.value)}`
  if (table.entries.has('build-requires')) return
  if (ways.length !== 1)
    yield {
      at,
      message: `${name} has ${ways.length === 0 ? 'none' : list(ways.map(quote))} of 'requires', 'builtin' and 'static-properties'; exactly one is expected.`,
    }
  if (pluginApi && requires.length === 0)
    yield { at: pluginApi, message: `${name} has 'plugin-api' without 'requires'.` }
  if (featureOrder && !staticFeatures) yield { at, message: `${name} has 'feature-order' without 'static-properties'.` }
  if (staticFeatures && (staticFeatures.length > 1 || featureOrder)) {
    const order = new Set(featureOrder ?? [])
    const missing = staticFeatures.filter(feature => !order.has(feature))
    const extra = [...order].filter(feature => !staticFeatures.includes(feature))
    const odd = [...missing, ...extra]
    if (odd.length > 0)
      yield {
        at,
        message: `${name}: 'feature-order' and 'static-properties' must name the same features; ${someQuoted(odd, 3)} ${odd.length === 1 ? 'stands' : 'stand'} in one of them only.`,
      }
  }
}
