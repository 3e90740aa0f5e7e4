import type { WheelName } from '../distribution/filename.js'
import { groupBy } from '../group-by.js'
import { compareVersions, type PlatformTag, parsePlatformTag } from '../platform/platform-tag.js'
import { cpythonAbi } from '../views/tags.js'
import type { ShownTags } from './shown.js'

const INTERPRETERS: Readonly<Record<string, string>> = {
  py: 'Python',
  cp: 'CPython',
  pp: 'PyPy',
  ip: 'IronPython',
  jy: 'Jython',
  graalpy: 'GraalPy',
}

const ARCHS: Readonly<Record<string, string>> = {
  x86_64: 'x86-64',
  amd64: 'x86-64',
  aarch64: 'ARM64',
  arm64: 'ARM64',
  i686: '32-bit x86',
  i386: '32-bit x86',
  x86: '32-bit x86',
  arm: '32-bit ARM',
  arm32: '32-bit ARM',
  armv6l: '32-bit ARMv6',
  armv7l: '32-bit ARMv7',
  ppc64le: 'little-endian POWER',
  ppc64: 'big-endian POWER',
  s390x: 'IBM Z',
  riscv64: '64-bit RISC-V',
  loongarch64: 'LoongArch64',
  ia64: 'Itanium',
}

const archText = (arch: string): string => (Object.hasOwn(ARCHS, arch) ? (ARCHS[arch] ?? arch) : arch)

/** Apple's own words. */
const appleText = (archs: readonly string[]): string =>
  archs
    .map(arch => (arch === 'arm64' ? 'Apple silicon' : arch === 'x86_64' ? 'Intel' : archText(arch)))
    .sort()
    .join(' and ')

interface PythonTag {
  readonly kind: string
  readonly major: string
  readonly minor: string
}

function pythonTag(tag: string): PythonTag | undefined {
  const [, kind, major, minor] = /^(py|cp|pp|ip|jy|graalpy)([0-9])([0-9]{0,3})$/.exec(tag) ?? []
  return kind === undefined || major === undefined || minor === undefined ? undefined : { kind, major, minor }
}

const versionText = ({ major, minor }: PythonTag): string => (minor === '' ? major : `${major}.${minor}`)

/** A Python tag with the ABI tags next to it: `cp39` is CPython 3.9, and with `abi3` every later one. */
function pythonText(tag: string, abis: readonly string[]): string {
  const python = pythonTag(tag)
  if (!python) return `the interpreter ${tag}`
  const name = INTERPRETERS[python.kind] ?? python.kind
  const version = `${name} ${versionText(python)}`
  if (python.kind === 'py') return python.minor === '' || python.major === '2' ? version : `${version} and later`
  if (python.kind !== 'cp') return version
  const isStable = abis.includes('abi3')
  const isFree = abis.includes('abi3t')
  if (isStable || isFree) return `${isStable ? '' : 'free-threaded '}${version} and later`
  const own = abis.flatMap(abi => cpythonAbi(abi) ?? []).filter(abi => abi.python === tag)
  const flags = [...new Set(own.map(abi => abi.flags))]
  const said = flags.map(flag => flagged(version, flag))
  return said.length === 0 ? version : orList([...new Set(said)])
}

/** `m` was in every build up to 3.7, and `u` in those that Linux distributions made of Python 2. */
function flagged(version: string, flags: string): string {
  const before = [flags.includes('t') ? 'free-threaded ' : '', flags.includes('d') ? 'debug builds of ' : '']
  return `${before.join('')}${version}${flags.includes('u') ? ' with wide Unicode' : ''}`
}

/** `a`, `a or b`, `a, b or c`. */
const orList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`

function abiText(tag: string): string {
  if (tag === 'none') return 'no Python ABI: pure Python, or libraries that Python does not import'
  if (tag === 'abi3') return 'the stable ABI'
  if (tag === 'abi3t') return 'the stable ABI of free-threaded Python'
  const cpython = cpythonAbi(tag)
  if (cpython) return `the ABI of ${flagged(`CPython ${cpython.major}.${cpython.minor}`, cpython.flags)}`
  const [, python, pypy] = /^pypy([0-9]+)_pp([0-9]+)$/.exec(tag) ?? []
  if (python !== undefined && pypy !== undefined) return `the ABI of PyPy ${dotted(pypy)} for Python ${dotted(python)}`
  const [, graalpy] = /^graalpy([0-9]+)_/.exec(tag) ?? []
  return graalpy === undefined ? `the ABI ${tag}` : `the ABI of GraalPy ${dotted(graalpy)}`
}

/** `310` → `3.10`. */
const dotted = (digits: string): string => (digits.length < 2 ? digits : `${digits[0]}.${digits.slice(1)}`)

const at = (version: readonly [number, number]): string => `${version[0]}.${version[1]}`

/** What a system is called, apart from its version: tags that agree in it are one, with the oldest version. */
export function systemOf(tag: PlatformTag): string {
  switch (tag.os) {
    case 'linux':
      return `linux ${tag.libc ?? ''} ${tag.arch}`
    case 'macos':
      return `macos ${tag.archs.join(' ')}`
    case 'ios':
      return `ios ${tag.arch} ${tag.simulator}`
    case 'android':
      return `android ${tag.abi}`
    default:
      return tag.tag
  }
}

function platformText(tag: PlatformTag): string {
  switch (tag.os) {
    case 'any':
      return 'any platform'
    case 'linux': {
      if (tag.libc === undefined) return `Linux like that of the build machine on ${archText(tag.arch)}`
      const libc = tag.libc === 'glibc' ? 'glibc' : 'musl'
      return `Linux with ${libc} ${at(tag.version)} or later on ${archText(tag.arch)}`
    }
    case 'macos':
      // From macOS 11 on only the first number counts.
      return `macOS ${tag.version[0] >= 11 ? tag.version[0] : at(tag.version)} or later on ${appleText(tag.archs)}`
    case 'ios':
      return `iOS ${at(tag.version)} or later ${tag.simulator ? `in the simulator on ${appleText([tag.arch])}` : 'on devices'}`
    case 'android':
      return `Android with API level ${tag.api} or later on ${archText(tag.arch)}`
    case 'windows':
      return `Windows on ${archText(tag.arch)}`
    case 'emscripten':
      return tag.platform === undefined ? 'Emscripten (WebAssembly)' : `Pyodide ${tag.platform} (WebAssembly)`
  }
}

const one = (tag: string): string => {
  const parsed = parsePlatformTag(tag)
  return parsed ? platformText(parsed) : `the platform ${tag}`
}

/** Of several tags for one system the oldest says all. */
function platformsText(tags: readonly string[]): string {
  const parsed = tags.flatMap(tag => parsePlatformTag(tag) ?? [])
  const others = tags.filter(tag => parsePlatformTag(tag) === undefined).map(one)
  const oldest = [...groupBy(parsed, systemOf).values()].map(group => group.reduce((a, b) => (isOlder(b, a) ? b : a)))
  return orList([...new Set([...oldest.map(platformText), ...others])])
}

function isOlder(a: PlatformTag, b: PlatformTag): boolean {
  if (a.os === 'android' && b.os === 'android') return a.api < b.api
  if ('version' in a && 'version' in b) return compareVersions(a.version, b.version) < 0
  return false
}

function pythonsText(pythons: readonly string[], abis: readonly string[]): string {
  const majors = pythons.map(pythonTag)
  // `py2.py3`
  if (pythons.length === 2 && majors.every(tag => tag?.kind === 'py' && tag.minor === ''))
    return `Python ${majors.map(tag => tag?.major).join(' and ')}`
  // `cp38.cp39`: the older one with the stable ABI says all.
  const texts = [...new Set(pythons.map(tag => pythonText(tag, abis)))]
  return orList(texts)
}

/** What the tags of a wheel's name mean. */
export function shownTags({ python, abi, platform }: Pick<WheelName, 'python' | 'abi' | 'platform'>): ShownTags {
  return {
    meaning: `${pythonsText(python, abi)}, ${platformsText(platform)}`,
    python: python.map(tag => ({ tag, meaning: pythonText(tag, abi) })),
    abi: abi.map(tag => ({ tag, meaning: abiText(tag) })),
    platform: platform.map(tag => ({ tag, meaning: one(tag) })),
  }
}
