import type { Member } from '../archive/archive.js'
import { clean } from '../archive/links.js'
import type { Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'

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

/** If the data scheme leads there: only on such systems, and only for one version of Python. */
type Only = { readonly system: System; readonly python?: string | undefined } | undefined

/** A file that Python finds. There may be 100,000 of them, so what can be computed is not kept. */
export class Installed {
  /** Path below site-packages, or below another root. */
  readonly path: string
  readonly member: Member

  constructor(path: string, member: Member) {
    this.path = path
    this.member = member
  }

  /** First part of the path. */
  get top(): string {
    const end = this.path.indexOf('/')
    return end < 0 ? this.path : this.path.slice(0, end)
  }

  get parts(): readonly string[] {
    return this.path.split('/')
  }
}

/** Where a file of a wheel is after pip or uv installed it. */
export class Placed extends Installed {
  readonly root: Root
  /** Scheme of `.data` that leads there; undefined for the wheel's root. */
  readonly scheme: string | undefined
  readonly only: Only

  constructor(path: string, member: Member, root: Root, scheme?: string, only?: Only) {
    super(path, member)
    this.root = root
    this.scheme = scheme
    this.only = only
  }
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
    return new Placed(path, member, 'site')
  const [, scheme, below] = /^[^/]+\/([^/]+)\/(.+)$/s.exec(path) ?? []
  if (scheme === undefined || below === undefined) return undefined
  if (scheme === 'purelib' || scheme === 'platlib') return new Placed(below, member, 'site', scheme)
  if (scheme === 'scripts' || scheme === 'headers') return new Placed(below, member, scheme, scheme)
  if (scheme !== 'data') return undefined
  const { root, path: rest, only } = belowPrefix(below)
  return new Placed(rest, member, root, scheme, only)
}

const isScheme = (path: string) => /^[^/]+\/(?:purelib|platlib|scripts|headers|data)\//.test(path)

/** What a path below the prefix means to Python there. */
function belowPrefix(path: string): { readonly root: Root; readonly path: string; readonly only: Only } {
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

/**
 * Everything that is installed into site-packages, from the root of the wheel and from the schemes of `.data` that lead there, except
 * the .dist-info directory at the root.
 */
export const installed = oncePer((wheel: Wheel): readonly Installed[] =>
  installTree(wheel).filter(
    ({ root, path, scheme }) => root === 'site' && (scheme !== undefined || !isRootDistInfo(path)),
  ),
)

const isRootDistInfo = (path: string) => /^[^/]+\.dist-info\/./s.test(path)

const MODULE_SUFFIX = /(?:\.(?:cpython|abi3|abi3t|cp|pypy|graalpy)[^/.]*)?\.(?:py|so|pyd)$/

/** Top-level importable name of an installed file, or undefined: `demo` of `demo/core.py` and of `demo.cpython-313-darwin.so`. */
export function topName({ path, top }: Installed): string | undefined {
  if (path.includes('/')) return top
  // No file system has a longer name.
  if (path.length > 255) return undefined
  return MODULE_SUFFIX.test(path) ? path.replace(MODULE_SUFFIX, '') : undefined
}
