import { once } from '../../once.js'
import { normalizeName, normalizeSpace, SIMPLE_NAME, withoutEscapes } from './characters.js'
import { unsure } from './unsure.js'

const REFERENCE = once(() => new RegExp(`^(?:(${SIMPLE_NAME})_|\`(?! )(.+?)(?<![\\s\\0])\`_)$`, 'u'))

/** Where a target leads: to the name of another one, or to an address. The lines are escaped. */
export function parsePlace(block: readonly string[]): { readonly refname: string } | { readonly uri: string } {
  const last = block.at(-1)?.trim() ?? ''
  if (last.endsWith('_')) {
    const match = REFERENCE().exec(normalizeSpace(block.join(' ')))
    if (match) return { refname: normalizeName(withoutEscapes(match[1] ?? match[2]!)) }
  }
  const address = block.join(' ')
  if (/\0(?:\s|$)/.test(address)) unsure('escaped blank in an address')
  return { uri: address.split(/\s+/).join('') }
}
