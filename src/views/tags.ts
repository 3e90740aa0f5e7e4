import type { Wheel } from '../distribution/distribution.js'
import { type WheelName, type WheelNamePart, wheelNamePart } from '../distribution/filename.js'
import type { Place } from '../finding.js'
import { inFileName } from '../place.js'

/** A part of a wheel's file name as a place; of a compressed tag set, the given one, or its last occurrence. */
export function namePlace(
  { filename, name }: Pick<Wheel, 'filename' | 'name'>,
  part: WheelNamePart,
  {
    tag,
    last = false,
    ...more
  }: Pick<Place, 'field' | 'value'> & { readonly tag?: string; readonly last?: boolean } = {},
): Place {
  const found = name && wheelNamePart(filename, name, part)
  if (!found) return more
  if (tag === undefined) return inFileName({ filename }, found.text, found.offset, more)
  const tags = found.text.split('.')
  const isIt = (one: string) => one.toLowerCase() === tag
  const index = last ? tags.findLastIndex(isIt) : tags.findIndex(isIt)
  const before = tags.slice(0, Math.max(0, index)).reduce((length, { length: own }) => length + own + 1, 0)
  return inFileName({ filename }, tags[index] ?? found.text, found.offset + before, more)
}

/** The same for a finding about tags. */
export const tagPlace = (
  wheel: Pick<Wheel, 'filename' | 'name'>,
  part: 'python' | 'abi' | 'platform' | 'tag',
  tag?: string,
): Place => namePlace(wheel, part, { field: 'tags', ...(tag !== undefined && { tag }) })

/** The same with the tag as the value. */
export const valuedTagPlace = (
  wheel: Pick<Wheel, 'filename' | 'name'>,
  part: 'abi' | 'platform',
  tag: string,
): Place => ({
  ...tagPlace(wheel, part, tag),
  value: tag,
})

/** Parts of a CPython ABI tag: `cp313t` is minor 13 of 3 with the flags `t`. */
export interface CpythonAbi {
  readonly python: string
  readonly major: number
  readonly minor: number
  readonly flags: string
}

export function cpythonAbi(abi: string): CpythonAbi | undefined {
  const [, major, minor, flags = ''] = /^cp([0-9])([0-9]{1,3})([a-z]*)$/.exec(abi) ?? []
  if (major === undefined || minor === undefined) return undefined
  return { python: `cp${major}${minor}`, major: Number(major), minor: Number(minor), flags }
}

/** Why no CPython was ever built with these flags; undefined when some was. */
export function flagFault({ major, minor, flags }: CpythonAbi): string | undefined {
  if (!/^t?d?m?u?$/.test(flags)) return `the flags of CPython are t, d, m and u, in this order`
  const version = major * 1000 + minor
  if (flags.includes('t') && version < 3013) return 't, for free threading, exists only since CPython 3.13'
  if (flags.includes('m') && version > 3007) return 'm exists only up to CPython 3.7'
  if (flags.includes('u') && version > 3002) return 'u exists only up to CPython 3.2'
  return undefined
}

/** Minor version of `cp3N`, else undefined. */
export function cp3Minor(python: string): number | undefined {
  const minor = /^cp3([0-9]{1,3})$/.exec(python)?.[1]
  return minor === undefined ? undefined : Number(minor)
}

/** Does some interpreter accept the two together? True also where that is not known. */
export function possible(python: string, abi: string): boolean {
  if (abi === 'abi3' || abi === 'abi3t') return (cp3Minor(python) ?? 0) >= 2
  const cpython = cpythonAbi(abi)
  if (cpython) return python === cpython.python
  if (/^pypy[0-9]+_pp[0-9]+$/.test(abi)) return python.startsWith('pp')
  return !abi.startsWith('graalpy') || python.startsWith('graalpy')
}

export const pairs = ({ python, abi }: WheelName) => python.flatMap(p => abi.map(a => ({ python: p, abi: a })))

/** Python versions of `known` (such as 3.12) that a Python tag supports; undefined for a tag that does not name any. */
export function versionsOf(
  python: string,
  abis: readonly string[],
  known: readonly string[],
): readonly string[] | undefined {
  const [, implementation, major, minor] = /^(py|cp)([23])([0-9]{0,2})$/.exec(python) ?? []
  if (implementation === undefined || major === undefined) return undefined
  const same = known.filter(version => version.startsWith(`${major}.`))
  if (minor === undefined || minor === '') return same
  const minorOf = (version: string) => Number(version.slice(2))
  const upward = implementation === 'py' || abis.includes('abi3') || abis.includes('abi3t')
  const found = same.filter(version =>
    upward ? minorOf(version) >= Number(minor) : minorOf(version) === Number(minor),
  )
  // Versions that are not in the list are older or newer than all that are judged.
  return found.length === 0 ? undefined : found
}
