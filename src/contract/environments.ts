import type { Wheel } from '../distribution/distribution.js'
import { compareVersions, parsePlatformTag } from '../platform/platform-tag.js'
import { admits, NEWEST_MINOR } from '../standards/python-versions.js'
import { specifiersOf } from '../views/parsed.js'
import { cp3Minor, cpythonAbi, possible } from '../views/tags.js'

/** An interpreter on a platform for which a wheel can be installed. */
export interface Environment {
  /** `CPython 3.12`, `CPython 3.14 free-threaded`, `PyPy 3.11`. */
  readonly interpreter: string
  /** Version of Python, `3.12`, where the interpreter is of one. */
  readonly python: string | undefined
  /** `Linux x86_64`, `Linux musl aarch64`, `macOS arm64`, `Windows amd64`, or EVERYWHERE. */
  readonly platform: string
  /** Lowest version of the system or C library among the wheels, with its name; absent where the tag states none. */
  readonly floor: { readonly of: string; readonly version: readonly [number, number] } | undefined
  readonly wheel: Wheel
  /** The tag names no version of an interpreter (`py3-none`): Requires-Python alone says which ones are meant. */
  readonly isGeneric: boolean
}

export const EVERYWHERE = 'every platform'

/** Interpreters and platforms that wheels serve, by `interpreter|platform`; the wheel with the lowest floor for each. */
export type Environments = ReadonlyMap<string, Environment>

/** More tags than this come from no real name. */
const MOST = 20_000

export function environmentsOf(wheels: readonly Wheel[]): Environments {
  const found = new Map<string, Environment>()
  for (const wheel of wheels) {
    if (found.size > MOST) break
    const pythons = interpretersOf(wheel)
    const isGeneric = wheel.name?.python.every(python => /^py[0-9]+$/.test(python)) === true
    for (const place of placesOf(wheel))
      for (const [interpreter, python] of pythons) {
        const key = `${interpreter}|${place.platform}`
        const known = found.get(key)
        if (!known || isLower(place.floor, known.floor))
          found.set(key, { interpreter, python, ...place, wheel, isGeneric })
      }
  }
  return found
}

const isLower = (a: Environment['floor'], b: Environment['floor']): boolean =>
  b !== undefined && (a === undefined || (a.of === b.of && compareVersions(a.version, b.version) < 0))

/** The environment in which a wheel of these is installed where the given one is. */
export function servedBy({ interpreter, platform }: Environment, environments: Environments): Environment | undefined {
  return environments.get(`${interpreter}|${platform}`) ?? environments.get(`${interpreter}|${EVERYWHERE}`)
}

/** Interpreters of the tags that Requires-Python admits, with their versions of Python. */
function interpretersOf(wheel: Wheel): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  const required = specifiersOf(wheel.metadata?.first('Requires-Python'))
  const add = (label: string, python?: string) => {
    if (python === undefined || required === undefined || admits(required, python)) found.set(label, python)
  }
  const from = (floor: number, flags: string) => {
    for (let minor = floor; minor <= NEWEST_MINOR; minor++) add(`CPython 3.${minor}${flags}`, `3.${minor}`)
  }
  for (const python of wheel.name?.python ?? [])
    for (const abi of wheel.name?.abi ?? []) {
      if (!possible(python, abi)) continue
      const cpython = cpythonAbi(abi)
      const minor = cp3Minor(python)
      const generic = /^py([23])([0-9]{0,2})$/.exec(python)
      if (cpython) {
        const { major, minor, flags } = cpython
        add(`CPython ${major}.${minor}${flags.includes('t') ? FREE : ''}`, `${major}.${minor}`)
      } else if (abi === 'abi3' && minor !== undefined) from(minor, '')
      else if (abi === 'abi3t' && minor !== undefined) from(minor, FREE)
      else if (/^pp[0-9]{2,3}$/.test(python)) add(`PyPy ${dotted(python.slice(2))}`, dotted(python.slice(2)))
      else if (abi !== 'none') add(`${python}-${abi}`)
      else if (minor !== undefined) {
        add(`CPython 3.${minor}`, `3.${minor}`)
        if (minor >= 13) add(`CPython 3.${minor}${FREE}`, `3.${minor}`)
      } else if (generic?.[1] === '3') {
        const floor = generic[2] ? Number(generic[2]) : 0
        from(floor, '')
        from(Math.max(floor, 13), FREE)
        for (const minor of PYPY) if (minor >= floor) add(`PyPy 3.${minor}`, `3.${minor}`)
      } else if (generic) add('Python 2', '2.7')
      else add(python)
    }
  return found
}

const FREE = ' free-threaded'
/** Versions of Python 3 that PyPy has implemented. */
const PYPY = [5, 6, 7, 8, 9, 10, 11]

const dotted = (digits: string) => `${digits[0]}.${digits.slice(1)}`

/** Platforms of the tags, with what they ask of the system. */
function placesOf(wheel: Wheel): readonly Pick<Environment, 'platform' | 'floor'>[] {
  return (wheel.name?.platform ?? []).flatMap(text => {
    const tag = parsePlatformTag(text)
    switch (tag?.os) {
      case 'any':
        return [{ platform: EVERYWHERE, floor: undefined }]
      case 'linux': {
        const of = tag.libc === 'musl' ? 'musl' : 'glibc'
        const platform = tag.libc === 'musl' ? `Linux musl ${tag.arch}` : `Linux ${tag.arch}`
        return [{ platform, floor: tag.libc ? { of, version: tag.version } : undefined }]
      }
      case 'macos':
        return tag.archs.map(arch => {
          // The first macOS on arm64 is 11.0, whatever the tag of both architectures says.
          const version: readonly [number, number] = arch === 'arm64' && tag.version[0] < 11 ? [11, 0] : tag.version
          return { platform: `macOS ${arch}`, floor: { of: 'macOS', version } }
        })
      case 'ios':
        return [
          {
            platform: `iOS ${tag.arch}${tag.simulator ? ' simulator' : ''}`,
            floor: { of: 'iOS', version: tag.version },
          },
        ]
      case 'android':
        return [{ platform: `Android ${tag.abi}`, floor: { of: 'Android API', version: [tag.api, 0] as const } }]
      case 'windows':
        return [{ platform: `Windows ${tag.arch}`, floor: undefined }]
      case 'emscripten':
        return [{ platform: 'Emscripten wasm32', floor: undefined }]
      default:
        return [{ platform: text, floor: undefined }]
    }
  })
}
