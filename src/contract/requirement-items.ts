import type { Place } from '../finding.js'
import { attempt } from '../standards/error.js'
import type { MarkerNode, MarkerOperand } from '../standards/marker.js'
import { canonicalName } from '../standards/name.js'
import { parseRequirement, type Requirement } from '../standards/requirement.js'
import type { Specifier, SpecifierSet } from '../standards/specifier.js'
import { versionKey } from '../standards/version-range.js'
import { extrasIn, testOf } from '../views/dependencies.js'
import type { Item } from './items.js'
import { isNarrower, sameMarkers, sameVersions } from './marker-worlds.js'

/** A requirement as text, with where it stands. */
export interface Written {
  readonly text: string
  readonly at: Place
}

export interface Line extends Written {
  readonly requirement: Requirement | undefined
  readonly extras: readonly string[]
}

/** The lines of a list, parsed. */
export function parsedLines(lines: readonly Written[]): readonly Line[] {
  return lines.map(line => {
    const requirement = attempt(parseRequirement, line.text)
    return { ...line, requirement, extras: requirement ? [...new Set(extrasIn(requirement))] : [] }
  })
}

/** The lines of each extra, and all of them for ''. */
export function linesByExtra(lines: readonly Line[]): ReadonlyMap<string, readonly Line[]> {
  const result = new Map<string, Line[]>([['', [...lines]]])
  for (const line of lines)
    for (const extra of line.extras) {
      const list = result.get(extra)
      if (list) list.push(line)
      else result.set(extra, [line])
    }
  return result
}

/**
 * The requirements of an extra, or with '' those that need none. The marker that is compared is what remains of it once the
 * extra is chosen, so it does not matter how a backend joined the two; `whole` compares it as it is written.
 */
export function itemsOfExtra(lines: readonly Line[], extra: string, whole = false): readonly Item[] {
  return lines.flatMap(({ text, at, requirement, extras }) => {
    if (extra === '' ? false : !extras.includes(extra)) return []
    if (!requirement) return [{ key: `? ${text.trim()}`, text, at, name: `? ${text.trim()}` }]
    const rest = requirement.marker ? choose(requirement.marker.tree, extra) : true
    if (rest === false) return []
    return [item(requirement, whole ? requirement.marker?.tree : rest === true ? undefined : rest, text, at, rest)]
  })
}

/** The requirement itself as an item, whatever its marker is. */
export function requirementItem(text: string, at: Place): Item {
  const requirement = attempt(parseRequirement, text)
  if (!requirement) return { key: `? ${text.trim()}`, text, at, name: `? ${text.trim()}` }
  return item(requirement, requirement.marker?.tree, text, at, requirement.marker?.tree ?? true)
}

interface RequirementItem extends Item {
  readonly requirement: Requirement
  readonly rest: MarkerNode | undefined
}

function item(
  requirement: Requirement,
  compared: MarkerNode | undefined,
  text: string,
  at: Place,
  remaining: MarkerNode | boolean,
): RequirementItem {
  const rest = typeof remaining === 'boolean' ? undefined : remaining
  const marker = compared === undefined ? '' : `;${markerText(compared, true)}`
  const { name, specifier, url } = requirement
  const key = `${canonicalName(name)}[${extrasOf(requirement)}]${setKey(specifier)}@${url ?? ''}${marker}`
  const self: RequirementItem = {
    key,
    text,
    at,
    name: canonicalName(name),
    requirement,
    rest,
    means: other =>
      isRequirement(other) && sameVersions(specifier, other.requirement.specifier) && sameAsked(self, other),
    tightenedBy: other =>
      isRequirement(other) && isNarrower(specifier, other.requirement.specifier) && sameAsked(self, other),
  }
  return self
}

const isRequirement = (item: Item): item is RequirementItem => 'requirement' in item

function sameAsked(a: RequirementItem, b: RequirementItem): boolean {
  if (extrasOf(a.requirement) !== extrasOf(b.requirement) || a.requirement.url !== b.requirement.url) return false
  const text = ({ rest }: RequirementItem) => (rest === undefined ? '' : markerText(rest, true))
  return text(a) === text(b) || sameMarkers(a.rest, b.rest)
}

const extrasOf = ({ extras }: Requirement) => [...new Set(extras.map(canonicalName))].sort().join()

/** Equal sets have equal keys, as `Requirement ==` of packaging compares them. */
export const setKey = ({ clauses }: SpecifierSet): string => [...new Set(clauses.map(clauseKey))].sort().join()

function clauseKey(clause: Specifier): string {
  const parsed = clause.operator === '===' || clause.wildcard ? undefined : attempt(() => clause.parsed(), '')
  return clause.operator + (parsed === undefined ? clause.version : versionKey(parsed, clause.operator === '~='))
}

/** What remains of a marker once the extra is known. */
function choose(node: MarkerNode, extra: string): MarkerNode | boolean {
  if (node.kind === 'compare') {
    const test = testOf(node)
    if (test?.variable !== 'extra' || (test.operator !== '==' && test.operator !== '!=')) return node
    return (canonicalName(test.literal) === extra) === (test.operator === '==')
  }
  const deciding = node.kind === 'or'
  const terms: MarkerNode[] = []
  for (const term of node.terms) {
    const rest = choose(term, extra)
    if (rest === deciding) return deciding
    if (typeof rest !== 'boolean') terms.push(rest)
  }
  const [only] = terms
  if (only === undefined) return !deciding
  return terms.length === 1 ? only : { ...node, terms }
}

/** The normalized form, as packaging prints it. */
function markerText(node: MarkerNode, outermost: boolean): string {
  if (node.kind === 'compare') return `${operand(node.lhs)} ${node.operator} ${operand(node.rhs)}`
  const text = node.terms.map(term => markerText(term, false)).join(` ${node.kind} `)
  return node.parenthesized && !outermost ? `(${text})` : text
}

const operand = (side: MarkerOperand) => (side.kind === 'variable' ? side.name : JSON.stringify(side.value))
