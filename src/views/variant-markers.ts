import type { MetadataField } from '../distribution/metadata.js'
import { DRAFT_MARKER_VARIABLES } from '../standards/marker.js'
import { parseRequirement } from '../standards/requirement.js'
import { problemOf } from './parsed.js'

/** A comparison with one of the four variables of variants. */
export interface VariantTest {
  readonly variable: string
  readonly operator: string
  /** Absent when the other side is a variable too. */
  readonly literal: string | undefined
  /** The literal stands on the left. */
  readonly reversed: boolean
}

const TOKEN = /"[^"]*"|'[^']*'|[A-Za-z_][A-Za-z0-9_.]*|[<>=!~]{1,3}|[()]/g
/** Longest line that is looked at. */
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
  // The grammar holds, so operands and operators alternate between the words `and` and `or`.
  const words = (marker.match(TOKEN) ?? []).filter(token => !'()'.includes(token))
  const tests: VariantTest[] = []
  for (let i = 0; i < words.length; ) {
    const lhs = words[i] ?? ''
    const negated = words[i + 1] === 'not'
    const operator = negated ? 'not in' : (words[i + 1] ?? '')
    const rhs = words[i + (negated ? 3 : 2)] ?? ''
    i += negated ? 5 : 4
    const variable = DRAFT_MARKER_VARIABLES.has(lhs) ? lhs : rhs
    if (!DRAFT_MARKER_VARIABLES.has(variable)) continue
    const other = variable === lhs ? rhs : lhs
    const literal = /^["']/.test(other) ? other.slice(1, -1) : undefined
    tests.push({ variable, operator, literal, reversed: variable === rhs && variable !== lhs })
  }
  return tests
}
