import { oncePer } from '../once.js'
import { attempt } from './error.js'
import type { MarkerComparison, MarkerNode } from './marker.js'
import { evaluateNode } from './marker-evaluation.js'
import type { SpecifierSet } from './specifier.js'
import { tryVersion, type Version } from './version.js'

/** The newest released minor version of Python 3, as of 2026-11-25. */
export const NEWEST_MINOR = 15

/** Python versions that a marker may meet: 2.7 and 3.0 to the one after the newest. */
export const PYTHONS: readonly string[] = [
  '2.7',
  ...Array.from({ length: NEWEST_MINOR + 2 }, (_, minor) => `3.${minor}`),
]

/** Some releases of a minor version of Python: the first two, and one that stands for the last. */
const releasesOf = (python: string): readonly Version[] =>
  [`${python}.0`, `${python}.1`, `${python}.99`].flatMap(text => tryVersion(text) ?? [])

let known: ReadonlyMap<string, readonly Version[]> | undefined

/** Does Requires-Python admit some release of this minor version? */
export function admits(set: SpecifierSet, python: string): boolean {
  known ??= new Map(PYTHONS.map(one => [one, releasesOf(one)]))
  return (known.get(python) ?? releasesOf(python)).some(version => set.contains(version))
}

const admitted = oncePer((set: SpecifierSet) => PYTHONS.filter(python => admits(set, python)))

/** Those of PYTHONS that Requires-Python admits. */
export const pythonsOf = (set: SpecifierSet | undefined): readonly string[] => (set ? admitted(set) : PYTHONS)

const VERSIONS = new Set(['python_version', 'python_full_version'])

/** Does a comparison look at the version of Python? */
export function asksPython({ lhs, rhs }: MarkerComparison): boolean {
  return [lhs, rhs].some(side => side.kind === 'variable' && VERSIONS.has(side.name))
}

/** What a marker gives on a minor version of Python: undefined when that depends on something else. */
export function outcome(node: MarkerNode, python: string): boolean | undefined {
  if (node.kind === 'compare') {
    if (!asksPython(node) || (node.lhs.kind === 'variable' && node.rhs.kind === 'variable')) return undefined
    const [first, last] = [`${python}.0`, `${python}.99`].map(full =>
      attempt(() => evaluateNode(node, { python_version: python, python_full_version: full }, 'metadata'), ''),
    )
    return first === last ? first : undefined
  }
  const results = node.terms.map(term => outcome(term, python))
  const decisive = node.kind === 'or'
  if (results.includes(decisive)) return decisive
  return results.includes(undefined) ? undefined : !decisive
}
