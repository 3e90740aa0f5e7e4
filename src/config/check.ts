import { isTable, type TomlTable, type TomlValue } from '../distribution/pyproject.js'
import { nearest } from '../text/nearest.js'
import type { Key, KeyType } from './keys.js'

/** A problem of the configuration: where, and what. */
export interface ConfigFault {
  readonly path: readonly (string | number)[]
  /** The key itself is wrong, not its value. */
  readonly isKey?: boolean
  readonly message: string
}

/** Every problem of a table against its keys. */
export function* checkTable(
  table: TomlTable,
  keys: readonly Key[],
  path: readonly (string | number)[],
): Generator<ConfigFault> {
  for (const [name, value] of Object.entries(table)) {
    const key = keys.find(one => one.name === name)
    if (key) yield* checkValue(value, key.type, [...path, name])
    else {
      const near = nearest(
        name,
        keys.map(one => one.name),
      )
      yield {
        path: [...path, name],
        isKey: true,
        message: `There is no key '${name}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
      }
    }
  }
  for (const { name, required } of keys)
    if (required && !Object.hasOwn(table, name)) yield { path, message: `The key '${name}' is missing.` }
}

function* checkValue(value: TomlValue, type: KeyType, path: readonly (string | number)[]): Generator<ConfigFault> {
  const name = path.at(-1)
  const wrong = (expected: string): ConfigFault => ({ path, message: `'${name}' must be ${expected}.` })
  switch (type.kind) {
    case 'text':
      if (typeof value !== 'string') yield wrong('a string')
      else if (type.choices && !type.choices.includes(value))
        yield wrong(`one of ${type.choices.join(', ')}, not '${value}'`)
      return
    case 'switch':
      if (typeof value !== 'boolean') yield wrong('true or false')
      return
    case 'number':
      if (typeof value === 'string') yield wrong(`a plain number, such as ${plainNumber(value)}, without quotes`)
      else if (typeof value !== 'number' || value <= 0) yield wrong('a number above 0')
      return
    case 'date':
      if (!(value instanceof Date) && !(typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)))
        yield wrong('a date such as 2027-01-31')
      return
    case 'texts':
      if (!Array.isArray(value) || value.some(item => typeof item !== 'string')) yield wrong('a list of strings')
      return
    case 'map':
      if (!isTable(value)) yield wrong('a table')
      else for (const [key, item] of Object.entries(value)) yield* checkValue(item, type.values, [...path, key])
      return
    case 'table':
      if (!isTable(value)) yield wrong('a table')
      else yield* checkTable(value, type.keys, path)
      return
    case 'tables':
      if (!Array.isArray(value) || !value.every(isTable)) yield wrong('a list of tables')
      else for (const [i, item] of value.entries()) yield* checkTable(item as TomlTable, type.keys, [...path, i])
      return
    case 'either': {
      const faults = type.types.map(one => [...checkValue(value, one, path)])
      if (faults.every(list => list.length > 0))
        yield faults.at(isTable(value) ? -1 : 0)?.[0] ?? wrong('something else')
    }
  }
}

const UNITS = ['', 'k', 'm', 'g']

/** `5M` as the option takes it, in bytes. */
function plainNumber(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,12}) ?([kmg]?)i?b?$/i.exec(text.trim()) ?? []
  return digits === '' ? 5_000_000 : Number(digits) * 1000 ** UNITS.indexOf(unit.toLowerCase())
}
