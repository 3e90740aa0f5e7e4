/** What the tables of Poetry and of flit declare that are older than `[project]`. */

import { isTable, type Pyproject, type TomlValue } from '../distribution/pyproject.js'
import type { Place } from '../finding.js'
import { canonicalName } from '../standards/name.js'
import { meantProjectKey } from '../standards/project-keys.js'
import { nearest } from '../text/nearest.js'
import { addUrl, addUrls, type Collector, collect, contentTypeOf, type Declared } from './declared.js'
import { itemsAt, type Key, keysAt, textAt } from './document.js'
import { flitKeys, poetryKey, poetryKeys } from './other-tables.js'
import { poetryPythons, poetryRequirement } from './poetry-requirement.js'

const POETRY: Key = ['tool', 'poetry']
const FLIT: Key = ['tool', 'flit']
const FLIT_METADATA: Key = ['tool', 'flit', 'metadata']

const has = (found: Collector, field: string) => found.fields.some(one => one.field === field)
const isWritten = (document: Pyproject, keys: Iterable<Key>): boolean => {
  for (const key of keys) if (document.locate(key)) return true
  return false
}

/** A writer of fields from the keys of a table. */
function reader(document: Pyproject, table: Key) {
  const found = collect(document.member)
  const at = (...rest: Key): Key => [...table, ...rest]
  const add = (field: string, value: string, ...rest: Key) =>
    found.add(field, value, document.place(...at(...rest)), document.keyPlace(...at(...rest)))
  return {
    found,
    add,
    text(field: string, key: string): void {
      const value = textAt(document, ...at(key))
      if (value !== undefined) add(field, value, key)
    },
    list(field: string, key: string): void {
      for (const [i, item] of itemsAt(document, ...at(key)).entries())
        if (typeof item === 'string')
          found.add(field, item, document.place(...at(key, i)), document.keyPlace(...at(key)))
    },
    urls(key: string): void {
      addUrls(found, document, at(key))
    },
    entries(group: string, path: Key): void {
      for (const name of keysAt(document, ...path)) {
        const target = textAt(document, ...path, name) ?? textAt(document, ...path, name, 'reference')
        if (target === undefined) continue
        const own: Key =
          typeof document.get(...path, name) === 'string' ? [...path, name] : [...path, name, 'reference']
        found.entry(group, [name, document.keyPlace(...path, name)], [target, document.place(...own)])
      }
    },
    /** Declares the type of the README by its name. */
    readme(key: string): string | undefined {
      const [only, ...others] =
        typeof document.get(...at(key)) === 'string' ? [document.get(...at(key))] : itemsAt(document, ...at(key))
      if (typeof only !== 'string' || others.length > 0) return undefined
      const path = Array.isArray(document.get(...at(key))) ? at(key, 0) : at(key)
      found.add('Description-Content-Type', contentTypeOf(only) ?? 'text/plain', document.place(...path))
      return only
    },
  }
}

/** `Ada Moreau <ada@tidemark.dev>` */
const PERSON = /^([^<>]*)<([^<>]*)>\s*$/

/** Poetry's own table, as poetry-core makes metadata of it. */
export function declaredByPoetry(document: Pyproject): Declared {
  // Such a project is not built.
  if (document.get(...POETRY, 'package-mode') === false) return { fields: [], entries: [], mayGive: () => true }
  const isPlain = textAt(document, 'build-system', 'build-backend') === 'poetry.core.masonry.api'
  const { found, text, list, urls, entries, readme } = reader(document, POETRY)
  text('Name', 'name')
  text('Version', 'version')
  text('Summary', 'description')
  text('License', 'license')
  for (const [label, key] of [
    ['Homepage', 'homepage'],
    ['Repository', 'repository'],
    ['Documentation', 'documentation'],
  ] as const)
    addUrl(found, document, label, [...POETRY, key])
  urls('urls')
  list('Classifier', 'classifiers')
  const keywords = itemsAt(document, ...POETRY, 'keywords').filter(item => typeof item === 'string')
  found.keywords(keywords, document.keyPlace(...POETRY, 'keywords'))
  for (const [field, key] of [
    ['Author', 'authors'],
    ['Maintainer', 'maintainers'],
  ] as const) {
    const [first] = itemsAt(document, ...POETRY, key)
    if (typeof first !== 'string') continue
    const [, name = first, email] = PERSON.exec(first) ?? []
    const at = marked(document, [...POETRY, key, 0])
    if (name.trim() !== '') found.add(field, name.trim(), at, at)
    if (email !== undefined) found.add(`${field}-email`, email, at, at)
  }
  const python = textAt(document, ...POETRY, 'dependencies', 'python')
  const versions = python === undefined ? undefined : poetryPythons(python)
  if (versions !== undefined && versions !== '')
    found.add('Requires-Python', versions, marked(document, [...POETRY, 'dependencies', 'python']))
  requirementsOfPoetry(document, found)
  entries('console_scripts', [...POETRY, 'scripts'])
  for (const group of keysAt(document, ...POETRY, 'plugins')) entries(group, [...POETRY, 'plugins', group])
  return {
    ...found,
    readme: readme('readme'),
    mayGive: field =>
      field === 'License-File' ||
      (!has(found, field) &&
        // A plugin may give the version.
        ((field === 'Version' && !isPlain) ||
          isWritten(document, poetryKeys(document, field, undefined)) ||
          isMisspelled(document, field))),
  }
}

/** Is an unknown key of the table most likely the one that gives the field? Another rule tells of it. */
const isMisspelled = (document: Pyproject, field: string) => {
  const [, table, key] = poetryKey(field)
  const isNear = (names: readonly string[], wanted: string) =>
    names.some(name => name !== wanted && nearest(name, [wanted]) !== undefined)
  return (
    typeof table === 'string' &&
    typeof key === 'string' &&
    document.get(...POETRY, key) === undefined &&
    (isNear(keysAt(document, ...POETRY), key) ||
      isNear(keysAt(document, 'tool'), table) ||
      keysAt(document, ...POETRY).some(name => meantProjectKey(name) === key))
  )
}

/** What is written there, underlined whole where the value is made of it. */
function marked(document: Pyproject, path: Key): Place {
  const at = document.place(...path)
  const text = textAt(document, ...path)
  return { ...at, mark: at.mark ?? text }
}

function requirementsOfPoetry(document: Pyproject, found: Collector): void {
  const dependencies: Key = [...POETRY, 'dependencies']
  const optional = new Map<string, readonly (readonly [string, Place])[]>()
  const extras = keysAt(document, ...POETRY, 'extras').map(extra => {
    const path: Key = [...POETRY, 'extras', extra]
    return { extra, path, names: itemsAt(document, ...path).filter(item => typeof item === 'string') }
  })
  // What an extra lists is installed with it alone, whatever `optional` says.
  const ofExtras = new Set(extras.flatMap(({ names }) => names.map(canonicalName)))
  for (const name of keysAt(document, ...dependencies)) {
    if (canonicalName(name) === 'python') continue
    const value = document.get(...dependencies, name) as TomlValue
    const versions: readonly TomlValue[] = Array.isArray(value) ? value : [value]
    const texts = versions.flatMap((one, i): (readonly [string, Place])[] => {
      const requirement = poetryRequirement(name, one)
      if (requirement === undefined) return []
      const at: Key = Array.isArray(value) ? [...dependencies, name, i] : [...dependencies, name]
      return [[requirement, typeof one === 'string' ? marked(document, at) : document.keyPlace(...dependencies, name)]]
    })
    if (ofExtras.has(canonicalName(name)) || versions.some(one => isTable(one) && one.optional === true))
      optional.set(canonicalName(name), texts)
    else for (const [text, at] of texts) found.add('Requires-Dist', text, at, document.keyPlace(...dependencies, name))
  }
  for (const { extra, path, names } of extras)
    found.extra(
      extra,
      document.keyPlace(...path),
      names.flatMap(name => optional.get(canonicalName(name)) ?? []),
    )
}

/** flit's old table; the module gives the version and the summary. */
export function declaredByFlit(document: Pyproject): Declared {
  const { found, text, list, urls, entries, readme } = reader(document, FLIT_METADATA)
  const named = textAt(document, ...FLIT_METADATA, 'dist-name') === undefined ? 'module' : 'dist-name'
  for (const [field, key] of [
    ['Name', named],
    ['Author', 'author'],
    ['Author-email', 'author-email'],
    ['Maintainer', 'maintainer'],
    ['Maintainer-email', 'maintainer-email'],
    ['Home-page', 'home-page'],
    ['Keywords', 'keywords'],
    ['License', 'license'],
    ['Requires-Python', 'requires-python'],
  ] as const)
    text(field, key)
  list('Classifier', 'classifiers')
  list('Requires-Dist', 'requires')
  urls('urls')
  for (const extra of keysAt(document, ...FLIT_METADATA, 'requires-extra')) {
    const path: Key = [...FLIT_METADATA, 'requires-extra', extra]
    found.extra(
      extra,
      document.keyPlace(...path),
      itemsAt(document, ...path).flatMap((item, i) =>
        typeof item === 'string' ? [[item, document.place(...path, i)] as const] : [],
      ),
    )
  }
  entries('console_scripts', [...FLIT, 'scripts'])
  for (const group of keysAt(document, ...FLIT, 'entrypoints')) entries(group, [...FLIT, 'entrypoints', group])
  return {
    ...found,
    readme: readme('description-file'),
    mayGive: field =>
      field === 'License-File' ||
      field === 'Summary' ||
      field === 'Version' ||
      (!has(found, field) && isWritten(document, flitKeys(document, field, undefined))),
  }
}
