import { repr, strip, stripStart } from '../text/python.js'
import { attempt, errorAt, StandardsError } from './error.js'
import { isDigit, scanVersion } from './version-scan.js'

/** The parts of a version (PEP 440, version specifiers specification). */
export interface VersionParts {
  readonly epoch: bigint
  /** At least one number; trailing zeros as written. */
  readonly release: readonly bigint[]
  readonly pre: readonly [kind: 'a' | 'b' | 'rc', number: bigint] | undefined
  readonly post: bigint | undefined
  readonly dev: bigint | undefined
  /** Numbers and lower-case words. */
  readonly local: readonly (bigint | string)[] | undefined
}

/** A version. `toString()` is its normalized form, with the trailing zeros of the release kept. */
export interface Version extends VersionParts {
  /** Has a pre-release or development part. */
  readonly isPrerelease: boolean
  readonly isPostrelease: boolean
  readonly isDevrelease: boolean
  /** Without the local part. */
  readonly public: string
  /** Epoch and release only. */
  readonly base: string
  toString(): string
  toJSON(): string
}

const PRE_KINDS: ReadonlyMap<string, 'a' | 'b' | 'rc'> = new Map([
  ['alpha', 'a'],
  ['a', 'a'],
  ['beta', 'b'],
  ['b', 'b'],
  ['c', 'rc'],
  ['rc', 'rc'],
  ['pre', 'rc'],
  ['preview', 'rc'],
])

/** Python converts no more digits than this to a number. */
const MAX_DIGITS = 4300

/**
 * Reads a version. Spaces around it are dropped.
 * @throws StandardsError when it is not a version.
 */
export function parseVersion(text: string): Version {
  const start = text.length - stripStart(text).length
  const version = readVersion(text)
  if (version !== undefined) return version
  const at = scanVersion(text, start)?.end ?? start
  throw errorAt(`Invalid version: ${repr(text)}`, text, at)
}

/**
 * The version, or undefined when the text is none.
 * @throws StandardsError when it is one, but contains a number that Python does not convert.
 */
export function readVersion(text: string): Version | undefined {
  const stripped = strip(text)
  const scanned = scanVersion(stripped, 0)
  if (scanned === undefined || scanned.end !== stripped.length) return undefined
  const { epoch, release, pre, post, dev, local } = scanned
  const kind = pre && PRE_KINDS.get(pre[0].toLowerCase())
  return makeVersion({
    epoch: toNumber(epoch ?? ''),
    release: release.split('.').map(toNumber),
    pre: pre && kind && [kind, toNumber(pre[1])],
    post: post && toNumber(post[1]),
    dev: dev && toNumber(dev[1]),
    local: local
      ?.toLowerCase()
      .split(/[-_.]/)
      .map(part => (isNumber(part) ? toNumber(part) : part)),
  })
}

function toNumber(digits: string): bigint {
  if (digits.length > MAX_DIGITS)
    throw new StandardsError(
      `a number in the version has more than ${MAX_DIGITS} digits, which Python does not convert`,
    )
  return BigInt(digits)
}

function isNumber(part: string): boolean {
  for (let i = 0; i < part.length; i++) if (!isDigit(part.charCodeAt(i))) return false
  return true
}

/** The version, or undefined when the text is none. */
export const tryVersion = (text: string): Version | undefined => attempt(parseVersion, text)

class ParsedVersion implements Version {
  readonly epoch: bigint
  readonly release: readonly bigint[]
  readonly pre: VersionParts['pre']
  readonly post: bigint | undefined
  readonly dev: bigint | undefined
  readonly local: VersionParts['local']

  constructor(parts: VersionParts) {
    this.epoch = parts.epoch
    this.release = parts.release
    this.pre = parts.pre
    this.post = parts.post
    this.dev = parts.dev
    this.local = parts.local
  }

  get isPrerelease(): boolean {
    return this.pre !== undefined || this.dev !== undefined
  }

  get isPostrelease(): boolean {
    return this.post !== undefined
  }

  get isDevrelease(): boolean {
    return this.dev !== undefined
  }

  get base(): string {
    return (this.epoch === 0n ? '' : `${this.epoch}!`) + this.release.join('.')
  }

  get public(): string {
    let text = this.base
    if (this.pre !== undefined) text += this.pre.join('')
    if (this.post !== undefined) text += `.post${this.post}`
    if (this.dev !== undefined) text += `.dev${this.dev}`
    return text
  }

  toString(): string {
    return this.local === undefined ? this.public : `${this.public}+${this.local.join('.')}`
  }

  toJSON(): string {
    return this.toString()
  }
}

const makeVersion = (parts: VersionParts): Version => new ParsedVersion(parts)

/** The release without its trailing zeros; at least one number is kept. */
export function trimRelease(release: readonly bigint[]): readonly bigint[] {
  let end = release.length
  while (end > 1 && release[end - 1] === 0n) end--
  return end === release.length ? release : release.slice(0, end)
}

/** Negative when `a` comes before `b`, 0 when they are equal (`1.0` and `1.0.0` are), else positive. */
export function compareVersions(a: Version, b: Version): number {
  return comparePublic(a, b) || compareLocal(a.local, b.local)
}

/** Compares all but the local parts. */
export function comparePublic(a: VersionParts, b: VersionParts): number {
  return compareNumbers(a.epoch, b.epoch) || compareRelease(a.release, b.release) || compareSuffix(a, b)
}

function compareRelease(a: readonly bigint[], b: readonly bigint[]): number {
  const length = Math.max(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const order = compareNumbers(a[i] ?? 0n, b[i] ?? 0n)
    if (order !== 0) return order
  }
  return 0
}

function compareSuffix(a: VersionParts, b: VersionParts): number {
  return (
    preRank(a) - preRank(b) ||
    compareNumbers(a.pre?.[1] ?? 0n, b.pre?.[1] ?? 0n) ||
    // No post-release comes before post0, and no development release after every one.
    compareNumbers(a.post ?? -1n, b.post ?? -1n) ||
    Number(a.dev === undefined) - Number(b.dev === undefined) ||
    compareNumbers(a.dev ?? 0n, b.dev ?? 0n)
  )
}

/** A development release of the version itself comes before its alphas. */
function preRank(version: VersionParts): number {
  if (version.pre !== undefined) return ['a', 'b', 'rc'].indexOf(version.pre[0])
  return version.post === undefined && version.dev !== undefined ? -1 : 3
}

export function compareLocal(a: VersionParts['local'], b: VersionParts['local']): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a[i] ?? 0n
    const y = b[i] ?? 0n
    if (typeof x !== typeof y) return typeof x === 'string' ? -1 : 1
    if (x !== y) return x < y ? -1 : 1
  }
  return a.length - b.length
}

const compareNumbers = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
