/** Environment markers (dependency specifiers specification, PEP 508), as packaging 26.4 reads and evaluates them. */

import { atEnd, type Cursor, fail, skipBlanks, take, takeWord } from './cursor.js'
import { StandardsError } from './error.js'
import { evaluateNode, type MarkerContext, type MarkerEnvironment } from './marker-evaluation.js'
import { canonicalName } from './name.js'
import { readPythonString } from './python-string.js'
import { operatorAt, type SpecifierOperator } from './specifier.js'

/** As many as CPython's own parser takes. */
const MAX_NESTING = 200

/** Variables that hold a set of names. They are for lock files, not for metadata. */
export const SET_VARIABLES = ['extras', 'dependency_groups'] as const

/** Every variable, in its present spelling. */
export const MARKER_VARIABLES = [
  'python_version',
  'python_full_version',
  'os_name',
  'sys_platform',
  'platform_release',
  'platform_system',
  'platform_version',
  'platform_machine',
  'platform_python_implementation',
  'implementation_name',
  'implementation_version',
  'extra',
  ...SET_VARIABLES,
] as const
export type MarkerVariable = (typeof MARKER_VARIABLES)[number]

/** Variables of drafts, with the proposal that would add them. No released parser knows them. */
export const DRAFT_MARKER_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['variant_namespaces', 'PEP 817'],
  ['variant_features', 'PEP 817'],
  ['variant_properties', 'PEP 817'],
  ['variant_label', 'PEP 817'],
])

/** Old spellings, and what they stand for. */
const OLD_SPELLINGS: ReadonlyMap<string, MarkerVariable> = new Map([
  ['os.name', 'os_name'],
  ['sys.platform', 'sys_platform'],
  ['platform.version', 'platform_version'],
  ['platform.machine', 'platform_machine'],
  ['platform.python_implementation', 'platform_python_implementation'],
  ['python_implementation', 'platform_python_implementation'],
])
const SPELLINGS: readonly string[] = [...MARKER_VARIABLES, ...OLD_SPELLINGS.keys()]

export type MarkerOperator = SpecifierOperator | 'in' | 'not in'

export type MarkerOperand =
  | { readonly kind: 'variable'; readonly name: MarkerVariable }
  /** The value after Python's escapes; names compared with `extra` and the set variables are normalized. */
  | { readonly kind: 'literal'; readonly value: string }

export interface MarkerComparison {
  readonly kind: 'compare'
  readonly lhs: MarkerOperand
  readonly operator: MarkerOperator
  readonly rhs: MarkerOperand
  /** Where it is written in the text that was read, in UTF-16 code units; `end` is after it. */
  readonly start: number
  readonly end: number
}

/** At least two terms. */
export interface MarkerGroup {
  readonly kind: 'and' | 'or'
  readonly terms: readonly MarkerNode[]
  /** Written in parentheses. */
  readonly parenthesized: boolean
}

export type MarkerNode = MarkerComparison | MarkerGroup

export interface Marker {
  readonly tree: MarkerNode
  /**
   * Does the environment satisfy the marker?
   * @param context As in packaging: `metadata` (the default) gives `extra` the empty value, `lock_file` gives empty sets.
   * @throws StandardsError when a variable is missing from the environment, or an operator has no meaning for the values.
   */
  evaluate(environment: MarkerEnvironment, context?: MarkerContext): boolean
  /**
   * The normalized form: double quotes, present spellings, no outer parentheses.
   * @throws StandardsError when a value contains both kinds of quotes (through escapes) and so cannot be written.
   */
  toString(): string
}

/**
 * Reads a marker.
 * @throws StandardsError when it is none, or nests deeper than 200 parentheses.
 */
export function parseMarker(text: string): Marker {
  const cursor = { source: text, at: 0 }
  const marker = readMarker(cursor)
  if (!atEnd(cursor)) fail(cursor, 'Expected end of marker expression')
  return marker
}

/** The marker at the cursor, with the spaces after it. */
export function readMarker(cursor: Cursor): Marker {
  const tree = readExpression(cursor, 0)
  return {
    tree,
    evaluate: (environment, context = 'metadata') => evaluateNode(tree, environment, context),
    toString: () => formatNode(tree, true),
  }
}

function readExpression(cursor: Cursor, depth: number): MarkerNode {
  let run = [readTerm(cursor, depth)]
  const alternatives: MarkerNode[] = []
  for (;;) {
    const word = takeWord(cursor, ['or', 'and'])
    if (word === undefined) break
    const term = readTerm(cursor, depth)
    if (word === 'and') run.push(term)
    else {
      alternatives.push(group('and', run))
      run = [term]
    }
  }
  alternatives.push(group('and', run))
  return group('or', alternatives)
}

function group(kind: 'and' | 'or', terms: readonly MarkerNode[]): MarkerNode {
  const [only] = terms
  return only !== undefined && terms.length === 1 ? only : { kind, terms, parenthesized: false }
}

function readTerm(cursor: Cursor, depth: number): MarkerNode {
  skipBlanks(cursor)
  const open = cursor.at
  if (!take(cursor, '(')) return readComparison(cursor)
  if (depth === MAX_NESTING)
    fail(cursor, `Marker expression is nested more than ${MAX_NESTING} levels deep`, open + 1, open + 1, '26.4')
  const inner = readExpression(cursor, depth + 1)
  if (!take(cursor, ')'))
    fail(cursor, 'Expected matching RIGHT_PARENTHESIS for LEFT_PARENTHESIS, after marker expression', open)
  skipBlanks(cursor)
  return inner.kind === 'compare' ? inner : { ...inner, parenthesized: true }
}

function readComparison(cursor: Cursor): MarkerComparison {
  const start = cursor.at
  const lhs = readOperand(cursor)
  skipBlanks(cursor)
  const operator = readOperator(cursor)
  skipBlanks(cursor)
  const rhs = readOperand(cursor)
  const end = cursor.at
  skipBlanks(cursor)
  return normalizeNames({ kind: 'compare', lhs, operator, rhs, start, end })
}

function readOperand(cursor: Cursor): MarkerOperand {
  const variable = takeWord(cursor, SPELLINGS)
  if (variable !== undefined)
    return { kind: 'variable', name: OLD_SPELLINGS.get(variable) ?? (variable as MarkerVariable) }
  const { source, at } = cursor
  const quote = source[at]
  const close = quote === '"' || quote === "'" ? source.indexOf(quote, at + 1) : -1
  if (close < 0) return fail(cursor, 'Expected a marker variable or quoted string')
  cursor.at = close + 1
  const value = readPythonString(source.slice(at + 1, close))
  return value === undefined ? fail(cursor, 'Invalid quoted string', at) : { kind: 'literal', value }
}

function readOperator(cursor: Cursor): MarkerOperator {
  if (takeWord(cursor, ['in'])) return 'in'
  if (takeWord(cursor, ['not'])) {
    if (!skipBlanks(cursor)) fail(cursor, "Expected whitespace after 'not'")
    if (!takeWord(cursor, ['in'])) fail(cursor, "Expected 'in' after 'not'")
    return 'not in'
  }
  const operator = operatorAt(cursor.source, cursor.at)
  if (operator === undefined)
    return fail(cursor, 'Expected marker operator, one of <=, <, !=, ==, >=, >, ~=, ===, in, not in')
  cursor.at += operator.length
  return operator
}

/** Extras and dependency groups compare by normalized name (PEP 685). */
function normalizeNames(comparison: MarkerComparison): MarkerComparison {
  const { lhs, rhs } = comparison
  if (lhs.kind === 'variable' && rhs.kind === 'literal' && lhs.name === 'extra')
    return { ...comparison, rhs: { kind: 'literal', value: canonicalName(rhs.value) } }
  if (rhs.kind === 'variable' && lhs.kind === 'literal' && (rhs.name === 'extra' || isSetVariable(rhs.name)))
    return { ...comparison, lhs: { kind: 'literal', value: canonicalName(lhs.value) } }
  return comparison
}

const isSetVariable = (name: string): boolean => (SET_VARIABLES as readonly string[]).includes(name)

function formatNode(node: MarkerNode, outermost: boolean): string {
  if (node.kind === 'compare') return `${formatOperand(node.lhs)} ${node.operator} ${formatOperand(node.rhs)}`
  const text = node.terms.map(term => formatNode(term, false)).join(` ${node.kind} `)
  return node.parenthesized && !outermost ? `(${text})` : text
}

function formatOperand(operand: MarkerOperand): string {
  if (operand.kind === 'variable') return operand.name
  if (!operand.value.includes('"')) return `"${operand.value}"`
  if (!operand.value.includes("'")) return `'${operand.value}'`
  throw new StandardsError('Cannot serialize marker value containing both quote characters')
}
