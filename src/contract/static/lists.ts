import type { Metadata } from '../../distribution/metadata.js'
import { normalizeLabel } from '../../standards/url-label.js'
import { entries, texts } from '../../views/pyproject.js'
import { coreItems, importKey, splitKeywords, urlItem } from '../core-items.js'
import type { Item } from '../items.js'
import type { Reader, Reading, Slot } from './slot.js'

// Keys whose entries are texts.

function* list(reading: Reading, key: string, field: string, keyOf: (text: string) => string): Iterable<Slot> {
  const given = texts(reading.project[key]).map(([index, text]): Item => {
    const value = keyOf(text)
    return {
      key: value,
      text: text.trim(),
      at: reading.pyproject.place('project', key, index),
      name: value.replace(/;.*/, ''),
    }
  })
  yield {
    field,
    ordered: true,
    given: given.filter(item => item.key !== ''),
    found: coreItems(reading.metadata, field),
  }
}

export const classifiers: Reader = (reading, key) => list(reading, key, 'Classifier', text => text.trim())

export function* importNames(reading: Reading, key: string): Iterable<Slot> {
  const field = key === 'import-names' ? 'Import-Name' : 'Import-Namespace'
  for (const slot of list(reading, key, field, importKey)) {
    // `import-names = []` says that there is none, until a provider adds one.
    const none = slot.given.length === 0 && !reading.both && field === 'Import-Name'
    const at = reading.pyproject.place('project', key)
    yield {
      ...slot,
      ordered: false,
      found: reading.both ? slot.found.filter(item => item.key !== '') : slot.found,
      given: none ? [{ key: '', text: '[]', at, name: '' }] : slot.given,
    }
  }
}

export function* keywords({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const given = texts(project[key]).flatMap(([index, text]) =>
    splitKeywords(text).map(word => ({
      key: word,
      text: word,
      at: pyproject.place('project', key, index),
      name: word,
    })),
  )
  const found = [...coreItems(metadata, 'Keywords')]
  // An old meson-python joined them with spaces: keywords-separated-by-spaces tells it.
  const isJoined = given.length > 1 && found.length === 1 && found[0]?.text === given.map(({ text }) => text).join(' ')
  yield { field: 'Keywords', ordered: true, given, found: isJoined ? given : found }
}

export function* urls({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const found = [...coreItems(metadata, 'Project-URL')]
  const given = entries(project[key]).flatMap(([label, url]): readonly Item[] => {
    if (typeof url !== 'string' || label.includes(',')) return []
    const at = pyproject.place('project', 'urls', label)
    return [urlItem(label.trim(), url.trim(), `${label}, ${url.trim()}`, at)]
  })
  const present = new Set(found.map(item => item.key))
  // Home-page and Download-URL are older forms of these two labels.
  const older = given.filter(item => !present.has(item.key) && olderForm(metadata, item))
  yield { field: 'Project-URL', ordered: false, given: given.filter(item => !older.includes(item)), found }
}

const OLDER_FIELDS = new Map([
  ['homepage', 'Home-page'],
  ['download', 'Download-URL'],
  ['downloadurl', 'Download-URL'],
])

function olderForm(metadata: Metadata, { name, key }: Item): boolean {
  const url = key.slice(key.indexOf('\0') + 1)
  const field = OLDER_FIELDS.get(normalizeLabel(name))
  return field !== undefined && metadata.value(field)?.trim() === url
}
