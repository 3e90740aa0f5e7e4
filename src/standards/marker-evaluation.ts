/** How packaging 26.4 evaluates markers. */
import { StandardsError } from './error.js'
import type { MarkerComparison, MarkerNode, MarkerOperator } from './marker.js'
import { canonicalName } from './name.js'
import { trySpecifier } from './specifier.js'

/** Values of the variables. `extras` and `dependency_groups` are sets of names. */
export type MarkerEnvironment = Readonly<Record<string, string | Iterable<string>>>

/** Where the marker stands, which decides what `extra`, `extras` and `dependency_groups` are without a value. */
export type MarkerContext = 'metadata' | 'lock_file' | 'requirement'

type Value = string | ReadonlySet<string>

const VERSION_VARIABLES = ['implementation_version', 'platform_release', 'python_full_version', 'python_version']

export function evaluateNode(node: MarkerNode, environment: MarkerEnvironment, context: MarkerContext): boolean {
  return evaluate(node, name => variableValue(name, environment, context))
}

function variableValue(name: string, environment: MarkerEnvironment, context: MarkerContext): Value {
  const given = Object.hasOwn(environment, name) ? environment[name] : undefined
  if (name === 'extra' && (given !== undefined || context === 'metadata')) return extraValue(given)
  if (typeof given === 'string')
    // Builds between two releases of Python call themselves 3.14.0+, which is not a version.
    return name === 'python_full_version' && given.endsWith('+') ? `${given}local` : given
  if (given !== undefined) return new Set(given)
  if (context === 'lock_file' && (name === 'extras' || name === 'dependency_groups')) return new Set()
  throw new StandardsError(`the environment has no ${name}`)
}

/** One name, or all that are chosen; none is the empty text. */
function extraValue(given: string | Iterable<string> | undefined): Value {
  if (typeof given === 'string') return canonicalName(given)
  const names = new Set([...(given ?? [])].map(canonicalName))
  return names.size === 0 ? '' : names
}

type LookUp = (name: string) => Value

function evaluate(node: MarkerNode, lookUp: LookUp): boolean {
  if (node.kind === 'compare') return compare(node, lookUp)
  // Every term is evaluated, so that an error in a later one shows whatever the first gave.
  const results = node.terms.map(term => evaluate(term, lookUp))
  return node.kind === 'and' ? results.every(result => result) : results.some(result => result)
}

function compare({ lhs, operator, rhs }: MarkerComparison, lookUp: LookUp): boolean {
  const right = rhs.kind === 'variable' ? rhs.name : rhs.value
  // With no variable on the left, the right one is the key, even when it is a literal: packaging looks that up.
  if (lhs.kind === 'variable') return compareValues(lhs.name, lookUp(lhs.name), operator, right)
  return compareValues(right, lhs.value, operator, lookUp(right))
}

function compareValues(key: string, left: Value, operator: MarkerOperator, right: Value): boolean {
  if (key === 'extra' && (typeof left !== 'string' || typeof right !== 'string'))
    return compareExtras(left, operator, right)
  if (typeof left !== 'string')
    throw new StandardsError(`${key} is a set, which cannot stand on the left side of ${operator}`)
  if (key === 'extras' || key === 'dependency_groups') {
    const name = canonicalName(left)
    if (typeof right === 'string') throw new StandardsError(`${key} must be a set, not '${right}'`)
    return compareSet(name, operator, new Set([...right].map(canonicalName)))
  }
  if (typeof right !== 'string') return compareSet(left, operator, right)
  // The texts are joined before they are read: an operator `==` and a value `=1` are `===1`.
  const specifier = VERSION_VARIABLES.includes(key) ? trySpecifier(operator + right) : undefined
  return specifier === undefined ? compareText(left, operator, right) : specifier.contains(left)
}

/** All chosen extras against one: it is among them, or is not. */
function compareExtras(left: Value, operator: MarkerOperator, right: Value): boolean {
  const [chosen, name] = typeof left === 'string' ? [right, left] : [left, right]
  if (typeof chosen !== 'string' && typeof name === 'string') {
    if (operator === '==') return chosen.has(name)
    if (operator === '!=') return !chosen.has(name)
  }
  throw new StandardsError(`${operator} has no meaning for a set of extras`)
}

function compareText(left: string, operator: MarkerOperator, right: string): boolean {
  switch (operator) {
    case '==':
    case '<=':
    case '>=':
      return left === right
    case '!=':
      return left !== right
    case '<':
    case '>':
      return false
    case 'in':
      return right.includes(left)
    case 'not in':
      return !right.includes(left)
    default:
      throw new StandardsError(`${operator} has no meaning for the texts '${left}' and '${right}'`)
  }
}

function compareSet(left: string, operator: MarkerOperator, right: ReadonlySet<string>): boolean {
  switch (operator) {
    case 'in':
      return right.has(left)
    case 'not in':
    case '!=':
      return operator === '!=' || !right.has(left)
    case '~=':
    case '===':
      throw new StandardsError(`${operator} has no meaning for a set`)
    default:
      // A text equals no set and is not ordered against one.
      return false
  }
}
