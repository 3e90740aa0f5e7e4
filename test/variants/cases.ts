import { PROVIDER, pep825, V3, withProviders } from '../../rules/variants/_variants.js'
import type { VariantProfile } from '../../src/distribution/variant.js'

export const PROFILES: readonly VariantProfile[] = ['pep825', 'pep817', 'variantlib']

// biome-ignore lint/suspicious/noExplicitAny: a JSON document to be spoilt in every way.
type Json = any

/** A sound document of the profile for the label. */
export function sound(profile: VariantProfile, label = 'v3', properties: object = V3): Json {
  const variants = { [label]: properties } as Parameters<typeof pep825>[0]
  return JSON.parse(profile === 'pep825' ? pep825(variants) : withProviders(profile, variants, PROVIDER))
}

export interface Fault {
  readonly name: string
  /** Label of the file name. */
  readonly label?: string
  /** Changes a sound document, or gives the text. */
  readonly spoil: (document: Json) => Json | string
  /** Rules that find it, `id` for an error and `id:severity` for less: in all profiles, or by profile. */
  readonly finds: readonly string[] | Readonly<Record<VariantProfile, readonly string[]>>
}

const change = (edit: (document: Json) => void) => (document: Json) => {
  edit(document)
  return document
}
const INVALID = ['variant-json-invalid']
const only =
  (...profiles: readonly VariantProfile[]) =>
  (ids: readonly string[], others: readonly string[] = []) =>
    Object.fromEntries(PROFILES.map(profile => [profile, profiles.includes(profile) ? ids : others])) as Record<
      VariantProfile,
      readonly string[]
    >

/** Every row of the table of problems; the columns are the profiles. */
export const FAULTS: readonly Fault[] = [
  { name: 'a sound document', spoil: document => document, finds: [] },
  {
    name: 'a null variant',
    label: 'null',
    spoil: change(d => {
      d.variants = { null: {} }
    }),
    finds: [],
  },
  {
    name: 'several values',
    spoil: change(d => {
      d.variants.v3.x86_64.level = ['v2', 'v3']
    }),
    finds: [],
  },
  { name: 'no JSON', spoil: () => '{"variants": ', finds: INVALID },
  { name: 'a list at the top', spoil: () => '[]', finds: INVALID },
  { name: 'NaN', spoil: d => JSON.stringify(d).replace('["v3"]', '[NaN]'), finds: INVALID },
  { name: 'a key twice', spoil: d => JSON.stringify(d).replace('{', '{"variants": {}, '), finds: INVALID },
  { name: 'a byte order mark', spoil: d => `\ufeff${JSON.stringify(d)}`, finds: INVALID },
  {
    name: 'no $schema',
    spoil: change(d => {
      delete d.$schema
    }),
    finds: INVALID,
  },
  {
    name: 'another $schema',
    spoil: change(d => {
      d.$schema = 'https://example.org/v9.json'
    }),
    finds: ['variant-schema-unknown:warning'],
  },
  {
    name: 'no default-priorities',
    spoil: change(d => {
      delete d['default-priorities']
    }),
    finds: INVALID,
  },
  {
    name: 'no namespace list',
    spoil: change(d => {
      d['default-priorities'] = {}
    }),
    finds: INVALID,
  },
  {
    name: 'an empty namespace list',
    spoil: change(d => {
      d['default-priorities'].namespace = []
    }),
    finds: ['variant-namespace-empty'],
  },
  {
    name: 'a namespace list that is text',
    spoil: change(d => {
      d['default-priorities'].namespace = 'x86_64'
    }),
    finds: INVALID,
  },
  {
    name: 'a bad namespace in the list',
    spoil: change(d => {
      d['default-priorities'].namespace = ['x86_64', 'X-86']
    }),
    finds: only('pep825', 'pep817', 'variantlib')(INVALID),
  },
  {
    name: 'a namespace listed twice',
    spoil: change(d => {
      d['default-priorities'].namespace = ['x86_64', 'x86_64']
    }),
    finds: only('variantlib')(['variant-json-invalid:warning'], INVALID),
  },
  {
    name: 'a namespace listed and not used',
    spoil: change(d => {
      d['default-priorities'].namespace.push('arm')
    }),
    finds: only('pep825')([], INVALID),
  },
  {
    name: 'a namespace used and not listed',
    spoil: change(d => {
      d.variants.v3.blas = { library: ['mkl'] }
    }),
    finds: ['variant-namespace-undeclared'],
  },
  {
    name: 'no variants',
    spoil: change(d => {
      delete d.variants
    }),
    finds: INVALID,
  },
  {
    name: 'two variants',
    spoil: change(d => {
      d.variants.null = {}
    }),
    finds: ['variant-json-label-mismatch'],
  },
  {
    name: 'no variant in variants',
    spoil: change(d => {
      d.variants = {}
    }),
    finds: ['variant-json-label-mismatch'],
  },
  { name: 'another label', label: 'v4', spoil: d => d, finds: ['variant-json-label-mismatch'] },
  {
    name: 'a label in capitals',
    label: 'V3',
    spoil: change(d => {
      d.variants = { V3: d.variants.v3 }
    }),
    finds: ['variant-label-invalid', ...INVALID],
  },
  {
    name: 'a long label',
    label: 'x86_64_v3_openblas',
    spoil: change(d => {
      d.variants = { x86_64_v3_openblas: d.variants.v3 }
    }),
    finds: only('pep817')(['variant-label-long:warning']),
  },
  {
    name: 'null with properties',
    label: 'null',
    spoil: change(d => {
      d.variants = { null: d.variants.v3 }
    }),
    finds: ['variant-null-not-empty'],
  },
  {
    name: 'no properties under another label',
    label: 'cpu',
    spoil: change(d => {
      d.variants = { cpu: {} }
    }),
    finds: ['variant-empty-not-null'],
  },
  {
    name: 'a namespace without features',
    spoil: change(d => {
      d.variants.v3 = { x86_64: {} }
    }),
    finds: ['variant-empty-not-null'],
  },
  {
    name: 'a further namespace without features',
    label: 'null',
    spoil: change(d => {
      d.variants = { null: { x86_64: {} } }
    }),
    finds: ['variant-property-empty:warning'],
  },
  {
    name: 'a feature without values',
    spoil: change(d => {
      d.variants.v3.x86_64.sse = []
    }),
    finds: only('variantlib')(['variant-property-empty:warning'], INVALID),
  },
  {
    name: 'a value that is text',
    spoil: change(d => {
      d.variants.v3.x86_64.level = 'v3'
    }),
    finds: INVALID,
  },
  {
    name: 'a value that is a number',
    spoil: change(d => {
      d.variants.v3.x86_64.level = [3]
    }),
    finds: INVALID,
  },
  {
    name: 'a bad value',
    spoil: change(d => {
      d.variants.v3.x86_64.level = ['v-3']
    }),
    finds: INVALID,
  },
  {
    name: 'a bad feature',
    spoil: change(d => {
      d.variants.v3.x86_64 = { 'le.vel': ['v3'] }
    }),
    finds: INVALID,
  },
  {
    name: 'a value with a line feed',
    spoil: change(d => {
      d.variants.v3.x86_64.level = ['v3\n']
    }),
    finds: INVALID,
  },
  {
    name: 'values out of order',
    spoil: change(d => {
      d.variants.v3.x86_64.level = ['v3', 'v2']
    }),
    finds: only('pep825')(['variant-values-unsorted:warning'], ['variant-values-unsorted:info']),
  },
  {
    name: 'a value twice',
    spoil: change(d => {
      d.variants.v3.x86_64.level = ['v3', 'v3']
    }),
    finds: ['variant-values-duplicate'],
  },
  {
    name: 'an unknown key',
    spoil: change(d => {
      d.note = 'x'
    }),
    finds: only('pep825')(INVALID, ['variant-key-unknown:warning']),
  },
  {
    name: 'an unknown priority',
    spoil: change(d => {
      d['default-priorities'].platform = []
    }),
    finds: only('pep817')(['variant-key-unknown:warning'], INVALID),
  },
  {
    name: 'priorities of features',
    spoil: change(d => {
      d['default-priorities'].feature = { x86_64: ['level'] }
    }),
    finds: only('pep817')([], INVALID),
  },
  {
    name: 'no providers',
    spoil: change(d => {
      delete d.providers
    }),
    finds: only('pep825')([], INVALID),
  },
  {
    name: 'a table of providers',
    spoil: change(d => {
      d.providers = PROVIDER
    }),
    finds: only('pep825')(INVALID),
  },
  {
    name: 'a provider that is not listed',
    spoil: change(d => {
      d.providers = { ...PROVIDER, arm: PROVIDER.x86_64 }
    }),
    finds: INVALID,
  },
  {
    name: 'a provider without requirements',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64 = {}
    }),
    finds: only('pep825')([], ['variant-provider-requires-invalid']),
  },
  {
    name: 'an empty list of requirements',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64 = { requires: [] }
    }),
    finds: { pep825: [], pep817: ['variant-provider-requires-invalid'], variantlib: INVALID },
  },
  {
    name: 'a requirement of any version',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64 = { requires: ['p>=1'] }
    }),
    finds: only('pep825')([], ['variant-provider-unpinned:warning']),
  },
  {
    name: 'a requirement that is none',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64 = { requires: ['p =>1'], 'plugin-api': 'p' }
    }),
    finds: only('pep825')([], ['variant-provider-requires-invalid']),
  },
  {
    name: 'a plugin-api that is none',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64['plugin-api'] = 'a-b:C'
    }),
    finds: only('pep825')([], ['variant-provider-requires-invalid']),
  },
  {
    name: 'an ahead-of-time provider',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64['install-time'] = false
    }),
    finds: only('pep825')([], INVALID),
  },
  {
    name: 'a condition',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64['enable-if'] = 'os_name == "nt"'
    }),
    finds: only('variantlib')(INVALID),
  },
  {
    name: 'a condition that is none',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64['enable-if'] = 'nt'
    }),
    finds: { pep825: [], pep817: ['variant-provider-requires-invalid'], variantlib: INVALID },
  },
  {
    name: 'static properties in the provider',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64 = { 'static-properties': { level: ['v3'] } }
    }),
    finds: { pep825: [], pep817: ['variant-key-unknown:warning', 'variant-provider-requires-invalid'], variantlib: [] },
  },
  {
    name: 'two ways to get the provider',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64.builtin = 'x'
    }),
    finds: { pep825: [], pep817: ['variant-key-unknown:warning'], variantlib: ['variant-provider-requires-invalid'] },
  },
  {
    name: 'build-requires',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64 = { 'build-requires': ['p==1'] }
    }),
    finds: {
      pep825: [],
      pep817: ['variant-key-unknown:warning', 'variant-provider-requires-invalid'],
      variantlib: INVALID,
    },
  },
  {
    name: 'features without an order',
    spoil: change(d => {
      if (d.providers) d.providers.x86_64 = { 'static-properties': { level: ['v3'], sse: ['on'] } }
    }),
    finds: {
      pep825: [],
      pep817: ['variant-key-unknown:warning', 'variant-provider-requires-invalid'],
      variantlib: ['variant-provider-requires-invalid'],
    },
  },
  {
    name: 'a deep value',
    spoil: d => JSON.stringify(d).replace('{', `{"deep": ${'['.repeat(200)}${']'.repeat(200)}, `),
    finds: INVALID,
  },
]

/** Text of variant.json and label of the file name for a problem in a profile. */
export function caseOf(
  { spoil, label = 'v3' }: Fault,
  profile: VariantProfile,
): { readonly label: string; readonly text: string } {
  const spoilt: Json | string = spoil(sound(profile))
  return { label, text: typeof spoilt === 'string' ? spoilt : `${JSON.stringify(spoilt, null, 2)}\n` }
}
