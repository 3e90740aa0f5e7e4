import { canonicalName } from '../standards/name.js'
import { parseSdistName, parseWheelName } from './filename.js'

const VARIANTS = /^(.+?)-[^-]*-variants\.json$/

/** Normalized project name that a file name speaks of; undefined when it is no distribution's. */
function projectByName(filename: string): string | undefined {
  const name = (parseWheelName(filename) ?? parseSdistName(filename))?.name ?? VARIANTS.exec(filename)?.[1]
  return name === undefined ? undefined : canonicalName(name)
}

/**
 * Files of one project by their names, in the order of the first of each: what is audited together. A file whose name says
 * nothing stands alone.
 */
export function groupByProject<T>(files: readonly T[], filenameOf: (file: T) => string): readonly (readonly T[])[] {
  const named = new Map<string, T[]>()
  const groups: T[][] = []
  for (const file of files) {
    const key = projectByName(filenameOf(file))
    const group = key === undefined ? undefined : named.get(key)
    if (group) group.push(file)
    else {
      const fresh = [file]
      groups.push(fresh)
      if (key !== undefined) named.set(key, fresh)
    }
  }
  return groups
}
