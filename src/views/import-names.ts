import type { Metadata, MetadataField } from '../distribution/metadata.js'
import { attempt } from '../standards/error.js'
import { parseImportName } from '../standards/import-name.js'

export interface Named {
  readonly name: string
  readonly private: boolean
  readonly field: MetadataField
}

/** The valid names in Import-Name or Import-Namespace. */
export function importNames(metadata: Metadata, key: string): readonly Named[] {
  return metadata.all(key).flatMap(field => {
    const parsed = attempt(parseImportName, field.value)
    return parsed ? [{ name: parsed.name, private: parsed.private, field }] : []
  })
}
