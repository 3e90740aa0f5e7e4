import type { Member } from '../archive/archive.js'
import { clean } from '../archive/links.js'
import type { Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'

/** A file as an installer puts it into site-packages: the wheel's root, and the parts of `.data` that lead there. */
export interface Installed {
  /** Path below site-packages. */
  readonly path: string
  readonly parts: readonly string[]
  readonly member: Member
}

/** The directories that installers know. */
type Root =
  /** site-packages. */
  | 'site'
  /** The scripts directory: `bin` or `Scripts`. */
  | 'scripts'
  | 'headers'
  /** The standard library, or the zip before it: below the prefix, which is that of Python outside of a virtual environment. */
  | 'stdlib'
  /** Anything else below the prefix. */
  | 'prefix'

type System = 'posix' | 'windows'

/** Where a file of a wheel is after pip or uv installed it. */
export interface Placed {
  readonly root: Root
  /** Path below the root. */
  readonly path: string
  readonly member: Member
  /** Scheme of `.data` that leads there; undefined for the wheel's root. */
  readonly scheme: string | undefined
  /** If the data scheme leads there: only on such systems, and only for one version of Python. */
  readonly only: { readonly system: System; readonly python?: string | undefined } | undefined
}

/** Every file of a wheel where installers put it, without directories, links and what installers reject or skip. */
export const installTree = oncePer((wheel: Wheel): readonly Placed[] =>
  wheel.members.files.flatMap(member => {
    const placed = place(member, wheel.distInfo)
    return placed ? [placed] : []
  }),
)

function place(member: Member, distInfo: string | undefined): Placed | undefined {
  // Installers join the parts, so `./a.py` is at the root.
  const path = clean(member.path) ?? member.path
  const end = path.indexOf('/')
  const top = end < 0 ? '' : path.slice(0, end)
  // pip uses every such directory, uv only that of the wheel.
  if (
    !top.endsWith('.data') ||
    (distInfo !== undefined && distInfo !== `${top.slice(0, -5)}.dist-info` && !isScheme(path))
  )
    return { root: 'site', path, member, scheme: undefined, only: undefined }
  const [, scheme, below] = /^[^/]+\/([^/]+)\/(.+)$/s.exec(path) ?? []
  if (scheme === undefined || below === undefined) return undefined
  if (scheme === 'purelib' || scheme === 'platlib')
    return { root: 'site', path: below, member, scheme, only: undefined }
  if (scheme === 'scripts' || scheme === 'headers')
    return { root: scheme, path: below, member, scheme, only: undefined }
  return scheme === 'data' ? { member, scheme, ...belowPrefix(below) } : undefined
}

const isScheme = (path: string) => /^[^/]+\/(?:purelib|platlib|scripts|headers|data)\//.test(path)

/** What a path below the prefix means to Python there. */
function belowPrefix(path: string): Pick<Placed, 'root' | 'path' | 'only'> {
  const [, python, packages, ofPosix] =
    /^lib(?:64)?\/(?:python|pypy)([0-9.]+t?)\/((?:site|dist)-packages\/)?(.+)$/s.exec(path) ?? []
  if (ofPosix !== undefined)
    return { root: packages ? 'site' : 'stdlib', path: ofPosix, only: { system: 'posix', python } }
  const [, ofWindows] = /^lib\/site-packages\/(.+)$/is.exec(path) ?? []
  if (ofWindows !== undefined) return { root: 'site', path: ofWindows, only: { system: 'windows' } }
  const [, folder, command] = /^(bin|Scripts)\/(.+)$/s.exec(path) ?? []
  if (command !== undefined)
    return { root: 'scripts', path: command, only: { system: folder === 'bin' ? 'posix' : 'windows' } }
  const [, digits] = /^(?:lib\/)?python(3[0-9]+)\.zip$/i.exec(path) ?? []
  if (digits !== undefined)
    return {
      root: 'stdlib',
      path,
      only: { system: path.startsWith('lib/') ? 'posix' : 'windows', python: `3.${digits.slice(1)}` },
    }
  const [, library] = /^(?:Lib|DLLs)\/(.+\.(?:py|pyc|pyd|dll))$/s.exec(path) ?? []
  if (library !== undefined) return { root: 'stdlib', path: library, only: { system: 'windows' } }
  return { root: 'prefix', path, only: undefined }
}

/** Everything that is installed into site-packages, except the .dist-info directory at the root of the wheel. */
export const installed = oncePer((wheel: Wheel): readonly Installed[] =>
  installTree(wheel).flatMap(({ root, path, member, scheme }) =>
    root !== 'site' || (scheme === undefined && isRootDistInfo(path)) ? [] : [{ path, parts: path.split('/'), member }],
  ),
)

const isRootDistInfo = (path: string) => /^[^/]+\.dist-info\/./s.test(path)

const MODULE_SUFFIX = /(?:\.(?:cpython|abi3|abi3t|cp|pypy|graalpy)[^/.]*)?\.(?:py|so|pyd)$/

/** Top-level importable name of an installed file, or undefined: `demo` of `demo/core.py` and of `demo.cpython-313-darwin.so`. */
export function topName({ parts }: Installed): string | undefined {
  const [first = ''] = parts
  if (parts.length > 1) return first
  // No file system has a longer name.
  if (first.length > 255) return undefined
  return MODULE_SUFFIX.test(first) ? first.replace(MODULE_SUFFIX, '') : undefined
}
