import type { Sdist, Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import { NEWEST_MINOR, pythonsOf } from '../standards/python-versions.js'
import { specifiersOf } from './parsed.js'

/** The minor versions of Python 3 that support a distribution, by Requires-Python and the tags of a wheel: 8 is 3.8. None newer than is known. */
export const wheelPythons = oncePer((dist: Wheel | Sdist): readonly number[] => {
  const { metadata } = dist
  const name = dist.kind === 'wheel' ? dist.name : undefined
  const field = metadata?.first('Requires-Python')
  const specifiers = specifiersOf(field)
  // What it allows is unknown.
  if (field && !specifiers) return []
  const minors = pythonsOf(specifiers).flatMap(python => (python.startsWith('3.') ? [Number(python.slice(2))] : []))
  return minors.filter(
    minor => minor <= NEWEST_MINOR && (!name || name.python.some(tag => takes(minor, tag, name.abi.includes('abi3')))),
  )
})

/** Does a version of Python support the tag? `py38` and the stable ABI are for that version and all later ones. */
function takes(minor: number, tag: string, isStable: boolean): boolean {
  const [, kind = '', version = ''] = /^(py|[a-z]+)3(\d*)$/.exec(tag) ?? []
  if (kind === '') return false
  if (version === '') return true
  return kind === 'py' || isStable ? minor >= Number(version) : minor === Number(version)
}

/** `3.8`, `3.8 and 3.9`, `3.8 to 3.11`. */
export function pythonList(minors: readonly number[]): string {
  const first = minors[0] ?? 0
  const last = minors.at(-1) ?? 0
  const text = (minor: number) => `3.${minor}`
  if (minors.length < 3 || last - first !== minors.length - 1)
    return minors
      .map(text)
      .join(', ')
      .replace(/, ([^,]*)$/, ' and $1')
  return last === NEWEST_MINOR ? `3.${first} and later` : `${text(first)} to ${text(last)}`
}
