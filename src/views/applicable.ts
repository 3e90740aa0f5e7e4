import type { Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import type { MarkerComparison, MarkerNode } from '../standards/marker.js'
import { evaluateNode, type MarkerEnvironment } from '../standards/marker-evaluation.js'
import { type Dependency, dependencies } from './dependencies.js'

/** The requirements of a wheel that apply somewhere it can be installed: `hard` without an extra, `extra` only with one. */
export interface Applicable {
  readonly hard: readonly Dependency[]
  readonly extra: readonly Dependency[]
}

export const applicable = oncePer((wheel: Wheel): Applicable => {
  const tags = wheel.name?.platform ?? []
  const pythons = wheel.name?.python ?? []
  const places = (tags.length > 0 ? tags.map(placeOf) : [{}]).flatMap(place =>
    pythons.length > 0 ? pythons.map(tag => ({ ...place, ...implementationOf(tag) })) : place,
  )
  const holds = ({ requirement }: Dependency, extra: boolean) => {
    const tree = requirement.marker?.tree
    return tree === undefined || places.some(place => canHold(tree, place, extra))
  }
  const all = dependencies(wheel.metadata)
  const hard = all.filter(one => holds(one, false))
  return { hard, extra: all.filter(one => !hard.includes(one) && holds(one, true)) }
})

const SYSTEMS: readonly (readonly [RegExp, MarkerEnvironment])[] = [
  [/^(?:many|musl)?linux/, { sys_platform: 'linux', platform_system: 'Linux', os_name: 'posix' }],
  [/^macosx_/, { sys_platform: 'darwin', platform_system: 'Darwin', os_name: 'posix' }],
  [/^win/, { sys_platform: 'win32', platform_system: 'Windows', os_name: 'nt' }],
  [/^ios_/, { sys_platform: 'ios', os_name: 'posix' }],
  [/^android_/, { sys_platform: 'android', platform_system: 'Android', os_name: 'posix' }],
  [/^(?:py)?emscripten_/, { sys_platform: 'emscripten', platform_system: 'Emscripten', os_name: 'posix' }],
]
/** What `platform_machine` is for the end of a tag; of a tag for several it can be any. */
const MACHINES: readonly (readonly [RegExp, string])[] = [
  [/^(?=.*linux).*_x86_64$/, 'x86_64'],
  [/^(?=.*linux).*_aarch64$/, 'aarch64'],
  [/^macosx_.*_x86_64$/, 'x86_64'],
  [/^macosx_.*_arm64$/, 'arm64'],
  [/^win_amd64$/, 'AMD64'],
  [/^win_arm64$/, 'ARM64'],
]

/** The same of a Python tag. */
function implementationOf(tag: string): MarkerEnvironment {
  if (/^cp\d/.test(tag)) return { implementation_name: 'cpython', platform_python_implementation: 'CPython' }
  if (/^pp\d/.test(tag)) return { implementation_name: 'pypy', platform_python_implementation: 'PyPy' }
  return {}
}

/** What a platform tag says of the variables of markers. */
function placeOf(tag: string): MarkerEnvironment {
  const machine = MACHINES.find(([pattern]) => pattern.test(tag))?.[1]
  return {
    ...SYSTEMS.find(([pattern]) => pattern.test(tag))?.[1],
    ...(machine !== undefined && { platform_machine: machine }),
  }
}

/** False if a marker cannot be true, whatever the unknown variables are. */
function canHold(node: MarkerNode, place: MarkerEnvironment, extra: boolean): boolean {
  if (node.kind === 'compare') return compares(node, place, extra)
  return node.kind === 'and'
    ? node.terms.every(term => canHold(term, place, extra))
    : node.terms.some(term => canHold(term, place, extra))
}

function compares(node: MarkerComparison, place: MarkerEnvironment, extra: boolean): boolean {
  const variables = [node.lhs, node.rhs].flatMap(one => (one.kind === 'variable' ? one.name : []))
  if (variables.includes('extra')) return extra || node.operator === '!='
  if (!variables.every(name => Object.hasOwn(place, name))) return true
  try {
    return evaluateNode(node, place, 'metadata')
  } catch {
    // The rules for markers report a meaningless comparison.
    return true
  }
}
