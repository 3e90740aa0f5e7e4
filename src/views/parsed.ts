import type { MetadataField } from '../distribution/metadata.js'
import { attempt, StandardsError } from '../standards/error.js'
import { parseRequirement, type Requirement } from '../standards/requirement.js'
import { parseSpecifiers, type SpecifierSet } from '../standards/specifier.js'
import { strip } from '../standards/text.js'

/** What a grammar says against a text, or undefined. */
export function problemOf(parse: (text: string) => unknown, text: string): StandardsError | undefined {
  try {
    parse(text)
    return undefined
  } catch (error) {
    if (error instanceof StandardsError) return error
    throw error
  }
}

/** Many rules look at the same lines: each is parsed once. */
const REQUIREMENTS = new WeakMap<MetadataField, Requirement | null>()

/** The requirement of a Requires-Dist line, or undefined when it is none. */
export function requirementOf(field: MetadataField): Requirement | undefined {
  let found = REQUIREMENTS.get(field)
  if (found === undefined) {
    found = attempt(parseRequirement, field.value) ?? null
    REQUIREMENTS.set(field, found)
  }
  return found ?? undefined
}

const SPECIFIERS = new WeakMap<MetadataField, SpecifierSet | null>()

/** The set in a Requires-Python line, or undefined when it is none or empty. */
export function specifiersOf(field: MetadataField | undefined): SpecifierSet | undefined {
  if (field === undefined || strip(field.value) === '') return undefined
  let found = SPECIFIERS.get(field)
  if (found === undefined) {
    found = attempt(parseSpecifiers, field.value) ?? null
    SPECIFIERS.set(field, found)
  }
  return found ?? undefined
}
