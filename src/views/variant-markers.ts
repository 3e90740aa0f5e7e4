import type { MetadataField } from '../distribution/metadata.js'
import type { Place } from '../finding.js'
import { within } from '../place.js'
import { DRAFT_MARKER_VARIABLES } from '../standards/marker.js'
import { parseRequirement } from '../standards/requirement.js'
import { problemOf } from './parsed.js'

/** A comparison with one of the four variables of variants. */
export interface VariantTest {
  readonly variable: string
  readonly operator: string
  /** Absent when the other side is a variable too. */
  readonly literal: string | undefined
  /** The literal is on the left. */
  readonly reversed: boolean
  /** Where it stands in the value, in UTF-16 code units; `end` is after it. */
  readonly start: number
  readonly end: number
}

const TOKEN = /"[^"]*"|'[^']*'|[A-Za-z_][A-Za-z0-9_.]*|[<>=!~]{1,3}|[()]/g
/** Longest line that is checked. */
const LONGEST = 32_768

/**
 * The comparisons with variables of variants in a Requires-Dist line that is valid but for those; undefined when it has none,
 * or is not valid for other reasons.
 */
export function variantTests({ value }: MetadataField): readonly VariantTest[] | undefined {
  if (value.length > LONGEST || !value.includes('variant_')) return undefined
  const at = value.includes('@') ? value.search(/[ \t];/) : value.indexOf(';')
  if (at < 0) return undefined
  const marker = value.slice(at)
  const stood =
    value.slice(0, at) + marker.replace(TOKEN, token => (DRAFT_MARKER_VARIABLES.has(token) ? 'os_name' : token))
  if (stood === value || problemOf(parseRequirement, stood)) return undefined
  // The grammar is valid, so operands and operators alternate between the words `and` and `or`.
  const words = [...marker.matchAll(TOKEN)].filter(([token]) => !'()'.includes(token))
  const tests: VariantTest[] = []
  for (let i = 0; i < words.length; ) {
    const { 0: lhs = '', index: start = 0 } = words[i] ?? {}
    const negated = words[i + 1]?.[0] === 'not'
    const operator = negated ? 'not in' : (words[i + 1]?.[0] ?? '')
    const { 0: rhs = '', index: last = 0 } = words[i + (negated ? 3 : 2)] ?? {}
    i += negated ? 5 : 4
    const variable = DRAFT_MARKER_VARIABLES.has(lhs) ? lhs : rhs
    if (!DRAFT_MARKER_VARIABLES.has(variable)) continue
    const other = variable === lhs ? rhs : lhs
    const literal = /^["']/.test(other) ? other.slice(1, -1) : undefined
    const reversed = variable === rhs && variable !== lhs
    tests.push({ variable, operator, literal, reversed, start: at + start, end: at + last + rhs.length })
  }
  return tests
}

/** A test as a place. */
export const testPlace = (field: MetadataField, { start, end }: VariantTest): Place =>
  within(field, field.value.slice(start, end), start)
