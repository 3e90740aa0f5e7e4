import { followLinks, type Links } from '../../src/archive/links.js'
import type { Sdist } from '../../src/distribution/distribution.js'

export const PAX_FORMAT = 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_01'
export const USTAR_FORMAT = 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06'
export const GNU_FORMAT = 'https://www.gnu.org/software/tar/manual/html_node/Standard.html'
export const GZIP_FORMAT = 'https://www.rfc-editor.org/rfc/rfc1952'
export const SDIST_FORMAT = 'https://packaging.python.org/en/latest/specifications/source-distribution-format/'
/** What installers must refuse in an sdist (PEP 721). */
export const SDIST_ARCHIVE = `${SDIST_FORMAT}#source-distribution-archive-features`
export const PYPI_UPLOAD = 'https://docs.pypi.org/api/upload/'

/** What helps where the bytes of the archive are at fault. */
export const BUILD_AGAIN = 'Build the file again with a build backend, and upload what it wrote without changing it.'

const LINKS = new WeakMap<Sdist, Links>()

/** Where the links of an sdist lead; several rules ask. */
export function linksOf(sdist: Sdist): Links {
  let links = LINKS.get(sdist)
  if (links === undefined) {
    links = followLinks(sdist.members.list, sdist.top)
    LINKS.set(sdist, links)
  }
  return links
}
