import { attempt, StandardsError } from './error.js'
import { repr, SPACE, strip } from './text.js'

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

/** Pre-release spellings, as alternatives of a regular expression, and what each is normalized to. */
const PRE = 'alpha|beta|preview|pre|a|b|c|rc'
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

/** Sources of the regular expressions that specifiers share with versions. Each is to be used with `i` and without `u`. */
export const VERSION_PATTERN = {
  release: 'v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)',
  suffix:
    `(?:[-_.]?(${PRE})[-_.]?([0-9]+)?)?` +
    '(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]+)?)?' +
    '(?:[-_.]?(dev)[-_.]?([0-9]+)?)?',
  local: '(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?',
} as const

const VERSION = new RegExp(
  `^[${SPACE}]*${VERSION_PATTERN.release}${VERSION_PATTERN.suffix}${VERSION_PATTERN.local}[${SPACE}]*$`,
  'i',
)

/** Python converts no more digits than this to a number. */
const MAX_DIGITS = 4300

/**
 * Reads a version. Blanks around it are dropped.
 * @throws StandardsError when it is not a version.
 */
export function parseVersion(text: string): Version {
  const match = VERSION.exec(strip(text))
  if (match === null || /[0-9]{4301}/.test(text)) throw invalid(text)
  const [, epoch, release = '', preKind, preNumber, bare, post, postNumber, dev, devNumber, local] = match
  const kind = preKind === undefined ? undefined : PRE_KINDS.get(preKind.toLowerCase())
  return makeVersion({
    epoch: BigInt(epoch ?? 0),
    release: release.split('.').map(BigInt),
    pre: kind === undefined ? undefined : [kind, BigInt(preNumber ?? 0)],
    post: bare === undefined && post === undefined ? undefined : BigInt(bare ?? postNumber ?? 0),
    dev: dev === undefined ? undefined : BigInt(devNumber ?? 0),
    local: local
      ?.toLowerCase()
      .split(/[-_.]/)
      .map(part => (/^[0-9]+$/.test(part) ? BigInt(part) : part)),
  })
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

export const makeVersion = (parts: VersionParts): Version => new ParsedVersion(parts)

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

export function compareRelease(a: readonly bigint[], b: readonly bigint[]): number {
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
export function preRank(version: VersionParts): number {
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

export const compareNumbers = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

function invalid(text: string): StandardsError {
  const parsed = new RegExp(`^[${SPACE}]*${VERSION_PATTERN.release}${VERSION_PATTERN.suffix}`, 'i').exec(text)
  const shown = text.length > MAX_DIGITS ? `${text.slice(0, 100)}…` : text
  return new StandardsError(`Invalid version: ${repr(shown)}`, parsed === null ? 0 : Array.from(parsed[0]).length)
}
