import type { Member } from '../archive/archive.js'
import { clean } from '../archive/links.js'
import type { Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'

/** A file as an installer puts it into site-packages: the wheel's root, `.data/purelib/` and `.data/platlib/`. */
export interface Installed {
  /** Path below site-packages. */
  readonly path: string
  readonly parts: readonly string[]
  readonly member: Member
}

/** Everything that lands in site-packages but the dist-info directory. */
export const installed = oncePer((wheel: Wheel): readonly Installed[] =>
  wheel.members.files.flatMap(member => {
    const path = installPath(member.path)
    return path === undefined ? [] : [{ path, parts: path.split('/'), member }]
  }),
)

function installPath(stored: string): string | undefined {
  // Installers join the parts, so that `./a.py` lies at the root.
  const path = clean(stored) ?? stored
  const [first = '', second = ''] = path.split('/', 2)
  if (first.endsWith('.dist-info') && second !== '') return undefined
  if (!first.endsWith('.data')) return path
  const scheme = /^[^/]+\.data\/(?:purelib|platlib)\/(.+)$/s.exec(path)
  return scheme?.[1]
}

const MODULE_SUFFIX = /(?:\.(?:cpython|abi3|abi3t|cp|pypy|graalpy)[^/]*)?\.(?:py|so|pyd)$/

/** Top-level importable name of an installed file, or undefined: `demo` of `demo/core.py` and of `demo.cpython-313-darwin.so`. */
export function topName({ parts }: Installed): string | undefined {
  const [first = ''] = parts
  if (parts.length > 1) return first
  // No file system has a longer name.
  if (first.length > 255) return undefined
  return MODULE_SUFFIX.test(first) ? first.replace(MODULE_SUFFIX, '') : undefined
}
