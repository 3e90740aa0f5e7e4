import type { Place } from '../../finding.js'
import { attempt } from '../../standards/error.js'
import { canonicalName } from '../../standards/name.js'
import { parseSpecifiers } from '../../standards/specifier.js'
import { tryVersion } from '../../standards/version.js'
import { versionKey } from '../../standards/version-range.js'
import { linesOf, pythonItem } from '../core-items.js'
import type { Item } from '../items.js'
import type { Reader, Reading, Slot } from './slot.js'

// Keys of one text.

function* scalar(
  reading: Reading,
  key: string,
  field: string,
  toItem: (text: string, at: Place) => Item,
): Iterable<Slot> {
  const value = reading.project[key]
  if (typeof value !== 'string' || value.trim() === '') return
  const [line] = linesOf(reading.metadata, field)
  const found = line ? [toItem(line.value, line)] : []
  yield { field, ordered: false, given: [toItem(value, reading.pyproject.place('project', key))], found }
}

const simple =
  (field: string, keyOf: (text: string) => string) =>
  (text: string, at: Place): Item => ({
    key: keyOf(text),
    text,
    at,
    name: field,
  })

export const name: Reader = (reading, key) =>
  scalar(
    reading,
    key,
    'Name',
    simple('Name', text => canonicalName(text.trim())),
  )

export const version: Reader = (reading, key) => scalar(reading, key, 'Version', simple('Version', versionKeyOf))

/** Equal versions have equal keys. */
function versionKeyOf(text: string): string {
  const version = tryVersion(text)
  return version ? versionKey(version, false) : text.trim()
}

/** An invalid specifier has its own rule, whatever a backend made of it. */
export function* requiresPython(reading: Reading, key: string): Iterable<Slot> {
  const written = reading.project[key]
  if (typeof written === 'string' && attempt(parseSpecifiers, written))
    yield* scalar(reading, key, 'Requires-Python', pythonItem)
}

export function* summaries(reading: Reading, key: string): Iterable<Slot> {
  for (const slot of scalar(reading, key, 'Summary', simple('Summary', oneLine)))
    if (slot.given[0]?.key !== '') yield slot
}

/** What backends make of a second line differs. */
const oneLine = (text: string) => (/[\r\n]/.test(text.trim()) ? '' : text.trim().replace(/\s+/g, ' ').normalize('NFC'))
