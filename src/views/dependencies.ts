import type { Metadata, MetadataField } from '../../src/distribution/metadata.js'
import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { MARKER_VARIABLES, type MarkerComparison, type MarkerNode } from '../../src/standards/marker.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement, type Requirement } from '../../src/standards/requirement.js'
import { parseSpecifiers, type Specifier } from '../../src/standards/specifier.js'
import { append } from '../append.js'
import { oncePer } from '../once.js'
import { nearest } from '../text/nearest.js'
import { problemOf, requirementOf } from './parsed.js'

export interface Dependency {
  readonly field: MetadataField
  readonly requirement: Requirement
  /** Normalized name. */
  readonly name: string
}

/** Lines that are judged beyond their grammar: the longest lists that people write have some 1,500. */
const MOST = 5000
const dependenciesOf = oncePer((metadata: Metadata): readonly Dependency[] =>
  metadata
    .all('Requires-Dist')
    .slice(0, MOST)
    .flatMap(field => {
      const requirement = requirementOf(field)
      return requirement ? [{ field, requirement, name: canonicalName(requirement.name) }] : []
    }),
)

/** The valid Requires-Dist lines. */
export const dependencies = (metadata: Metadata | undefined): readonly Dependency[] =>
  metadata ? dependenciesOf(metadata) : []

/** Every comparison of a marker, from left to right. */
export function comparisons(node: MarkerNode | undefined): readonly MarkerComparison[] {
  const result: MarkerComparison[] = []
  const open = node ? [node] : []
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'compare') result.push(next)
    else append(open, [...next.terms].reverse())
  }
  return result
}

/** The place of a comparison in the field that contains the marker. */
export const comparisonPlace = (field: MetadataField, { start, end }: MarkerComparison): Place =>
  within(field, field.value.slice(start, end), start)

/** The place of a clause in a requirement or a set of specifiers; `earlier` equal ones come before it. */
export function clausePlace(field: MetadataField, { operator, version }: Specifier, earlier = 0): Place {
  const written = new RegExp(`(?<![<>=!~])${escaped(operator)}\\s*${escaped(version)}(?![\\w.*+!-])`, 'g')
  // A marker may contain the same in quotes.
  const found = [...(field.value.split(';', 1)[0] ?? '').matchAll(written)]
  const [match] = found.slice(Math.min(earlier, found.length - 1))
  return match ? within(field, match[0], match.index) : field
}

/** The set of specifiers with another clause for one of them. */
export const withClause = (text: string, { operator, version }: Specifier, by: string): string =>
  text.replace(new RegExp(`(?<![<>=!~])${escaped(operator)}\\s*${escaped(version)}(?![\\w.*+!-])`), () => by)

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** An extra that a requirement names. */
export const extraPlace = (field: MetadataField, extra: string): Place => within(field, extra, field.value.indexOf('['))

/** A comparison seen from its variable: with the operator reversed if the variable is on the right. */
export interface Test {
  readonly variable: string
  readonly operator: string
  readonly literal: string
  /** The literal is on the left: `"x" in variable`. */
  readonly reversed: boolean
}

const MIRRORED = new Map([
  ['<', '>'],
  ['>', '<'],
  ['<=', '>='],
  ['>=', '<='],
])

/** The comparison as a test of one variable; undefined where there is none, or two. */
export function testOf({ lhs, operator, rhs }: MarkerComparison): Test | undefined {
  if (lhs.kind === 'variable' && rhs.kind === 'literal')
    return { variable: lhs.name, operator, literal: rhs.value, reversed: false }
  if (lhs.kind === 'literal' && rhs.kind === 'variable')
    return { variable: rhs.name, operator: MIRRORED.get(operator) ?? operator, literal: lhs.value, reversed: true }
  return undefined
}

/** Normalized names of the extras that a marker tests for. */
export const extrasIn = (requirement: Requirement): readonly string[] => extraTests(requirement).map(([extra]) => extra)

/** The same, each with its comparison. */
export function extraTests(requirement: Requirement): readonly (readonly [string, MarkerComparison])[] {
  return comparisons(requirement.marker?.tree).flatMap(comparison => {
    const test = testOf(comparison)
    return test?.variable === 'extra' && test.operator === '==' ? [[canonicalName(test.literal), comparison]] : []
  })
}

/** Is the requirement for an extra only? */
export const isOptional = (requirement: Requirement): boolean => extrasIn(requirement).length > 0

/** Longest text that is worth a suggestion. */
const LONGEST = 500

/** The probably intended specifier set, or undefined. */
export function repairSpecifiers(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const inner = text
    .trim()
    .replace(/^\(([^()]*)\)$/, '$1')
    .replace(/^["']|["']$/g, '')
    // `>= '3.9'`, and `3.9+`.
    .replace(/^([<>=!~]{1,2}\s*)(["'])([^"']*)$/, '$1$3')
    .replace(/^([0-9]+(?:\.[0-9]+)*)\s*\+$/, '>=$1')
  const clauses = inner.replace(/([0-9a-z*])\s+(?=[<>=!~^])/gi, '$1,').split(',')
  const repaired = clauses.map(clause => repairClause(clause.trim())).filter(clause => clause !== '')
  const result = repaired.join(',')
  return result !== '' && problemOf(parseSpecifiers, result) === undefined ? result : undefined
}

/** The same for Requires-Python, where a version alone is most often the least one. */
export const repairPythons = (text: string): string | undefined =>
  repairSpecifiers(/^\s*[0-9]+(?:\.[0-9]+)*\s*$/.test(text) ? `>=${text.trim()}` : text)

/** Is what was meant by each clause beyond doubt? A version alone may be the least one or the only one. */
export const isClear = (text: string): boolean =>
  text
    .replace(/^[\s("']+/, '')
    .split(',')
    .every(clause => /^\s*[<>=!~^]/.test(clause))

const nearMarkerName = (name: string): string => nearest(name, MARKER_VARIABLES) ?? name

function repairClause(clause: string): string {
  const [, written = '', rest = ''] = /^([<>=!~^]*)\s*(.*)$/.exec(clause) ?? []
  const operator = OPERATORS.get(written) ?? written
  const version = rest.replace(/\s+/g, '')
  const bare = version.replace(/(?:\.[x*])+$/i, '')
  if (version === '' || version === '*') return operator === '' || version === '*' ? '' : clause
  if (operator === '^') {
    const major = /^[0-9]+/.exec(bare)?.[0]
    return major === undefined ? clause : `>=${bare},<${Number(major) + 1}`
  }
  if (operator === '~=' && !bare.includes('.')) return `~=${bare}.0`
  if (operator === '' || operator === '==') return `==${bare === version ? bare : `${bare}.*`}`
  if (operator === '!=' && bare !== version) return `!=${bare}.*`
  // `<=0.29.*` admits 0.29.5, and `>0.29.*` does not.
  const next = bare === version ? undefined : nextRelease(bare)
  if (next !== undefined && (operator === '<=' || operator === '>')) return operator === '<=' ? `<${next}` : `>=${next}`
  return operator + bare
}

/** `0.29` → `0.30`; undefined for anything but a plain release. */
function nextRelease(version: string): string | undefined {
  const [, head = '', last] = /^((?:[0-9]+\.)*)([0-9]{1,9})$/.exec(version) ?? []
  return last === undefined ? undefined : `${head}${Number(last) + 1}`
}

const OPERATORS = new Map([
  ['=>', '>='],
  ['=<', '<='],
  ['=', '=='],
  ['~>', '~='],
  ['~', '~='],
  ['>==', '>='],
  ['<==', '<='],
  ['=!', '!='],
  ['!', '!='],
  ['<>', '!='],
])

/** Is the intended meaning of each clause of the requirement certain? */
export function isClearRequirement(text: string): boolean {
  const versions = /^\s*[A-Za-z0-9._-]+\s*(?:\[[^\]]*\])?([^;@]*)/.exec(text.slice(0, LONGEST))?.[1] ?? ''
  return versions.trim() === '' || isClear(versions)
}

/** The probably intended requirement, or undefined. */
export function repairRequirement(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const parts = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?([^;@]*)(;.*)?$/.exec(text)
  if (!parts) return undefined
  const [, name = '', extras = '', versions = '', marker = ''] = parts
  const set = versions.trim() === '' ? '' : repairSpecifiers(versions)
  if (set === undefined) return undefined
  const result = `${name.replace(/[._-]+$/, '')}${extras.replace(/,\s*\]$/, ']')}${set}${marker
    .replace(/^;\s*$/, '')
    .replace(/^;\s*/, '; ')
    // `python_verson < "3.11"`
    .replace(/\b[A-Za-z_]{4,}(?= ?(?:[<>=!~]=|[<>]| in | not in ))/g, nearMarkerName)
    // `python_version < 3.11`
    .replace(/((?:==|!=|<=?|>=?)\s*)([0-9]+(?:\.[0-9]+)+)(?=\s|\)|$)/g, '$1"$2"')}`
  return problemOf(parseRequirement, result) === undefined ? result : undefined
}
