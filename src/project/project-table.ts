import type { Pyproject, TomlValue } from '../distribution/pyproject.js'
import { canonicalName } from '../standards/name.js'
import { PROJECT_KEYS_OF_FIELD } from '../standards/project-keys.js'
import { itemsAt, type Key, keysAt, textAt } from './document.js'
import { findRequirement, splitExtra } from './requirement.js'

const keyOf = (field: string): string | undefined => PROJECT_KEYS_OF_FIELD.get(field)?.[0]

/** Key paths of `[project]` that may have produced a field with a value, the most precise first. */
export function* projectKeys(
  document: Pyproject,
  field: string,
  value: string | undefined,
  mark?: string | undefined,
): Generator<Key> {
  // The name or the address alone, where the field has both.
  if (mark !== undefined && /^(?:Author|Maintainer)/.test(field)) yield* preciseKeys(document, field, mark)
  yield* preciseKeys(document, field, value)
  const key = keyOf(field)
  if (key === undefined) return
  yield ['project', key]
  if (field !== 'License-File') return
  // The old table names one file; another license file did not come from it.
  const old = textAt(document, 'project', 'license', 'file')
  if (value === undefined || value === old) yield ['project', 'license', 'file']
}

/** The same for a field that `dynamic` leaves to the backend: its string there. */
export function* dynamicKeys(document: Pyproject, field: string): Generator<Key> {
  const wanted = PROJECT_KEYS_OF_FIELD.get(field) ?? []
  for (const [index, item] of itemsAt(document, 'project', 'dynamic').entries())
    if (wanted.includes(item as string)) yield ['project', 'dynamic', index]
}

function* preciseKeys(document: Pyproject, field: string, value: string | undefined): Generator<Key> {
  if (field === 'Description-Content-Type') yield ['project', 'readme', 'content-type']
  else if (field === 'Description') yield ['project', 'readme', 'file']
  if (value === undefined) return
  switch (field) {
    case 'Keywords':
    case 'Classifier':
    case 'License-File':
    case 'Import-Name':
    case 'Import-Namespace':
      yield* equalItem(document, ['project', keyOf(field) ?? ''], value)
      return
    case 'Author':
    case 'Author-email':
    case 'Maintainer':
    case 'Maintainer-email':
      yield* person(document, ['project', keyOf(field) ?? ''], field, value)
      return
    case 'License':
      yield ['project', 'license', 'text']
      return
    case 'Project-URL':
      yield* labelledUrl(document, ['project', 'urls'], value)
      return
    case 'Home-page':
    case 'Download-URL':
      yield* urlLabels(document, ['project', 'urls'], field === 'Home-page' ? 'homepage' : 'download')
      return
    case 'Requires-Dist':
      yield* requirement(document, value)
      return
    case 'Provides-Extra':
      for (const extra of keysAt(document, 'project', 'optional-dependencies'))
        if (canonicalName(extra) === canonicalName(value)) yield ['project', 'optional-dependencies', extra]
      return
    case 'Dynamic':
      for (const key of dynamicKeys(document, specified(value))) yield key
      return
    case 'entry-points':
      yield* entryPoint(value)
  }
}

/** `requires-dist` as `Requires-Dist`. */
const specified = (field: string): string =>
  [...PROJECT_KEYS_OF_FIELD.keys()].find(name => name.toLowerCase() === field.trim().toLowerCase()) ?? field

export function* equalItem(document: Pyproject, list: Key, value: string): Generator<Key> {
  const index = itemsAt(document, ...list).findIndex(item => typeof item === 'string' && item.trim() === value.trim())
  if (index >= 0) yield [...list, index]
}

function* person(document: Pyproject, list: Key, field: string, value: string): Generator<Key> {
  const which = field.endsWith('email') ? (['email', 'name'] as const) : (['name', 'email'] as const)
  const people = itemsAt(document, ...list)
  for (const key of which)
    for (const [index, entry] of people.entries()) {
      const text = member(entry, key)
      if (text !== undefined && text !== '' && value.includes(text)) yield [...list, index, key]
    }
}

function member(value: TomlValue, key: string): string | undefined {
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date || !Object.hasOwn(value, key))
    return undefined
  const found = (value as Readonly<Record<string, TomlValue>>)[key]
  return typeof found === 'string' ? found : undefined
}

/** `Label, address` of a Project-URL; a label in another spelling only with the same address. */
export function* labelledUrl(document: Pyproject, table: Key, value: string): Generator<Key> {
  const comma = value.indexOf(',')
  const label = (comma < 0 ? value : value.slice(0, comma)).trim()
  const address = comma < 0 ? '' : value.slice(comma + 1).trim()
  const labels = keysAt(document, ...table)
  // A label may have a comma of its own.
  for (const other of labels) if (`${other}, ${textAt(document, ...table, other)}` === value) yield [...table, other]
  if (labels.includes(label)) yield [...table, label]
  for (const other of labels) if (textAt(document, ...table, other)?.trim() === address) yield [...table, other]
  yield* urlLabels(document, table, label)
}

/** Labels are compared without punctuation and case (well-known project URLs). */
function* urlLabels(document: Pyproject, table: Key, label: string): Generator<Key> {
  const plain = (text: string) => text.replace(/[\p{P}\p{S}\s]/gu, '').toLowerCase()
  for (const other of keysAt(document, ...table)) if (plain(other) === plain(label)) yield [...table, other]
}

function* requirement(document: Pyproject, value: string): Generator<Key> {
  const wanted = splitExtra(value)
  const lists: Key[] =
    wanted.extra === undefined
      ? [['project', 'dependencies']]
      : keysAt(document, 'project', 'optional-dependencies')
          .filter(extra => canonicalName(extra) === wanted.extra)
          .map(extra => ['project', 'optional-dependencies', extra])
  for (const list of lists) {
    const index = findRequirement(itemsAt(document, ...list), wanted)
    yield index >= 0 ? [...list, index] : list
  }
}

/** `group.name` of an entry point. The group may hold dots, the name too. */
function* entryPoint(value: string): Generator<Key> {
  for (const [group, name] of splits(value)) {
    if (group === 'console_scripts') yield ['project', 'scripts', name]
    else if (group === 'gui_scripts') yield ['project', 'gui-scripts', name]
    yield ['project', 'entry-points', group, name]
  }
  for (const [group] of splits(value)) yield ['project', 'entry-points', group]
}

/** Every way to cut a dotted text in two. */
export function* splits(value: string): Generator<readonly [string, string]> {
  for (let dot = value.indexOf('.'), count = 0; dot > 0 && count < 20; dot = value.indexOf('.', dot + 1), count++)
    yield [value.slice(0, dot), value.slice(dot + 1)]
}
