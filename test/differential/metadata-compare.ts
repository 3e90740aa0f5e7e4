import { RULES } from '../../rules/registry/index.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import { parseMetadata } from '../../src/distribution/metadata.js'
import { isRefused, type Refused } from './entry-points-compare.js'

interface Read {
  readonly Name: string | null
  readonly Version: string | null
  readonly 'Requires-Python': string | null
  readonly 'Requires-Dist': readonly string[]
  readonly 'Provides-Extra': readonly string[]
}
export interface PythonMetadata {
  readonly pip: Refused | Read
  readonly packaging: Refused | { readonly unparsed: readonly string[] }
}
export type UvMetadata = Refused | Read

/** What says that readers see other fields, or none. */
const TELLING = new Set(
  `metadata-lone-cr metadata-control-character metadata-header-cut metadata-field-duplicated metadata-encoded-word metadata-encoding
  metadata-mime-header metadata-not-parseable metadata-field-unknown placeholder-value metadata-read-differently`.split(
    /\s+/,
  ),
)
const rules = RULES.filter(({ id }) => TELLING.has(id))

/** Spaces and the ends of lines mean nothing in these fields. */
const said = (read: Read) =>
  JSON.stringify(
    (['Name', 'Version', 'Requires-Python', 'Requires-Dist', 'Provides-Extra'] as const).map(field =>
      [read[field] ?? []].flat().map(value => value.replace(/\s+/g, ' ').trim()),
    ),
  )

/** Every way in which what we say is not what the readers do. */
export function compare(bytes: Uint8Array, python: PythonMetadata, uv: UvMetadata): readonly string[] {
  const member = 'demo-1.0.dist-info/METADATA'
  const metadata = parseMetadata({ member, bytes, size: bytes.length, cut: false })
  const wheel = { kind: 'wheel', metadata, texts: new Map() } as unknown as Wheel
  const told = rules.flatMap(rule =>
    [...rule.check(wheel, { preview: false, limits: DEFAULT_LIMITS })].map(draft => ({ rule, draft })),
  )
  const by = new Set(told.flatMap(({ rule, draft }) => draft.enforcedBy ?? rule.enforcedBy))
  const found: string[] = []
  const notRead = isRefused(python.pip) || isRefused(uv)
  const differs = notRead || said(python.pip as Read) !== said(uv as Read)
  if (differs && told.length === 0) found.push('read differently, unsaid')
  if (isRefused(python.pip) && !by.has('pip')) found.push('pip refuses, unsaid')
  if (isRefused(uv) && !by.has('uv')) found.push('uv refuses, unsaid')
  const ours = JSON.stringify(
    (['Name', 'Version', 'Requires-Python'] as const)
      .map(field => metadata.value(field)?.replace(/\s+/g, ' ').trim() ?? null)
      .concat(
        JSON.stringify(
          (['Requires-Dist', 'Provides-Extra'] as const).map(field =>
            metadata.all(field).map(({ value }) => value.replace(/\s+/g, ' ').trim()),
          ),
        ),
      ),
  )
  if (!isRefused(python.pip)) {
    const { pip } = python
    const theirs = JSON.stringify(
      (['Name', 'Version', 'Requires-Python'] as const)
        .map(field => pip[field]?.replace(/\s+/g, ' ').trim() ?? null)
        .concat(
          JSON.stringify(
            (['Requires-Dist', 'Provides-Extra'] as const).map(field =>
              pip[field].map(value => value.replace(/\s+/g, ' ').trim()),
            ),
          ),
        ),
    )
    if (ours !== theirs) found.push('we read other values than pip')
  }
  if (!isRefused(python.packaging) && python.packaging.unparsed.length > 0 && told.length === 0)
    found.push('packaging leaves out a field, unsaid')
  return found
}
