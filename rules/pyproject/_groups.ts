import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { canonicalName } from '../../src/standards/name.js'
import { entries, isList, isTable } from '../../src/views/pyproject.js'

export interface Include {
  readonly group: string
  /** Name as written. */
  readonly included: string
  readonly at: Place
}

/** The includes of every dependency group, by its normalized name. */
export function groupIncludes(pyproject: Pyproject): ReadonlyMap<string, readonly Include[]> {
  const result = new Map<string, readonly Include[]>()
  for (const [group, items] of entries(pyproject.get('dependency-groups'))) {
    const list: Include[] = []
    for (const [index, item] of isList(items) ? items.entries() : []) {
      const included = isTable(item) ? item['include-group'] : undefined
      if (typeof included === 'string')
        list.push({ group, included, at: pyproject.place('dependency-groups', group, index, 'include-group') })
    }
    result.set(canonicalName(group), list)
  }
  return result
}
