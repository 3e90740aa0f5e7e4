import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import { quoting } from '../shared/remedies.js'
import { writtenNumber } from './_backend-tables.js'

/** The advice to put the number in quotes that a key of `[project]` has instead of a string. */
export function asString(pyproject: Pyproject, key: string, value: TomlValue) {
  const text = typeof value === 'number' ? writtenNumber(pyproject, ['project', key]) : undefined
  if (text === undefined || typeof value !== 'number') return undefined
  // A version alone is not a specifier.
  const meant = key === 'requires-python' ? `>=${text}` : text
  return {
    help: `Write \`${key} = ${JSON.stringify(meant)}\`, in quotes.`,
    remedy: quoting(['project', key], value, meant),
  }
}
