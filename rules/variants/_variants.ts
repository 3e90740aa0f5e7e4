import type { Release, VariantsJson, Wheel } from '../../src/distribution/distribution.js'
import type { VariantDocument, VariantEntry } from '../../src/distribution/variant.js'
import type { Example, ExampleFile } from '../../src/example.js'
import { someQuoted } from '../../src/wording.js'

export const PEP_817 = 'https://peps.python.org/pep-0817/'
export const PEP_825 = 'https://peps.python.org/pep-0825/'

/** The label of the variant without properties. */
export const NULL_LABEL = 'null'
export const LABEL = /^[0-9a-z_.]+$/

/** The document of a wheel or of an index-level file. */
export function documentOf(subject: Wheel | VariantsJson): VariantDocument | undefined {
  return subject.kind === 'wheel' ? subject.variant : subject.variants
}

/** The label in the file name. */
export const labelOf = (wheel: Wheel): string | undefined => wheel.name?.variant

export interface VariantWheel {
  readonly wheel: Wheel
  readonly label: string
  readonly document: VariantDocument
  /** What variant.json says about the wheel's own label. */
  readonly entry: VariantEntry | undefined
}

/** The wheels of a release that have a label, with a readable variant.json. */
export function variantWheels({ wheels }: Release): readonly VariantWheel[] {
  return wheels.flatMap(wheel => {
    const label = labelOf(wheel)
    const document = wheel.variant
    if (label === undefined || !document?.root) return []
    return [{ wheel, label, document, entry: document.entries.find(entry => entry.label.value === label) }]
  })
}

/** Every readable document of a release and the file that contains it, wheels first. */
export function documentsOf(
  release: Release,
): readonly { readonly path: string; readonly document: VariantDocument }[] {
  return [...release.wheels, ...release.variantsJson].flatMap(file => {
    const document = documentOf(file)
    return document?.root ? [{ path: file.path, document }] : []
  })
}

/** `a :: b :: c`, or how many there are, for messages. */
export function someProperties(properties: readonly string[]): string {
  return properties.length === 0 ? 'no properties' : someQuoted(properties, 3)
}

/** Text of the schema URL of each format. */
const SCHEMA_URLS = {
  pep825: 'https://variants-schema.wheelnext.dev/peps/825/v0.1.1.json',
  pep817: 'https://variants-schema.wheelnext.dev/v0.0.3.json',
  variantlib: 'https://variants-schema.wheelnext.dev/v0.2.0.json',
}

type Labels = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>

/** A document of PEP 825 for an example: `more` replaces top-level keys. */
export function pep825(variants: Labels, namespaces: readonly string[] = ['x86_64'], more: object = {}): string {
  return `${JSON.stringify({ $schema: SCHEMA_URLS.pep825, 'default-priorities': { namespace: namespaces }, variants, ...more }, null, 2)}\n`
}

/** One with provider tables, as PEP 817 and variantlib have them. */
export function withProviders(
  profile: 'pep817' | 'variantlib',
  variants: Labels,
  providers: Readonly<Record<string, object>>,
  more: object = {},
): string {
  const namespaces = Object.keys(providers)
  return `${JSON.stringify({ $schema: SCHEMA_URLS[profile], 'default-priorities': { namespace: namespaces }, providers, variants, ...more }, null, 2)}\n`
}

export const V3 = { x86_64: { level: ['v3'] } }
/** A provider of one namespace, pinned. */
export const PROVIDER = { x86_64: { requires: ['provider-variant-x86-64==1.0'] } }

/** The wheel of an example: its name has the label, and variant.json the text. */
export function variantFile(label: string, json: string | null, more: ExampleFile = {}): ExampleFile {
  const files = json === null ? {} : { '{dist-info}/variant.json': json }
  return { filename: `demo-1.0-py3-none-any-${label}.whl`, ...more, files: { ...files, ...more.files } }
}

/** PyPI does not accept variant wheels, so each example gives that too. */
export const NOT_ON_PYPI = ['variant-pypi-unsupported']

export function variantExample(label: string, json: string | null, more?: ExampleFile): Example {
  return { wheel: variantFile(label, json, more), alsoGives: NOT_ON_PYPI }
}

/** An index-level file alone. */
export function indexExample(json: string, filename = 'demo-1.0-variants.json'): Example {
  return { release: [{ variantsJson: { filename, text: json } }] }
}

/** Variant wheels (label and text), with an index-level file where it is given. */
export function releaseExample(
  wheels: readonly (readonly [string, string])[],
  index?: string,
  more: NonNullable<Example['release']> = [],
): Example {
  return {
    release: [
      ...wheels.map(([label, json]) => ({ wheel: variantFile(label, json) })),
      ...(index === undefined ? [] : [{ variantsJson: { filename: 'demo-1.0-variants.json', text: index } }]),
      ...more,
    ],
    alsoGives: NOT_ON_PYPI,
  }
}
