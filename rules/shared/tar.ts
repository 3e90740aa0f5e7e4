import type { Member } from '../../src/archive/archive.js'
import { followLinks, type Links } from '../../src/archive/links.js'
import { isOf } from '../../src/archive/problem.js'
import { type Unpacked, type UnpackFault, type UnpackNote, unpack } from '../../src/archive/unpack.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import { groupBy } from '../../src/group-by.js'
import { oncePer } from '../../src/once.js'
import { withoutEnd } from '../../src/text/ends.js'

export const PAX_FORMAT = 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_01'
export const USTAR_FORMAT = 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06'
export const GNU_FORMAT = 'https://www.gnu.org/software/tar/manual/html_node/Standard.html'
export const GZIP_FORMAT = 'https://www.rfc-editor.org/rfc/rfc1952'
export const SDIST_FORMAT = 'https://packaging.python.org/en/latest/specifications/source-distribution-format/'
/** What installers must refuse in an sdist (PEP 721). */
export const SDIST_ARCHIVE = `${SDIST_FORMAT}#source-distribution-archive-features`
export const PYPI_UPLOAD = 'https://docs.pypi.org/api/upload/'

/** What helps where the bytes of the archive are damaged. */
export const BUILD_AGAIN = 'Rebuild the file with a build backend, and upload it unchanged.'

/** The names of members that uv has by another name than pip: it does not read a prefix in the GNU format. */
export const uvNamesOf = oncePer(({ members, problems }: Sdist): ReadonlyMap<Member, string> => {
  const names = new Map<Member, string>()
  const own = new Map<number | undefined, string>()
  for (const problem of problems) if (isOf(problem, 'tar-prefix-in-gnu')) own.set(problem.offset, problem.own)
  if (own.size > 0)
    for (const member of members.list) {
      const name = own.get(member.offset)
      if (name !== undefined) names.set(member, name)
    }
  return names
})

/** The names of members that pip has by another name than uv: tarfile takes the slash from the end of a path in a pax record. */
function pipNamesOf({ members, problems }: Sdist): ReadonlyMap<Member, string> {
  const offsets = new Set<number | undefined>()
  for (const problem of problems) if (isOf(problem, 'tar-pax-slash')) offsets.add(problem.offset)
  const found = offsets.size === 0 ? [] : members.list.filter(({ offset }) => offsets.has(offset))
  return new Map(found.map(member => [member, withoutEnd(member.path, /\//)]))
}

const NOT_UNPACKED: Unpacked = { notes: [], overwrites: [], differs: undefined, whole: true }

/** What pip and uv make of the members of a tar; several rules use it. */
export const unpackedOf = oncePer(
  (sdist: Sdist): Unpacked =>
    sdist.archive.format === 'tar' ? unpack(sdist.members.list, uvNamesOf(sdist), pipNamesOf(sdist)) : NOT_UNPACKED,
)

const notesOf = oncePer(
  ({ notes }: Unpacked): ReadonlyMap<Member, readonly UnpackNote[]> => groupBy(notes, note => note.member),
)

/** Who refuses a member for one of these problems. */
export function refusersOf(sdist: Sdist, member: Member, faults: readonly UnpackFault[]): readonly ('pip' | 'uv')[] {
  const found =
    notesOf(unpackedOf(sdist))
      .get(member)
      ?.filter(({ fault }) => faults.includes(fault)) ?? []
  return [...new Set(found.map(({ by }) => by))]
}

/** Where the links of an sdist lead; several rules use it. */
export const linksOf = oncePer(({ members, top }: Sdist): Links => followLinks(members.list, top))

/** Names that uv refuses in a tar: paths and link targets alike. */
export const isRefusedName = (name: string): boolean => /[\0-\x1f\x7f:\\]|^ | $/.test(name)
