import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Metadata } from '../../src/distribution/metadata.js'
import type { Place, Related } from '../../src/finding.js'
import { splitLines } from '../../src/text/lines.js'
import { isPlaceholder } from '../../src/views/as-uploaded.js'

export type Description = NonNullable<Metadata['description']>

/** The description, unless it is blank or the word UNKNOWN. */
export function givenDescription(metadata: Metadata | undefined): Description | undefined {
  const description = metadata?.description
  return description && description.text.trim() !== '' && !isPlaceholder(description.text) ? description : undefined
}

/**
 * A line of the description (1-based) as a place in METADATA or PKG-INFO, or a mark in that line; without a line, where it
 * begins.
 */
export function descriptionPlace(metadata: Metadata, within: number | undefined, mark?: string): Place {
  const line = (metadata.description?.line ?? 1) + (within ?? 1) - 1
  const { member, lineText } = metadata.description?.file ?? metadata
  const at = mark ? (lineText(line)?.indexOf(mark) ?? -1) : -1
  return { member, line, ...(at >= 0 && { column: at + 1, mark }), field: 'Description' }
}

/** A part of a line of the description: the text at a column (1-based). */
export function descriptionPart(metadata: Metadata, line: number, column: number, mark: string): Place {
  // The name of a Description header comes before its first line.
  const header = metadata.description?.from === 'header' && line === 1 ? metadata.first('Description') : undefined
  return { ...descriptionPlace(metadata, line), column: column + (header?.column ?? 1) - 1, mark }
}

const README = /\/README(?:\.[A-Za-z]{1,10})?$/i

/** The same line in a README of the sdist, if it appears exactly once between the same neighbors. */
export function readmePlace(dist: Wheel | Sdist, line: number | undefined, message: string): Related | undefined {
  const text = dist.kind === 'sdist' ? dist.metadata?.description?.text : undefined
  if (text === undefined || line === undefined) return undefined
  const lines = splitLines(text)
  const wanted = [lines[line - 2], lines[line - 1], lines[line]].map(one => one?.trim() ?? '')
  for (const [member, file] of dist.texts) {
    if (!README.test(member)) continue
    const found = splitLines(file.text).map(one => one.trim())
    const at = (i: number) => wanted.every((one, k) => (found[i + k - 1] ?? '') === one)
    const places = found.flatMap((_, i) => (at(i) ? [i + 1] : []))
    if (places.length === 1) return { member, line: places[0], message }
  }
  return undefined
}

/** Media type of Description-Content-Type without parameters, lower case; undefined when the field is not given. */
export function contentType(metadata: Metadata): string | undefined {
  const value = metadata.value('Description-Content-Type')
  if (value === undefined || value === '' || isPlaceholder(value)) return undefined
  return value.split(';', 1)[0]?.trim().toLowerCase()
}
