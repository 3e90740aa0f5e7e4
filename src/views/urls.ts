import type { Metadata, MetadataField } from '../../src/distribution/metadata.js'
import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { strip } from '../text/python.js'

export interface Labelled {
  readonly label: string
  readonly url: string
}

/** Both parts of a Project-URL: split at the first comma, without surrounding whitespace. Without a comma, everything is the label. */
export function labelled(value: string): Labelled {
  const comma = value.indexOf(',')
  if (comma < 0) return { label: strip(value), url: '' }
  return { label: strip(value.slice(0, comma)), url: strip(value.slice(comma + 1)) }
}

/** Where the label of a Project-URL stands: in a table of URLs it is the key. */
export function labelPlace(field: MetadataField, label: string): Place {
  return field.nameAt && field.mark === labelled(field.value).url ? field.nameAt : within(field, label)
}

export interface Address {
  /** Without the label. */
  readonly at: Place
  readonly url: string
  readonly field: MetadataField
}

/** Every URL in the metadata; `lines` says which lines of a field count. */
export function* addresses(
  metadata: Metadata,
  lines: (metadata: Metadata, name: string) => readonly MetadataField[],
): Iterable<Address> {
  for (const name of ['Home-page', 'Download-URL'])
    for (const field of lines(metadata, name)) if (field.value !== '') yield { at: field, url: field.value, field }
  for (const field of lines(metadata, 'Project-URL')) {
    const { label, url } = labelled(field.value)
    if (label !== '' && url !== '') yield { at: within(field, url, field.value.indexOf(',')), url, field }
  }
}
