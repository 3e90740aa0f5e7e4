/** What a file claims to be by its name. Suffixes are case-sensitive, as pip, uv and PyPI have them. */
export type NamedKind = 'wheel' | 'sdist' | 'variants-json' | 'unknown'

/** Any zip may be present: an sdist has at least a version in its name. */
const SDIST = /\.(?:tar\.gz|tgz|tar\.bz2|tar\.xz|tar\.Z|tar)$|-[^-]*\.zip$/

export function kindByName(filename: string): NamedKind {
  if (filename.endsWith('.whl')) return 'wheel'
  if (filename.endsWith('-variants.json')) return 'variants-json'
  return SDIST.test(filename) ? 'sdist' : 'unknown'
}
