import { canonicalName } from '../standards/name.js'
import { companionName } from './companion.js'
import { parseSdistName, parseVariantsName, parseWheelName } from './filename.js'

/** Normalized project name in a filename; undefined if it is not the filename of a distribution. */
function projectByName(filename: string): string | undefined {
  const own = companionName(filename)?.of ?? filename
  const name = (parseWheelName(own) ?? parseSdistName(own) ?? parseVariantsName(own))?.name
  return name === undefined ? undefined : canonicalName(name)
}

/** Those of `files` that belong to the project of a group, by their names. */
export function ofProject<T>(files: readonly T[], group: readonly T[], filenameOf: (file: T) => string): readonly T[] {
  const [first] = group
  const project = first === undefined ? undefined : projectByName(filenameOf(first))
  return project === undefined ? [] : files.filter(file => projectByName(filenameOf(file)) === project)
}

/**
 * Files of one project by their names, in the order of the first of each: what is audited together. A file whose name says
 * nothing is a group by itself.
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
