/** One row of the core metadata specification. */
export interface CoreField {
  /** Spelling of the specification. */
  readonly name: string
  /** Metadata-Version that introduced it. */
  readonly since: string
  readonly multiple: boolean
  /** What replaces it, when the specification calls it deprecated. */
  readonly deprecated?: string
}

/** Metadata-Versions that exist, oldest first. 2.0 (PEP 426) was withdrawn and is none of them. */
export const METADATA_VERSIONS: readonly string[] = ['1.0', '1.1', '1.2', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6']

/** What PyPI's upload accepts (warehouse 6b62157, 2026-08-21). */
export const PYPI_METADATA_VERSIONS: { readonly date: string; readonly versions: ReadonlySet<string> } = {
  date: '2026-08-21',
  versions: new Set(METADATA_VERSIONS.filter(version => version !== '2.6')),
}

function field(name: string, since: string, more?: { multiple?: boolean; deprecated?: string }): CoreField {
  return { name, since, multiple: false, ...more }
}
const multiple = true

/** Core metadata fields through 2.6, in the order of their introduction. */
export const CORE_FIELDS: readonly CoreField[] = [
  field('Metadata-Version', '1.0'),
  field('Name', '1.0'),
  field('Version', '1.0'),
  field('Platform', '1.0', { multiple }),
  field('Summary', '1.0'),
  field('Description', '1.0'),
  field('Keywords', '1.0'),
  field('Home-page', '1.0', { deprecated: 'Project-URL' }),
  field('Author', '1.0'),
  field('Author-email', '1.0'),
  field('License', '1.0'),
  field('Supported-Platform', '1.1', { multiple }),
  field('Download-URL', '1.1', { deprecated: 'Project-URL' }),
  field('Classifier', '1.1', { multiple }),
  field('Requires', '1.1', { multiple, deprecated: 'Requires-Dist' }),
  field('Provides', '1.1', { multiple, deprecated: 'Provides-Dist' }),
  field('Obsoletes', '1.1', { multiple, deprecated: 'Obsoletes-Dist' }),
  field('Maintainer', '1.2'),
  field('Maintainer-email', '1.2'),
  field('Requires-Dist', '1.2', { multiple }),
  field('Provides-Dist', '1.2', { multiple }),
  field('Obsoletes-Dist', '1.2', { multiple }),
  field('Requires-Python', '1.2'),
  field('Requires-External', '1.2', { multiple }),
  field('Project-URL', '1.2', { multiple }),
  field('Description-Content-Type', '2.1'),
  field('Provides-Extra', '2.1', { multiple }),
  field('Dynamic', '2.2', { multiple }),
  field('License-Expression', '2.4'),
  field('License-File', '2.4', { multiple }),
  field('Import-Name', '2.5', { multiple }),
  field('Import-Namespace', '2.5', { multiple }),
]

const BY_NAME = new Map(CORE_FIELDS.map(row => [row.name.toLowerCase(), row]))

/** The row of a field, whatever the case of its name. */
export function coreField(name: string): CoreField | undefined {
  return BY_NAME.get(name.toLowerCase())
}

/** -1, 0 or 1 for two Metadata-Versions of the list; undefined when either is none of them. */
export function compareMetadataVersions(a: string, b: string): number | undefined {
  const i = METADATA_VERSIONS.indexOf(a)
  const j = METADATA_VERSIONS.indexOf(b)
  return i < 0 || j < 0 ? undefined : Math.sign(i - j)
}

/** Fields of drafts, with the proposal that would add them. */
export const DRAFT_FIELDS: ReadonlyMap<string, string> = new Map([
  ['default-extra', 'PEP 771'],
  ['requires-external-dep', 'PEP 725'],
  ['provides-external-extra', 'PEP 725'],
  ['wheel-version', 'PEP 777'],
  ...[
    'variant',
    'variant-hash',
    'variant-property',
    'variant-provider',
    'variant-requires',
    'variant-plugin-api',
    'variant-enable-if',
    'variant-default-namespace-priorities',
    'variant-default-feature-priorities',
    'variant-default-property-priorities',
  ].map(name => [name, 'PEP 817'] as const),
])
