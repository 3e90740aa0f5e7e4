import type { Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import type { NativeFile } from '../../src/native/index.js'
import type { LinuxTag, PlatformTag } from '../../src/platform/platform-tag.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { finding } from '../../src/rule.js'

export const PLATFORM_TAGS = 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/'
export const ABI3 = 'https://docs.python.org/3/c-api/stable.html'
export const EXTENSION_SUFFIXES =
  'https://docs.python.org/3/library/importlib.html#importlib.machinery.EXTENSION_SUFFIXES'

/**
 * A finding about a binary, and a value of it where there is one. Its subject is the file without the tags, versions
 * and hashes in its name: the same problem in the next release, or in the wheel for the next Python, has the same one.
 */
export function nativeFinding(
  file: NativeFile,
  value: string | undefined,
  message: string,
  more: Omit<Draft, 'at' | 'message' | 'subject'> = {},
): Draft {
  const about = value === undefined ? '' : ` ${nameless(value)}`
  return finding({ member: file.path, value }, message, { ...more, subject: `${nameless(file.path)}${about}` })
}

/** `demo.libs/libx-1a2b3c4d.so.1` → `demo.libs/libx.so`, `demo/_x.cpython-312-darwin.so` → `demo/_x`. */
export function nameless(text: string): string {
  return text
    .slice(0, 1000)
    .replace(/\.(?:cpython-|cp\d|pypy\d|graalpy\d|abi3)[^/]*$/, '')
    .replace(/-[0-9a-f]{6,40}(?![\w])/g, '')
    .replace(/\.?\d+/g, '')
}

/** Platform tags of one system. */
export function tagsFor<O extends PlatformTag['os']>(wheel: Wheel, os: O): readonly Extract<PlatformTag, { os: O }>[] {
  return nativeSubject(wheel).platforms.filter((tag): tag is Extract<PlatformTag, { os: O }> => tag.os === os)
}

/** manylinux and musllinux tags: those that guarantee something. */
export function portableTags(wheel: Wheel): readonly LinuxTag[] {
  return tagsFor(wheel, 'linux').filter(tag => tag.libc !== undefined)
}
