/** What the suffix of an extension module says of the interpreter that imports it. */
export interface ExtensionSuffix {
  /** Module name: what stands before the suffix. */
  readonly module: string
  readonly suffix: string
  readonly abi:
    | { readonly kind: 'cpython'; readonly version: string; readonly flags: string }
    | { readonly kind: 'stable'; readonly name: 'abi3' | 'abi3t' }
    | { readonly kind: 'pypy'; readonly version: string; readonly abi: string }
    | { readonly kind: 'graalpy'; readonly version: string; readonly abi: string }
    /** `.so` or `.pyd`: every interpreter takes it. */
    | { readonly kind: 'plain' }
  readonly platform: SuffixPlatform | undefined
}

interface SuffixPlatform {
  readonly text: string
  readonly os: 'linux' | 'macos' | 'ios' | 'android' | 'windows' | 'emscripten' | undefined
  readonly arch: string | undefined
  readonly libc: 'glibc' | 'musl' | undefined
  readonly simulator?: boolean
}

/** Reads the suffix of a base name (importlib.machinery, EXTENSION_SUFFIXES of CPython, PyPy, GraalPy); undefined when none. */
export function extensionSuffix(base: string): ExtensionSuffix | undefined {
  if (base.length > 255) return undefined
  const made = (
    match: RegExpExecArray,
    abi: ExtensionSuffix['abi'],
    platform: string | undefined,
  ): ExtensionSuffix => ({
    module: base.slice(0, match.index),
    suffix: base.slice(match.index),
    abi,
    platform: platform === undefined ? undefined : suffixPlatform(platform),
  })
  const cpython = /\.cpython-(\d{2,4})([a-z]{0,4})(?:-([\w-]+))?\.so$/.exec(base)
  if (cpython) return made(cpython, { kind: 'cpython', version: cpython[1] ?? '', flags: cpython[2] ?? '' }, cpython[3])
  const stable = /\.(abi3t?)(?:-([\w-]+))?\.so$/.exec(base)
  if (stable) return made(stable, { kind: 'stable', name: stable[1] === 'abi3t' ? 'abi3t' : 'abi3' }, stable[2])
  const windows = /(?:_d)?\.cp(\d{2,4})(t?)-(win\w{1,10})\.pyd$/.exec(base)
  if (windows) return made(windows, { kind: 'cpython', version: windows[1] ?? '', flags: windows[2] ?? '' }, windows[3])
  const pypy = /\.pypy(\d{2,4})-pp(\d{2,3})-([\w-]+)\.(?:so|pyd)$/.exec(base)
  if (pypy) return made(pypy, { kind: 'pypy', version: pypy[1] ?? '', abi: `pp${pypy[2] ?? ''}` }, pypy[3])
  const graalpy = /\.graalpy(\d{2,3})-(\d{2,3})-native-([\w-]+)\.(?:so|dylib|pyd)$/.exec(base)
  if (graalpy) return made(graalpy, { kind: 'graalpy', version: graalpy[1] ?? '', abi: graalpy[2] ?? '' }, graalpy[3])
  const plain = /\.(?:so|pyd)$/.exec(base)
  return plain ? made(plain, { kind: 'plain' }, undefined) : undefined
}

/** True when the name itself says that Python imports the file; a plain `.so` may be any library. */
export function isExtensionName(path: string): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1)
  const suffix = extensionSuffix(base)
  return suffix !== undefined && (suffix.abi.kind !== 'plain' || base.endsWith('.pyd'))
}

const ARCHES: Readonly<Record<string, string>> = {
  x86_64: 'x86_64',
  i386: 'i686',
  i686: 'i686',
  x86: 'i686',
  aarch64: 'aarch64',
  powerpc64le: 'ppc64le',
  powerpc64: 'ppc64',
  ppc_64: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
  loongarch64: 'loongarch64',
}

const WINDOWS: Readonly<Record<string, string>> = {
  win32: 'x86',
  win_amd64: 'amd64',
  win_arm64: 'arm64',
  win_arm32: 'arm32',
}

function suffixPlatform(text: string): SuffixPlatform {
  const none: SuffixPlatform = { text, os: undefined, arch: undefined, libc: undefined }
  if (text === 'darwin') return { ...none, os: 'macos' }
  if (text === 'iphoneos' || text === 'iphonesimulator') return { ...none, os: 'ios', simulator: text !== 'iphoneos' }
  if (text === 'wasm32-emscripten') return { ...none, os: 'emscripten' }
  if (Object.hasOwn(WINDOWS, text)) return { ...none, os: 'windows', arch: WINDOWS[text] }
  const linux = /^(\w+)-linux-(gnu|musl|android)(\w*)$/.exec(text)
  if (!linux) return none
  const [, name = '', system, abi = ''] = linux
  const arm = name === 'arm' ? (abi.endsWith('hf') ? 'armv7l' : 'arm') : undefined
  const arch = Object.hasOwn(ARCHES, name) ? ARCHES[name] : arm
  if (system === 'android') return { ...none, os: 'android', arch }
  return { ...none, os: 'linux', arch, libc: system === 'musl' ? 'musl' : 'glibc' }
}
