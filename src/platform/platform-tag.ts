/** A platform tag taken apart (packaging.python.org, "Platform compatibility tags"). */
export type PlatformTag =
  | LinuxTag
  | {
      readonly os: 'macos'
      readonly tag: string
      readonly version: readonly [number, number]
      readonly archs: readonly string[]
    }
  | {
      readonly os: 'ios'
      readonly tag: string
      readonly version: readonly [number, number]
      readonly arch: string
      readonly simulator: boolean
    }
  | { readonly os: 'android'; readonly tag: string; readonly api: number; readonly arch: string; readonly abi: string }
  | { readonly os: 'windows'; readonly tag: string; readonly arch: string }
  | { readonly os: 'emscripten'; readonly tag: string; readonly platform: string | undefined }
  | { readonly os: 'any'; readonly tag: string }

export interface LinuxTag {
  readonly os: 'linux'
  readonly tag: string
  /** Undefined for `linux_*`, which promises nothing. */
  readonly libc: 'glibc' | 'musl' | undefined
  readonly version: readonly [number, number]
  readonly arch: string
}

/** The names before PEP 600, and the version of glibc that each stands for. */
export const LEGACY_MANYLINUX: Readonly<Record<string, readonly [number, number]>> = {
  manylinux1: [2, 5],
  manylinux2010: [2, 12],
  manylinux2014: [2, 17],
}

/** Architectures that a macOS tag stands for. */
const MACOS_ARCHS: Readonly<Record<string, readonly string[]>> = {
  universal2: ['arm64', 'x86_64'],
  universal: ['i386', 'ppc', 'ppc64', 'x86_64'],
  intel: ['i386', 'x86_64'],
  fat: ['i386', 'ppc'],
  fat3: ['i386', 'ppc', 'x86_64'],
  fat64: ['ppc64', 'x86_64'],
}

/** macOS 10.15 was the first that runs no 32-bit program, and macOS 10.6 the first without PowerPC. */
const runsOn = (arch: string, [major, minor]: readonly [number, number]): boolean =>
  arch.startsWith('ppc') ? major === 10 && minor < 6 : arch !== 'i386' || (major === 10 && minor < 15)

const ANDROID_ARCHS: Readonly<Record<string, string>> = {
  arm64_v8a: 'aarch64',
  x86_64: 'x86_64',
  x86: 'i686',
  armeabi_v7a: 'arm',
}

const WINDOWS_ARCHS: Readonly<Record<string, string>> = {
  win32: 'x86',
  win_amd64: 'amd64',
  win_arm64: 'arm64',
  win_arm32: 'arm32',
  win_ia64: 'ia64',
}

/** Takes a platform tag apart; undefined for one of another system, or in no known form. */
export function parsePlatformTag(tag: string): PlatformTag | undefined {
  if (tag === 'any') return { os: 'any', tag }
  const windows = Object.hasOwn(WINDOWS_ARCHS, tag) ? WINDOWS_ARCHS[tag] : undefined
  if (windows !== undefined) return { os: 'windows', tag, arch: windows }
  const versioned = /^(manylinux|musllinux)_(\d{1,4})_(\d{1,4})_(\w{1,40})$/.exec(tag)
  if (versioned) {
    const [, family, major, minor, arch = ''] = versioned
    const libc = family === 'manylinux' ? 'glibc' : 'musl'
    return { os: 'linux', tag, libc, version: [Number(major), Number(minor)], arch }
  }
  const legacy = /^(manylinux(?:1|2010|2014))_(\w{1,40})$/.exec(tag)
  if (legacy) {
    const version = LEGACY_MANYLINUX[legacy[1] ?? ''] ?? [2, 5]
    return { os: 'linux', tag, libc: 'glibc', version, arch: legacy[2] ?? '' }
  }
  const linux = /^linux_(\w{1,40})$/.exec(tag)
  if (linux) return { os: 'linux', tag, libc: undefined, version: [0, 0], arch: linux[1] ?? '' }
  const macos = /^macosx_(\d{1,4})_(\d{1,4})_(\w{1,40})$/.exec(tag)
  if (macos) {
    const arch = macos[3] ?? ''
    const archs = Object.hasOwn(MACOS_ARCHS, arch) ? (MACOS_ARCHS[arch] ?? []) : [arch]
    const version = [Number(macos[1]), Number(macos[2])] as const
    return { os: 'macos', tag, version, archs: archs.filter(one => one === arch || runsOn(one, version)) }
  }
  const ios = /^ios_(\d{1,4})_(\d{1,4})_(arm64|x86_64)_(iphoneos|iphonesimulator)$/.exec(tag)
  if (ios)
    return {
      os: 'ios',
      tag,
      version: [Number(ios[1]), Number(ios[2])],
      arch: ios[3] ?? '',
      simulator: ios[4] === 'iphonesimulator',
    }
  const android = /^android_(\d{1,4})_(arm64_v8a|x86_64|x86|armeabi_v7a)$/.exec(tag)
  if (android) {
    const abi = android[2] ?? ''
    return { os: 'android', tag, api: Number(android[1]), abi, arch: ANDROID_ARCHS[abi] ?? '' }
  }
  const wasm = /^(?:(?:pyemscripten|pyodide)_(\d{4}_\d{1,4})|emscripten_\d{1,4}_\d{1,4}_\d{1,4})_wasm32$/.exec(tag)
  if (wasm) return { os: 'emscripten', tag, platform: wasm[1] }
  return undefined
}

/** `2.17` style version of a tag, for messages and comparison. */
export function compareVersions(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1]
}
