import type { MetadataField } from '../distribution/metadata.js'
import { oncePer } from '../once.js'
import { attempt, StandardsError } from '../standards/error.js'
import { parseRequirement, type Requirement } from '../standards/requirement.js'
import { parseSpecifiers, type SpecifierSet } from '../standards/specifier.js'
import { repr, strip } from '../text/python.js'

/** The problem that a grammar finds in a text, or undefined. */
export function problemOf(parse: (text: string) => unknown, text: string): StandardsError | undefined {
  try {
    parse(text)
    return undefined
  } catch (error) {
    if (error instanceof StandardsError) return error
    throw error
  }
}

/** What a grammar says of a text, for the end of a sentence; nothing where it repeats the text alone. */
export const reasonIn = ({ message }: StandardsError, text: string): string =>
  message.endsWith(`: ${repr(strip(text))}`) ? '' : `: ${message}`

/** The requirement of a Requires-Dist line, or undefined when it is none. */
export const requirementOf = oncePer((field: MetadataField): Requirement | undefined =>
  attempt(parseRequirement, field.value),
)

const specifiersIn = oncePer((field: MetadataField) => attempt(parseSpecifiers, field.value))

/** The set in a Requires-Python line, or undefined when it is none or empty. */
export function specifiersOf(field: MetadataField | undefined): SpecifierSet | undefined {
  return field === undefined || strip(field.value) === '' ? undefined : specifiersIn(field)
}
