import type { Pyproject, TomlValue } from '../distribution/pyproject.js'
import { entries, isList } from './pyproject.js'

export const PEP_725 = 'https://peps.python.org/pep-0725/'

/** Keys of `[external]`: a list of specifiers, or a table of such lists. */
export const EXTERNAL_KEYS: ReadonlyMap<string, 'list' | 'table'> = new Map([
  ['build-requires', 'list'],
  ['host-requires', 'list'],
  ['dependencies', 'list'],
  ['optional-build-requires', 'table'],
  ['optional-host-requires', 'table'],
  ['optional-dependencies', 'table'],
  ['dependency-groups', 'table'],
])

export interface ExternalItem {
  readonly path: readonly (string | number)[]
  readonly value: TomlValue
  /** In dependency groups a table may include another group. */
  readonly inGroup: boolean
}

/** Every item of the lists in `[external]`. */
export function externalItems(pyproject: Pyproject | undefined): readonly ExternalItem[] {
  return entries(pyproject?.get('external')).flatMap(([key, value]) => {
    const inGroup = key === 'dependency-groups'
    const list = (path: readonly (string | number)[], items: TomlValue) =>
      isList(items) ? items.map((item, i) => ({ path: [...path, i], value: item, inGroup })) : []
    const kind = EXTERNAL_KEYS.get(key)
    if (kind === 'list') return list(['external', key], value)
    return kind === 'table' ? entries(value).flatMap(([name, items]) => list(['external', key, name], items)) : []
  })
}
