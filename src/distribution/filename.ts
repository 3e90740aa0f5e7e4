/** A wheel's file name: `name-version[-build]-python-abi-platform[-variant].whl`. Parts as written. */
export interface WheelName {
  readonly name: string
  readonly version: string
  readonly build: string | undefined
  /** Members of the compressed tag sets, lower case, in the written order. */
  readonly python: readonly string[]
  readonly abi: readonly string[]
  readonly platform: readonly string[]
  /** Variant label (PEP 825, draft). */
  readonly variant: string | undefined
  /** Tag part as written, `py3-none-any`. */
  readonly tag: string
}

/** An sdist's file name: split at the last `-` before the suffix. */
export interface SdistName {
  readonly name: string
  readonly version: string
  readonly suffix: '.tar.gz' | '.zip' | '.tgz' | '.tar.bz2' | '.tar.xz' | '.tar.Z' | '.tar'
}

const INTERPRETER = /^(?:py|cp|pp|ip|jy|graalpy)[0-9]/i
const SDIST = /^(.*)-([^-]*)(\.tar\.gz|\.zip|\.tgz|\.tar\.bz2|\.tar\.xz|\.tar\.Z|\.tar)$/s

/** An index-level variants file's name: split at the last `-` before `-variants.json`. Parts as written. */
export interface VariantsName {
  readonly name: string
  readonly version: string
}

export function parseVariantsName(filename: string): VariantsName | undefined {
  const [, name, version] = /^(.+)-([^-]+)-variants\.json$/s.exec(filename) ?? []
  return name === undefined || version === undefined ? undefined : { name, version }
}

/**
 * Splits a wheel's file name without judging its parts: five to seven parts between hyphens. Six are read as having a build
 * tag when the third part begins with a digit, as the specification demands of build tags, or when the fourth part names an
 * interpreter and the third does not; and as having a variant label otherwise. Seven are read only when the
 * third begins with a digit and the fourth names an interpreter.
 */
export function parseWheelName(filename: string): WheelName | undefined {
  if (!filename.endsWith('.whl')) return undefined
  const parts = filename.slice(0, -4).split('-', 8)
  if (parts.length < 5 || parts.length > 7) return undefined
  const [, , third = '', fourth = ''] = parts
  const isBuild = /^[0-9]/.test(third)
  if (parts.length === 7 && !(isBuild && INTERPRETER.test(fourth))) return undefined
  const hasBuild =
    parts.length === 7 || (parts.length === 6 && (isBuild || (!INTERPRETER.test(third) && INTERPRETER.test(fourth))))
  const at = hasBuild ? 3 : 2
  const [name = '', version = ''] = parts
  const tags = parts.slice(at, at + 3)
  const [python = [], abi = [], platform = []] = tags.map(tag => tag.toLowerCase().split('.'))
  return {
    name,
    version,
    build: hasBuild ? parts[2] : undefined,
    python,
    abi,
    platform,
    variant: parts[at + 3],
    tag: tags.join('-'),
  }
}

/** A part between the hyphens of a wheel's file name; `tag` is the three of the tag together. */
export type WheelNamePart = 'name' | 'version' | 'build' | 'python' | 'abi' | 'platform' | 'tag' | 'variant'

/** A part as written, and its offset in the file name; undefined where the name does not have it. */
export function wheelNamePart(
  filename: string,
  { build }: WheelName,
  part: WheelNamePart,
): { readonly text: string; readonly offset: number } | undefined {
  const parts = filename.slice(0, -4).split('-')
  const tags = build === undefined ? 2 : 3
  const index = { name: 0, version: 1, build: 2, python: tags, abi: tags + 1, platform: tags + 2, variant: tags + 3 }
  const first = part === 'tag' ? tags : index[part]
  const texts = parts.slice(first, part === 'tag' ? first + 3 : first + 1)
  if (texts.length === 0 || (part === 'build' && build === undefined)) return undefined
  const offset = parts.slice(0, first).reduce((length, { length: own }) => length + own + 1, 0)
  return { text: texts.join('-'), offset }
}

/** Splits an sdist's file name at the last hyphen before a suffix that some tool has read as an sdist's. */
export function parseSdistName(filename: string): SdistName | undefined {
  const [, name, version, suffix] = SDIST.exec(filename) ?? []
  if (name === undefined || version === undefined || !isSuffix(suffix)) return undefined
  return { name, version, suffix }
}

function isSuffix(text: string | undefined): text is SdistName['suffix'] {
  return text !== undefined
}
