import type { Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import type { ElfFile, NativeFile } from '../../src/native/index.js'
import { linkageOf } from '../../src/platform/linkage.js'
import type { LinuxTag, PlatformTag } from '../../src/platform/platform-tag.js'
import { providerOf } from '../../src/platform/providers.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { finding } from '../../src/rule.js'
import { applicable } from '../../src/views/applicable.js'
import type { Dependency } from '../../src/views/dependencies.js'

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
function nameless(text: string): string {
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

/** The distribution that is expected to provide a library. */
export interface Provider {
  readonly name: string
  /** True when only an extra requires it. */
  readonly extra: boolean
}

/** The required distribution that provides a library where the wheel is installed. */
export function providerIn(wheel: Wheel, library: string, files: readonly NativeFile[]): Provider | undefined {
  const { hard, extra } = applicable(wheel)
  const folders = files.flatMap(file => (file.format === 'elf' ? foreignFolders(wheel, file) : []))
  const among = (all: readonly Dependency[]) =>
    providerOf(
      library,
      all.map(one => ({ name: one.name, pinned: isPinned(one, wheel.version) })),
      wheel.project,
      folders,
      files.every(file => isSearchedNear(file, library)),
    )
  const name = among(hard)
  if (name !== undefined) return { name, extra: false }
  const other = among(extra)
  return other === undefined ? undefined : { name: other, extra: true }
}

/** Is a library searched in a directory relative to the file that loads it? */
function isSearchedNear(file: NativeFile, library: string): boolean {
  if (file.format === 'elf') return /\$\{?ORIGIN/.test(file.runpath ?? file.rpath ?? '')
  return file.format === 'macho' && library.startsWith('@')
}

/** Required in the version of the wheel, or in a build of it: `==6.12.0.140` for 6.12.0. */
function isPinned({ requirement }: Dependency, version: string | undefined): boolean {
  return (
    version !== undefined &&
    requirement.specifier.clauses.some(
      one => one.operator === '==' && (one.version === version || one.version.startsWith(`${version}.`)),
    )
  )
}

/**
 * First parts of the directories that a file searches and that the wheel does not contain: those of other
 * distributions.
 */
function foreignFolders(wheel: Wheel, file: ElfFile): readonly string[] {
  const own = new Set(wheel.members.files.map(member => nativeSubject(wheel).installed(member.path).split('/', 1)[0]))
  const text = file.runpath ?? file.rpath
  if (text === undefined) return []
  return linkageOf(wheel)
    .directories(file, text)
    .flatMap(one => (one.kind === 'inside' ? one.path.split('/') : []))
    .filter(folder => folder !== '' && !own.has(folder))
}
