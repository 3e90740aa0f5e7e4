import type { Member } from '../../src/archive/archive.js'
import type { Release, Sdist } from '../../src/distribution/distribution.js'
import { oncePer } from '../../src/once.js'

/** The files of a release's sdists, indexed by content and by path. */
export interface Sources {
  readonly sdists: readonly Sdist[]
  /** SHA-256 of every file. */
  readonly hashes: ReadonlySet<string>
  /** Paths below the top directory. */
  readonly paths: ReadonlySet<string>
  /** The file that would be installed at this path: the same path below some folder of the sdist. */
  at(path: string): Member | undefined
  /** The files of this name, wherever they are. */
  named(name: string): readonly Member[]
  /** Is there a file of this name somewhere? */
  hasName(name: string): boolean
}

/** Undefined if there is no sdist, or an empty one. */
export const sourcesOf = oncePer((release: Release): Sources | undefined => read(release.sdists))

function read(sdists: readonly Sdist[]): Sources | undefined {
  if (sdists.length === 0 || sdists.some(sdist => sdist.members.files.length === 0)) return undefined
  const hashes = new Set<string>()
  const paths = new Map<string, Member>()
  const found = new Map<string, Member | undefined>()
  const byName = new Map<string, [path: string, member: Member][]>()
  for (const sdist of sdists)
    for (const member of sdist.members) {
      // A link is the file that it points to; its content is not looked up.
      if (member.type === 'directory') continue
      const path = belowTop(member.path)
      if (path === '') continue
      if (member.sha256 !== '') hashes.add(member.sha256)
      paths.set(path, member)
      const name = path.slice(path.lastIndexOf('/') + 1)
      const same = byName.get(name)
      if (same) same.push([path, member])
      else byName.set(name, [[path, member]])
    }
  return {
    sdists,
    hashes,
    paths: new Set(paths.keys()),
    named: name => (byName.get(name) ?? []).map(([, member]) => member),
    hasName: name => byName.has(name),
    at(path) {
      // Wheels of one release request the same paths.
      if (!found.has(path)) {
        const candidates = byName.get(path.slice(path.lastIndexOf('/') + 1)) ?? []
        const below = candidates.find(([candidate]) => candidate.endsWith(`/${path}`))
        found.set(path, paths.get(path) ?? below?.[1])
      }
      return found.get(path)
    },
  }
}

/** Path without the sdist's top directory. */
export const belowTop = (path: string): string => path.replace(/^(?:\.\/)*\/?[^/]+\//, '').replace(/^(?:\.\/)+/, '')

/** May the two be the same text, with CRLF line endings in the first? Lines are rarely shorter than six characters. */
export const mayBeCrlf = (file: Member, original: Member): boolean =>
  file.actualSize > original.actualSize && file.actualSize <= original.actualSize * 1.15 + 16

/** Were the wheel and the sdist built with different line endings: every text longer, or every text shorter? */
export function differInLineEnds(pairs: readonly (readonly [file: Member, original: Member])[]): boolean {
  const fits = (a: Member, b: Member) => a.actualSize > b.actualSize && a.actualSize <= b.actualSize * 2
  return (
    pairs.length >= 3 &&
    (pairs.every(([file, original]) => fits(file, original)) || pairs.every(([file, original]) => fits(original, file)))
  )
}
