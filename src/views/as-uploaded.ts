import type { Metadata, MetadataField } from '../distribution/metadata.js'
import { coreField } from '../standards/core-metadata.js'

/** Older generators wrote this word where they had no value; PyPI drops such a field. */
export function isPlaceholder(value: string): boolean {
  return value.trim() === 'UNKNOWN'
}

/** Neither empty nor the placeholder. */
export function isGiven(field: MetadataField | undefined): field is MetadataField {
  return field !== undefined && field.value.trim() !== '' && !isPlaceholder(field.value)
}

/** The lines of a field that have a value. */
export function given(metadata: Metadata, name: string): readonly MetadataField[] {
  return metadata.all(name).filter(isGiven)
}

/**
 * The lines of a field that PyPI judges when twine 7 sends the file. PyPI drops an empty value, and a whole field when its
 * last value is UNKNOWN; twine drops License-File below Metadata 2.4, and rejects a single-use field that is repeated.
 */
export function uploaded(metadata: Metadata, name: string): readonly MetadataField[] {
  const fields = metadata.all(name)
  const last = fields.at(-1)
  // Sent as `label, address`, which is neither empty nor UNKNOWN.
  if (name === 'Project-URL') return fields
  if (last === undefined || isPlaceholder(last.value)) return []
  if (fields.length === 1 && last.value === '') return []
  if (fields.length > 1 && coreField(name)?.multiple === false) return []
  if (name === 'License-File' && !metadata.atLeast('2.4')) return []
  return fields
}
