/** Version specifiers (version specifiers specification, PEP 440), as packaging 26.4 reads and applies them. */

import { compareText, isSpace, repr, strip, stripStart } from '../text/python.js'
import { errorAt } from './error.js'
import { parseVersion, readVersion, type Version } from './version.js'
import {
  FULL,
  holds,
  type Interval,
  intersectAll,
  onlyPrereleases,
  rangesOf,
  versionKey,
  wildcardRanges,
} from './version-range.js'
import { scanVersion } from './version-scan.js'

export type SpecifierOperator = '===' | '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>'

/** One clause of a set, `>=1.0`. */
export interface Specifier {
  readonly operator: SpecifierOperator
  /** The version as written, with its `.*`. For `===` any text. */
  readonly version: string
  /** The version ends with `.*`. */
  readonly wildcard: boolean
  /** The parsed version, without `.*`; undefined for `===` with text that is not a version. */
  parsed(): Version | undefined
  /** Is the version in the clause? Pre-releases count. Text that is not a version is in none but `===`. */
  contains(version: Version | string): boolean
  /** Operator and version as written, without spaces. */
  toString(): string
}

export interface ContainsOptions {
  /** False refuses pre-releases. Otherwise a single version has no rival, and pre-releases count. */
  readonly prereleases?: boolean | undefined
}

/** Clauses that all must hold. `toString()` sorts the clauses, drops equal ones and keeps the spelling of versions. */
export interface SpecifierSet {
  /** As written. */
  readonly clauses: readonly Specifier[]
  contains(version: Version | string, options?: ContainsOptions): boolean
  /** Those of the versions that are in the set: pre-releases only where asked for, or where nothing else is in it. */
  filter<T extends Version | string>(versions: Iterable<T>, options?: ContainsOptions): readonly T[]
  /** Can no version be in the set? With `prereleases: false`, a set that contains pre-releases only counts as such. */
  isUnsatisfiable(options?: ContainsOptions): boolean
  /** Same clauses, by operator and canonical version. */
  equals(other: SpecifierSet): boolean
  toString(): string
}

/** A clause found at the start of some text. */
export interface SpecifierMatch {
  readonly operator: SpecifierOperator
  readonly end: number
}

const OPERATORS: readonly SpecifierOperator[] = ['===', '~=', '==', '!=', '<=', '>=', '<', '>']

/** The operator at `start`, if any. */
export const operatorAt = (text: string, start: number): SpecifierOperator | undefined =>
  OPERATORS.find(operator => text.startsWith(operator, start))

/** The longest clause that starts at `start`; undefined when there is none. */
export function matchSpecifier(text: string, start: number): SpecifierMatch | undefined {
  const operator = operatorAt(text, start)
  if (operator === undefined) return undefined
  let at = start + operator.length
  while (at < text.length && isSpace(text, at)) at++
  if (operator === '===') {
    const version = at
    while (at < text.length && text[at] !== ';' && text[at] !== ')' && !isSpace(text, at)) at++
    return at === version ? undefined : { operator, end: at }
  }
  const found = scanVersion(text, at)
  if (found === undefined) return undefined
  if (operator === '~=') return found.release.includes('.') ? { operator, end: found.publicEnd } : undefined
  if (operator !== '==' && operator !== '!=') return { operator, end: found.publicEnd }
  const wildcard = text.startsWith('.*', found.releaseEnd)
  return { operator, end: wildcard ? found.releaseEnd + 2 : found.end }
}

/**
 * Reads a set of clauses with commas between them. Empty clauses are skipped, as packaging does: `,` is the empty set.
 * @throws StandardsError when a clause is none.
 */
export function parseSpecifiers(text: string): SpecifierSet {
  return new ParsedSpecifierSet(parsedClauses(text))
}

function parsedClauses(text: string): readonly ParsedSpecifier[] {
  const clauses: ParsedSpecifier[] = []
  const known = new Map<string, ParsedSpecifier>()
  let start = 0
  for (const part of text.split(',')) {
    const clause = strip(part)
    const offset = start + part.length - stripStart(part).length
    start += part.length + 1
    if (clause === '') continue
    const same = known.get(clause)
    if (same !== undefined) {
      clauses.push(same)
      continue
    }
    const match = matchSpecifier(clause, 0)
    if (match === undefined || match.end !== clause.length) {
      const at = match?.end ?? operatorAt(clause, 0)?.length ?? 0
      const since = wasSpecifier(clause) ? '26.4' : undefined
      throw errorAt(`Invalid specifier: ${repr(clause)}`, text, offset + at, offset + clause.length, since)
    }
    const parsed = new ParsedSpecifier(match.operator, strip(clause.slice(match.operator.length)))
    known.set(clause, parsed)
    clauses.push(parsed)
  }
  return clauses
}

/** Did packaging before 26.4 take the clause: `===` alone, and letters in `~=` that are ASCII when case is ignored? */
function wasSpecifier(clause: string): boolean {
  if (clause === '===') return true
  if (!clause.startsWith('~=')) return false
  const found = scanVersion(clause, clause.length - stripStart(clause.slice(2)).length, true)
  return found?.publicEnd === clause.length && found.release.includes('.')
}

class ParsedSpecifier implements Specifier {
  readonly operator: SpecifierOperator
  readonly version: string
  #version: Version | undefined
  #ranges: readonly Interval[] | undefined

  constructor(operator: SpecifierOperator, version: string) {
    this.operator = operator
    this.version = version
  }

  get wildcard(): boolean {
    return this.operator !== '===' && this.version.endsWith('.*')
  }

  parsed(): Version | undefined {
    return this.operator === '===' ? readVersion(this.version) : this.#required
  }

  get #required(): Version {
    this.#version ??= parseVersion(this.wildcard ? this.version.slice(0, -2) : this.version)
    return this.#version
  }

  /** `===` is for the caller. */
  get ranges(): readonly Interval[] {
    this.#ranges ??= this.#computeRanges()
    return this.#ranges
  }

  #computeRanges(): readonly Interval[] {
    if (this.operator === '===') return FULL
    const version = this.#required
    return this.wildcard && (this.operator === '==' || this.operator === '!=')
      ? wildcardRanges(this.operator, version)
      : rangesOf(this.operator, version)
  }

  contains(version: Version | string): boolean {
    if (this.operator === '===') return String(version).toLowerCase() === this.version.toLowerCase()
    const parsed = typeof version === 'string' ? readVersion(version) : version
    return parsed !== undefined && holds(this.ranges, parsed)
  }

  /** Does the clause name a pre-release? */
  get asksForPrereleases(): boolean {
    return this.operator !== '!=' && !this.wildcard && (this.parsed()?.isPrerelease ?? false)
  }

  /** Equal clauses have equal keys. */
  get key(): string {
    if (this.operator === '===' || this.version.endsWith('.*')) return `${this.operator} ${this.version}`
    return `${this.operator} ${versionKey(this.#required, this.operator === '~=')}`
  }

  toString(): string {
    return this.operator + this.version
  }
}

class ParsedSpecifierSet implements SpecifierSet {
  readonly clauses: readonly ParsedSpecifier[]
  readonly #distinct: readonly ParsedSpecifier[]
  #canonical: ReadonlyMap<string, ParsedSpecifier> | undefined

  constructor(clauses: readonly ParsedSpecifier[]) {
    this.clauses = clauses
    this.#distinct = [...new Set(clauses)]
  }

  contains(version: Version | string, options?: ContainsOptions): boolean {
    const parsed = typeof version === 'string' ? readVersion(version) : version
    if (options?.prereleases === false && parsed?.isPrerelease) return false
    return this.#distinct.every(clause => {
      if (clause.operator === '===') return clause.contains(version)
      return parsed !== undefined && holds(clause.ranges, parsed)
    })
  }

  filter<T extends Version | string>(versions: Iterable<T>, options?: ContainsOptions): readonly T[] {
    const matches = [...versions].filter(version => this.contains(version))
    const read = (version: Version | string) => (typeof version === 'string' ? readVersion(version) : version)
    const asked = options?.prereleases ?? (this.clauses.some(clause => clause.asksForPrereleases) || undefined)
    if (asked === true) return matches
    const others = matches.filter(version => !read(version)?.isPrerelease)
    return asked === false || others.some(version => read(version) !== undefined) ? others : matches
  }

  isUnsatisfiable(options?: ContainsOptions): boolean {
    if (this.clauses.length === 0) return false
    const ranges = intersectAll(this.#distinct.map(clause => clause.ranges))
    if (ranges.length === 0 || this.#noArbitrary(options)) return true
    return options?.prereleases === false && onlyPrereleases(ranges)
  }

  /** `===` leaves one candidate. Is it excluded? */
  #noArbitrary(options: ContainsOptions | undefined): boolean {
    const [first, ...others] = this.#distinct.filter(clause => clause.operator === '===')
    if (first === undefined) return false
    const text = first.version.toLowerCase()
    if (others.some(clause => clause.version.toLowerCase() !== text)) return true
    const candidate = readVersion(first.version)
    if (options?.prereleases === false && candidate?.isPrerelease) return true
    const standard = this.#distinct.filter(clause => clause.operator !== '===')
    return standard.some(clause => candidate === undefined || !holds(clause.ranges, candidate))
  }

  /** Sorted by text; the first of equal clauses stays. */
  get #sorted(): ReadonlyMap<string, ParsedSpecifier> {
    if (this.#canonical === undefined) {
      const map = new Map<string, ParsedSpecifier>()
      for (const clause of [...this.#distinct].sort((a, b) => compareText(a.toString(), b.toString())))
        if (!map.has(clause.key)) map.set(clause.key, clause)
      this.#canonical = map
    }
    return this.#canonical
  }

  equals(other: SpecifierSet): boolean {
    const theirs = other instanceof ParsedSpecifierSet ? other : new ParsedSpecifierSet(parsedClauses(other.toString()))
    const mine = [...this.#sorted.keys()]
    const keys = [...theirs.#sorted.keys()]
    return mine.length === keys.length && mine.every((key, i) => key === keys[i])
  }

  toString(): string {
    // One clause is not looked into: its version may be one that Python cannot convert.
    const clauses = this.clauses.length === 1 ? this.clauses : [...this.#sorted.values()]
    return clauses.join(',')
  }
}

/** One clause, or undefined where the text is none. */
export function trySpecifier(text: string): Specifier | undefined {
  const clause = strip(text)
  const match = matchSpecifier(clause, 0)
  if (match === undefined || match.end !== clause.length) return undefined
  return new ParsedSpecifier(match.operator, strip(clause.slice(match.operator.length)))
}
