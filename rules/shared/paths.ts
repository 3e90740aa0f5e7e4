import type { Member } from '../../src/archive/archive.js'
import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { finding } from '../../src/rule.js'
import { uvNamesOf } from './tar.js'

type More = Omit<Draft, 'at' | 'message'>

/**
 * One finding for each path that `say` has something to say about; a path that appears twice counts once. Where uv has another
 * path for a member, that one decides whether uv refuses it.
 */
export function* eachPath(
  subject: Wheel | Sdist,
  say: (path: string, member: Member) => string | undefined,
  more?: More | ((path: string) => More),
): Generator<Draft> {
  const seen = new Set<string>()
  const uvNames = subject.kind === 'sdist' ? uvNamesOf(subject) : undefined
  const moreOf = (path: string) => (typeof more === 'function' ? more(path) : more)
  for (const member of subject.members) {
    const { path, offset } = member
    const message = say(path, member)
    if (message === undefined || seen.has(path)) continue
    seen.add(path)
    const uvName = uvNames?.get(member)
    const refused = uvName === undefined || say(uvName, member) !== undefined
    yield finding({ member: path, offset }, message, refused ? moreOf(path) : withoutUv(moreOf(path)))
  }
}

const withoutUv = (more: More | undefined): More | undefined =>
  more?.enforcedBy && { ...more, enforcedBy: more.enforcedBy.filter(who => who !== 'uv') }

/** A device of Windows, with or without an extension; superscript digits count as digits. */
export const isDeviceName = (part: string): boolean =>
  /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³]) *(?:[.:]|$)/i.test(part)

/** Parts of a path between `/`; a trailing `/` (a directory) does not add a part. */
export function parts(path: string): readonly string[] {
  return (path.endsWith('/') ? path.slice(0, -1) : path).split('/')
}

/** Is it for Windows only? Then what Windows cannot write breaks it for everybody. */
export function isWindowsWheel(subject: Wheel | Sdist): boolean {
  return (
    subject.kind === 'wheel' &&
    subject.name !== undefined &&
    subject.name.platform.length > 0 &&
    subject.name.platform.every(platform => platform.startsWith('win'))
  )
}

/** `U+202E`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

export const WINDOWS_NAMES = 'https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file'
export const WHEEL_FORMAT = 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/'
export const SDIST_FEATURES =
  'https://packaging.python.org/en/latest/specifications/source-distribution-format/#source-distribution-archive-features'
