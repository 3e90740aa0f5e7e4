import type { Pyproject } from '../distribution/pyproject.js'
import { canonicalName } from '../standards/name.js'
import { itemsAt, type Key, keysAt } from './document.js'
import { equalItem, labelledUrl, splits } from './project-table.js'
import { findRequirement, splitExtra } from './requirement.js'

const POETRY: Key = ['tool', 'poetry']

const POETRY_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Name: ['name'],
    Version: ['version'],
    Summary: ['description'],
    Description: ['readme'],
    'Description-Content-Type': ['readme'],
    Keywords: ['keywords'],
    Classifier: ['classifiers'],
    Author: ['authors'],
    'Author-email': ['authors'],
    Maintainer: ['maintainers'],
    'Maintainer-email': ['maintainers'],
    License: ['license'],
    'License-Expression': ['license'],
    'Home-page': ['homepage'],
    'Project-URL': ['urls'],
    'Provides-Extra': ['extras'],
    'Requires-Dist': ['dependencies'],
  }),
)

/** The key of Poetry's own table for a field; empty where it has none. */
export const poetryKey = (field: string): readonly string[] => {
  if (field === 'Requires-Python') return ['tool', 'poetry', 'dependencies', 'python']
  const [key] = field === 'Description-Content-Type' ? [] : (POETRY_KEYS.get(field) ?? [])
  return key === undefined ? [] : ['tool', 'poetry', key]
}

/** Key paths of Poetry's own table. */
export function* poetryKeys(document: Pyproject, field: string, value: string | undefined): Generator<Key> {
  const at = (...rest: Key): Key => [...POETRY, ...rest]
  if (field === 'Requires-Python') yield at('dependencies', 'python')
  if (value !== undefined) {
    if (field === 'Keywords' || field === 'Classifier')
      yield* equalItem(document, at(field === 'Keywords' ? 'keywords' : 'classifiers'), value)
    if (field === 'Project-URL') {
      const label = value.split(',', 1)[0]?.trim().toLowerCase() ?? ''
      if (['homepage', 'repository', 'documentation'].includes(label)) yield at(label)
      yield* labelledUrl(document, at('urls'), value)
    }
    if (field === 'Requires-Dist') {
      const { name } = splitExtra(value)
      for (const key of keysAt(document, ...at('dependencies')))
        if (canonicalName(key) === name) yield at('dependencies', key)
    }
    if (field === 'Provides-Extra')
      for (const key of keysAt(document, ...at('extras')))
        if (canonicalName(key) === canonicalName(value)) yield at('extras', key)
    if (field === 'entry-points')
      for (const [group, name] of splits(value)) {
        if (group === 'console_scripts') yield at('scripts', name)
        yield at('plugins', group, name)
      }
  }
  for (const key of POETRY_KEYS.get(field) ?? []) yield at(key)
}

const FLIT: Key = ['tool', 'flit', 'metadata']

const FLIT_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Name: ['dist-name', 'module'],
    Version: ['module'],
    Summary: ['module'],
    Description: ['description-file'],
    'Description-Content-Type': ['description-file'],
    Keywords: ['keywords'],
    Classifier: ['classifiers'],
    Author: ['author'],
    'Author-email': ['author-email'],
    Maintainer: ['maintainer'],
    'Maintainer-email': ['maintainer-email'],
    License: ['license'],
    'License-Expression': ['license'],
    'Home-page': ['home-page'],
    'Project-URL': ['urls'],
    'Requires-Python': ['requires-python'],
    'Requires-Dist': ['requires'],
    'Provides-Extra': ['requires-extra'],
  }),
)

/** The key of flit's old table for a field; empty where the module gives it, or nothing does. */
export const flitKey = (field: string): readonly string[] => {
  const [key] = FLIT_KEYS.get(field) ?? []
  return key === undefined || key === 'module' ? [] : ['tool', 'flit', 'metadata', key]
}

/** Key paths of flit's old table. */
export function* flitKeys(document: Pyproject, field: string, value: string | undefined): Generator<Key> {
  const at = (...rest: Key): Key => [...FLIT, ...rest]
  if (value !== undefined) {
    if (field === 'Classifier') yield* equalItem(document, at('classifiers'), value)
    if (field === 'Project-URL') yield* labelledUrl(document, at('urls'), value)
    if (field === 'Requires-Dist') yield* flitRequirement(document, value)
    if (field === 'Provides-Extra') yield at('requires-extra', value)
    if (field === 'entry-points')
      for (const [group, name] of splits(value)) {
        if (group === 'console_scripts') yield ['tool', 'flit', 'scripts', name]
        yield ['tool', 'flit', 'entrypoints', group, name]
      }
  }
  for (const key of FLIT_KEYS.get(field) ?? []) yield at(key)
}

function* flitRequirement(document: Pyproject, value: string): Generator<Key> {
  const wanted = splitExtra(value)
  const list: Key = wanted.extra === undefined ? [...FLIT, 'requires'] : [...FLIT, 'requires-extra', wanted.extra]
  const index = findRequirement(itemsAt(document, ...list), wanted)
  if (index >= 0) yield [...list, index]
}

const CARGO_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Name: ['name'],
    Version: ['version'],
    Summary: ['description'],
    Description: ['readme'],
    Keywords: ['keywords'],
    Author: ['authors'],
    'Author-email': ['authors'],
    License: ['license'],
    'License-Expression': ['license'],
    'License-File': ['license-file'],
    'Home-page': ['homepage'],
    'Project-URL': ['repository', 'homepage'],
  }),
)

/** Key paths of Cargo.toml, from which maturin fills what `[project]` leaves open. */
export function* cargoKeys(field: string): Generator<Key> {
  for (const key of CARGO_KEYS.get(field) ?? []) {
    yield ['package', key]
    yield ['workspace', 'package', key]
  }
}

/** Tables that say what goes into the files, by build backend: where a finding about contents is fixed. */
export function* contentsTables(document: Pyproject, kind: 'wheel' | 'sdist' | undefined): Generator<Key> {
  const hatch = ['tool', 'hatch', 'build']
  if (kind) yield [...hatch, 'targets', kind]
  // A table of another target alone says nothing of this file.
  if (!kind || keysAt(document, ...hatch).some(key => key !== 'targets')) yield hatch
  for (const key of CONTENTS_TABLES) if (kind !== 'wheel' || key.at(-1) !== 'sdist') yield key
}

const CONTENTS_TABLES: readonly Key[] = [
  ['tool', 'setuptools', 'packages'],
  ['tool', 'setuptools'],
  ['tool', 'pdm', 'build'],
  ['tool', 'poetry', 'packages'],
  ['tool', 'poetry'],
  ['tool', 'flit', 'sdist'],
  ['tool', 'flit', 'module'],
  ['tool', 'maturin'],
  ['tool', 'scikit-build'],
  ['tool', 'uv', 'build-backend'],
]
