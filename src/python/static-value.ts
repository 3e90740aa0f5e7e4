/** What a module gives a name at its top, as setuptools reads it from the text, without running it. */

import { parsePython } from './parse.js'
import type { Expression } from './tree.js'

/** The version that setuptools makes of it; undefined where it is not a literal, so that setuptools imports the module. */
export function staticVersion(text: string, name: string): string | undefined {
  const { body, broken } = parsePython(text)
  if (broken !== undefined) return undefined
  for (const one of body) {
    if (one.kind !== 'assign' || one.operator !== '=' || one.value === undefined) continue
    // The first one counts.
    if (one.targets.some(target => target.kind === 'name' && target.name === name)) return versionOf(one.value)
  }
  return undefined
}

function versionOf(value: Expression): string | undefined {
  if (value.kind === 'string') return value.value
  if (value.kind === 'name') return value.name === 'None' ? value.name : undefined
  if (value.kind === 'number') return /^[0-9]+$/.test(value.text) ? value.text : undefined
  if (value.kind !== 'tuple' && value.kind !== 'list') return undefined
  const parts = value.items.map(item =>
    item.kind === 'string' || item.kind === 'number' ? versionOf(item) : undefined,
  )
  return parts.includes(undefined) || parts.length === 0 ? undefined : parts.join('.')
}
