/**
 * License expressions (PEP 639), as packaging 26.4 reads them: SPDX operators and identifiers in any case, `LicenseRef-`
 * but no `DocumentRef-`, deprecated identifiers accepted, and only those of the list that packaging has.
 */
import table from '../data/spdx.json' with { type: 'json' }
import { repr, SPACE } from '../text/python.js'
import { errorAt } from './error.js'

/** One license of an expression, with the exception that goes with it. */
export interface LicenseUse {
  readonly kind: 'license'
  /** Spelling of the list, `Apache-2.0`; for `LicenseRef-…` the spelling of the expression. Without the `+`. */
  readonly id: string
  /** Followed by `+`. */
  readonly orLater: boolean
  readonly isRef: boolean
  readonly exception: string | undefined
  /** Identifiers of this use, the exception's too, that the SPDX list calls deprecated. */
  readonly deprecated: readonly string[]
}

/** At least two terms. `AND` binds tighter than `OR`. */
export interface LicenseGroup {
  readonly kind: 'and' | 'or'
  readonly terms: readonly LicenseNode[]
}

export type LicenseNode = LicenseUse | LicenseGroup

export interface LicenseExpression {
  readonly tree: LicenseNode
  /** Every use, from left to right. */
  readonly licenses: readonly LicenseUse[]
  /** Spelling of the list, upper-case operators, single spaces; parentheses and repetitions stay. */
  toString(): string
}

/** Versions of the SPDX list that expressions are judged by, and day of the table. */
export const SPDX_LIST: { readonly version: string; readonly date: string } = table

/** Python gives up on more parentheses inside each other. */
const MAX_PARENTHESES = 200
const OPERATORS: ReadonlySet<string> = new Set(['or', 'and', 'with', '(', ')'])
const REF = 'licenseref-'
const TOKEN = new RegExp(`[()]|[^${SPACE}()]+`, 'g')

const byLowerCase = (ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(ids.map(id => [id.toLowerCase(), id]))

const LICENSES = byLowerCase(table.licenses.ids)
const EXCEPTIONS = byLowerCase(table.exceptions.ids)
const DEPRECATED: ReadonlySet<string> = new Set([...table.licenses.deprecated, ...table.exceptions.deprecated])
const NEWER = byLowerCase(table.newer.ids)

/** The list's spelling of a license identifier, whatever its case. */
export const spdxLicense = (id: string): string | undefined => LICENSES.get(id.toLowerCase())

/** The list's spelling of an identifier that only a later SPDX list has: packaging and PyPI refuse it. */
export const newerSpdxLicense = (id: string): string | undefined => NEWER.get(id.toLowerCase())

/** Is an identifier of a license or exception, in the list's spelling, deprecated? */
export const isDeprecatedSpdx = (id: string): boolean => DEPRECATED.has(id)

interface Token {
  readonly text: string
  readonly lower: string
  readonly at: number
}

/**
 * Reads an expression.
 * @throws StandardsError when packaging refuses it: bad form first, then the first unknown license or exception.
 */
export function parseLicenseExpression(text: string): LicenseExpression {
  if (!ASCII.test(text)) checkRefs(text)
  const tokens = checkForm(text)
  const refs = refSpellings(tokens)
  const builder = new TreeBuilder()
  const words: string[] = []
  const known = new Map<string, LicenseUse>()
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token === undefined) break
    if (token.lower === 'with') throw invalid(text, token)
    if (OPERATORS.has(token.lower)) {
      words.push(token.lower.toUpperCase())
      builder.operator(token.lower)
      continue
    }
    const operator = tokens[i + 1]?.lower === 'with' ? tokens[i + 1] : undefined
    const key = operator === undefined ? token.lower : `${token.lower} ${tokens[i + 2]?.lower}`
    const use = known.get(key) ?? makeUse(readLicense(text, token, refs), readException(text, operator, tokens[i + 2]))
    known.set(key, use)
    builder.license(use)
    words.push(formatUse(use))
    if (operator !== undefined) i += 2
  }
  const canonical = words.join(' ').replaceAll('( ', '(').replaceAll(' )', ')')
  return { tree: builder.finish(), licenses: builder.licenses, toString: () => canonical }
}

function makeUse(license: License, exception: string | undefined): LicenseUse {
  // GPL-2.0+ is an identifier of its own in the list.
  const written = license.orLater && DEPRECATED.has(`${license.id}+`) ? `${license.id}+` : license.id
  const deprecated = [written, ...(exception === undefined ? [] : [exception])].filter(isDeprecatedSpdx)
  return { ...license, exception, deprecated }
}

function formatUse({ id, orLater, exception }: LicenseUse): string {
  const license = orLater ? `${id}+` : id
  return exception === undefined ? license : `${license} WITH ${exception}`
}

function* tokenize(text: string): Generator<Token> {
  for (const match of text.matchAll(TOKEN)) yield { text: match[0], lower: match[0].toLowerCase(), at: match.index }
}

const invalid = (text: string, token: Token | undefined) =>
  errorAt(
    `Invalid license expression: ${repr(text)}`,
    text,
    token?.at ?? text.length,
    token === undefined ? text.length : token.at + token.text.length,
  )

const ASCII = /^[\x00-\x7f]*$/

/** Before all else: letters other than ASCII in a LicenseRef. */
function checkRefs(text: string): void {
  for (const token of tokenize(text))
    if (token.lower.startsWith(REF) && !ASCII.test(token.text))
      throw refError(text, token, `Invalid licenseref (non-ASCII): ${repr(token.text)}`, true)
}

/** The tokens. Operands and operators must alternate and parentheses match; `WITH` counts as any operator here. */
function checkForm(text: string): readonly Token[] {
  const tokens: Token[] = []
  let wantsOperand = true
  const open: Token[] = []
  for (const token of tokenize(text)) {
    tokens.push(token)
    const isOperand = !OPERATORS.has(token.lower)
    if (wantsOperand !== (isOperand || token.lower === '(')) throw invalid(text, token)
    if (token.lower === '(') {
      open.push(token)
      if (open.length > MAX_PARENTHESES) throw invalid(text, token)
    } else if (token.lower === ')') {
      if (open.pop() === undefined) throw invalid(text, token)
    } else wantsOperand = !isOperand
  }
  if (wantsOperand) throw invalid(text, undefined)
  if (open.length > 0) throw invalid(text, open.at(-1))
  return tokens
}

/** When one LicenseRef is spelled in several ways, the first spelling stands for all. */
function refSpellings(tokens: readonly Token[]): ReadonlyMap<string, string> {
  const refs = tokens.filter(({ lower }) => lower.startsWith(REF)).reverse()
  return new Map(refs.map(({ text, lower }) => [lower, `LicenseRef-${text.slice(REF.length)}`]))
}

type License = Omit<LicenseUse, 'exception' | 'deprecated'>

/** Before 26.4 letters that become ASCII in lower case were ASCII. */
const refError = (text: string, { at, text: { length }, lower }: Token, message: string, isForeign = false) =>
  errorAt(message, text, at, at + length, isForeign && /^[a-z0-9.-]+$/.test(lower) ? '26.4' : undefined)

function readLicense(text: string, token: Token, refs: ReadonlyMap<string, string>): License {
  const orLater = token.lower.endsWith('+')
  const id = orLater ? token.lower.slice(0, -1) : token.lower
  const fail = (message: string) => refError(text, token, message)
  if (id.startsWith(REF)) {
    const spelling = refs.get(id)
    if (orLater || spelling === undefined || !/^[A-Za-z0-9.-]+$/.test(id.slice(REF.length)))
      throw fail(`Invalid licenseref: ${repr(token.lower)}`)
    return { kind: 'license', id: spelling, orLater, isRef: true }
  }
  const known = LICENSES.get(id)
  if (known === undefined) throw fail(`Unknown license: ${repr(id)}`)
  return { kind: 'license', id: known, orLater, isRef: false }
}

/** What follows the `WITH`, if there is one. */
function readException(text: string, operator: Token | undefined, token: Token | undefined): string | undefined {
  if (operator === undefined) return undefined
  if (token === undefined || OPERATORS.has(token.lower)) throw invalid(text, operator)
  const known = EXCEPTIONS.get(token.lower)
  if (known === undefined)
    throw errorAt(`Unknown license exception: ${repr(token.lower)}`, text, token.at, token.at + token.text.length)
  return known
}

interface Frame {
  readonly alternatives: LicenseNode[]
  run: LicenseNode[]
}

/** Builds the tree with a stack of its own. */
class TreeBuilder {
  readonly licenses: LicenseUse[] = []
  readonly #frames: Frame[] = [{ alternatives: [], run: [] }]

  license(use: LicenseUse): void {
    this.licenses.push(use)
    this.#top.run.push(use)
  }

  operator(operator: string): void {
    if (operator === '(') this.#frames.push({ alternatives: [], run: [] })
    else if (operator === ')') {
      const node = close(this.#frames.pop())
      this.#top.run.push(node)
    } else if (operator === 'or') {
      this.#top.alternatives.push(group('and', this.#top.run))
      this.#top.run = []
    }
  }

  finish(): LicenseNode {
    return close(this.#frames[0])
  }

  get #top(): Frame {
    return this.#frames.at(-1) ?? { alternatives: [], run: [] }
  }
}

function close(frame: Frame = { alternatives: [], run: [] }): LicenseNode {
  return group('or', [...frame.alternatives, group('and', frame.run)])
}

function group(kind: 'and' | 'or', terms: readonly LicenseNode[]): LicenseNode {
  const [only] = terms
  return only !== undefined && terms.length === 1 ? only : { kind, terms }
}
