import { get, members } from '../../src/distribution/variant.js'
import type { Place } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import type { JsonNode } from '../../src/text/json-tree.js'
import { documentsOf, PEP_817, PROVIDER, releaseExample, V3, withProviders } from './_variants.js'

const OTHER = { x86_64: { requires: ['provider-variant-x86-64==2.0'] } }

/** A text that is equal for equal values; order of keys and stated defaults do not count. */
function canonical(node: JsonNode, depth = 0): string {
  if (depth > 10) return '…'
  if (node.kind === 'object') {
    const rows = members(node)
      .filter(
        ([{ value: key }, { kind, ...rest }]) =>
          !(kind === 'boolean' && 'value' in rest && rest.value === (key === 'install-time')),
      )
      .map(([key, value]) => `${JSON.stringify(key.value)}:${canonical(value, depth + 1)}`)
    return `{${rows.sort().join()}}`
  }
  if (node.kind === 'array') return `[${node.items.map(item => canonical(item, depth + 1)).join()}]`
  return node.kind === 'number' ? node.text : JSON.stringify(node.value)
}

const TABLES = [
  ['providers', 'The provider'],
  ['static-properties', 'The table of static properties'],
] as const

export default rule({
  id: 'variant-providers-inconsistent',
  topic: 'variants',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 817 (draft), "the index level variant metadata file"; variantlib 0.2.2',
  url: PEP_817,
  summary: 'The files of a release have different provider tables for one namespace.',
  why: 'The metadata cannot be combined. variantlib refuses it, and installers would use another provider for each wheel.',
  breaks: 'No variants file can be generated for the release, so installers do not select a variant.',
  fix: 'Build all wheels of the release with the same provider tables.',
  bad: releaseExample([
    ['v3', withProviders('variantlib', { v3: V3 }, PROVIDER)],
    ['null', withProviders('variantlib', { null: {} }, OTHER)],
  ]),
  good: releaseExample(
    [
      ['v3', withProviders('pep817', { v3: V3 }, PROVIDER)],
      ['null', withProviders('pep817', { null: {} }, { x86_64: { ...PROVIDER.x86_64, optional: false } })],
    ],
    withProviders('pep817', { v3: V3, null: {} }, PROVIDER),
  ),
  *check(release) {
    for (const [table, name] of TABLES) {
      const first = new Map<string, { readonly text: string; readonly path: string; readonly at: Place }>()
      for (const { path, document } of documentsOf(release)) {
        if (document.profile !== 'pep817' && document.profile !== 'variantlib') continue
        for (const [key, value] of members(get(document.root, table))) {
          const one = { text: canonical(value), path, at: document.place(key, key.value) }
          const before = first.get(key.value)
          if (!before) first.set(key.value, one)
          else if (before.text !== one.text)
            yield finding(
              one.at,
              `${name} of ${quote(key.value)} differs from that in an earlier file of the release.`,
              {
                path,
                subject: `${table}=${key.value}`,
                related: [{ ...before.at, path: before.path, message: 'The other table.' }],
              },
            )
        }
      }
    }
  },
})
