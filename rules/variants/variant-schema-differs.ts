import { finding, quote, rule } from '../../src/rule.js'
import { documentsOf, PEP_825, PROVIDER, pep825, releaseExample, V3, withProviders } from './_variants.js'

export default rule({
  id: 'variant-schema-differs',
  topic: 'variants',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Variant metadata"',
  url: PEP_825,
  summary: 'The files of a release use different formats of variant metadata.',
  why: 'An index-level file has only one format, and tools must not confuse one draft with another.',
  fix: 'Build all variant wheels of the release with the same tool.',
  bad: releaseExample([
    ['v3', pep825({ v3: V3 })],
    ['null', withProviders('variantlib', { null: {} }, PROVIDER)],
  ]),
  good: releaseExample([
    ['v3', pep825({ v3: V3 })],
    ['null', pep825({ null: {} })],
  ]),
  *check(release) {
    const [first, ...others] = documentsOf(release).flatMap(({ path, document: { schema } }) =>
      schema ? [{ path, schema }] : [],
    )
    const other = others.find(({ schema }) => schema.value !== first?.schema.value)
    if (first && other)
      yield finding(
        other.schema,
        `$schema is ${quote(other.schema.value)} here, but ${quote(first.schema.value)} in another file of the release.`,
        {
          path: other.path,
          subject: '$schema',
          related: [{ ...first.schema, path: first.path, message: 'The other format.' }],
        },
      )
  },
})
