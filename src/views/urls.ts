import type { Metadata, MetadataField } from '../distribution/metadata.js'
import { strip } from '../standards/text.js'

export interface Labelled {
  readonly label: string
  readonly url: string
}

/** Both parts of a Project-URL: split at the first comma, blanks dropped. Without a comma everything is the label. */
export function labelled(value: string): Labelled {
  const comma = value.indexOf(',')
  if (comma < 0) return { label: strip(value), url: '' }
  return { label: strip(value.slice(0, comma)), url: strip(value.slice(comma + 1)) }
}

export interface Address {
  readonly field: MetadataField
  readonly url: string
}

/** Every address in the metadata; `lines` says which lines of a field count. */
export function* addresses(
  metadata: Metadata,
  lines: (metadata: Metadata, name: string) => readonly MetadataField[],
): Iterable<Address> {
  for (const name of ['Home-page', 'Download-URL'])
    for (const field of lines(metadata, name)) if (field.value !== '') yield { field, url: field.value }
  for (const field of lines(metadata, 'Project-URL')) {
    const { label, url } = labelled(field.value)
    if (label !== '' && url !== '') yield { field, url }
  }
}
