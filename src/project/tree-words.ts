import type { Homes } from '../homes.js'
import { coreField } from '../standards/core-metadata.js'

/** What begins with a field: `Requires-Python '>=3.9' excludes …`, `With Requires-Python …`. */
const LEADING = /^(With )?([A-Z][A-Za-z-]*)(?= (?:'|is |contains |has |does not |starts |allows |lists ))/
const MISSING = /^\S+ does not have an? ([A-Z][A-Za-z-]*)\.$/

/** A message about a source tree, with the key of its own file in place of the metadata field that a build makes of it. */
export function inTreeWords(message: string, homes: Homes | undefined): string {
  const missing = homeOf(MISSING.exec(message)?.[1], homes)
  if (missing) return `${missing.file} does not have \`${missing.path.at(-1)}\`.`
  return message.replace(LEADING, (all, before = '', field) => {
    const home = homeOf(field, homes)
    return home ? `${before}\`${home.path.at(-1)}\`` : all
  })
}

/** Where the file declares a field; what a program computes has no key, and some tables cannot say it. */
function homeOf(field: string | undefined, homes: Homes | undefined) {
  if (field === undefined || coreField(field)?.name !== field) return undefined
  const home = homes?.home(field)
  return home && home.isNew !== true ? home : undefined
}
