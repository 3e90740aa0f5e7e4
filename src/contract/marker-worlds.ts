import { attempt } from '../standards/error.js'
import type { MarkerNode } from '../standards/marker.js'
import { evaluateNode } from '../standards/marker-evaluation.js'
import { NEWEST_MINOR } from '../standards/python-versions.js'
import type { SpecifierSet } from '../standards/specifier.js'
import { compareVersions, tryVersion } from '../standards/version.js'
import { comparisons, testOf } from '../views/dependencies.js'

/** Values of the marker variables on one machine, without `extra`. */
export type World = Readonly<Record<string, string>>

/** More machines than this are not tried. */
const MOST_WORLDS = 8_000
/** The same for a pair of markers, of which there may be many. */
const MOST_TO_COMPARE = 2_000
const MOST_LITERALS = 60

const PLATFORMS = [
  ['posix', 'linux', 'Linux'],
  ['nt', 'win32', 'Windows'],
  ['posix', 'darwin', 'Darwin'],
  ['posix', 'ios', 'iOS'],
  ['posix', 'android', 'Android'],
  ['posix', 'emscripten', 'Emscripten'],
  ['posix', 'cygwin', 'CYGWIN_NT-10.0'],
  ['posix', 'freebsd14', 'FreeBSD'],
] as const
const IMPLEMENTATIONS = [
  ['cpython', 'CPython'],
  ['pypy', 'PyPy'],
  ['graalpy', 'GraalVM'],
] as const
const MACHINES = ['x86_64', 'AMD64', 'arm64', 'aarch64']

type Literals = ReadonlyMap<string, readonly string[]>

/**
 * Machines that tell markers apart: what real ones have, and around the values that the markers name. Undefined when these
 * would be too many to try.
 */
export function worldsFor(trees: readonly MarkerNode[], most = MOST_WORLDS): readonly World[] | undefined {
  const literals = literalsIn(trees)
  if ([...literals.values()].some(list => list.length > MOST_LITERALS)) return undefined
  const axes = [
    pythonAxis(literals),
    tupleAxis(['os_name', 'sys_platform', 'platform_system'], PLATFORMS, literals),
    tupleAxis(['implementation_name', 'platform_python_implementation'], IMPLEMENTATIONS, literals),
    ...['platform_machine', 'platform_release', 'platform_version'].map(name =>
      literals.has(name)
        ? [...new Set([...MACHINES, ...(literals.get(name) ?? [])])].map(value => ({ [name]: value }))
        : [{ [name]: '' }],
    ),
  ]
  if (axes.reduce((product, axis) => product * axis.length, 1) > most) return undefined
  return axes.reduce<readonly World[]>(
    (worlds, axis) => worlds.flatMap(world => axis.map(more => ({ ...world, ...more }))),
    [{}],
  )
}

/** The values that the markers compare each variable with, and the words in them, for `in`. */
function literalsIn(trees: readonly MarkerNode[]): Literals {
  const result = new Map<string, Set<string>>()
  for (const comparison of trees.flatMap(tree => comparisons(tree))) {
    const test = testOf(comparison)
    if (!test || test.variable === 'extra') continue
    const set = result.get(test.variable) ?? new Set()
    set.add(test.literal)
    for (const word of test.literal.slice(0, 1000).split(/[\s,;|]+/)) if (word !== '') set.add(word)
    result.set(test.variable, set)
  }
  return new Map([...result].map(([name, set]) => [name, [...set]]))
}

const VERSIONS = ['python_version', 'python_full_version', 'implementation_version']

function pythonAxis(literals: Literals): readonly World[] {
  const asked = VERSIONS.flatMap(name => literals.get(name) ?? [])
  const world = (full: string) => ({
    python_version: full.split('.', 2).join('.'),
    python_full_version: full,
    implementation_version: full,
  })
  if (asked.length === 0) return [world('3.12.4')]
  const fulls = new Set(['2.7.18', '4.0.0', ...Array.from({ length: 16 }, (_, minor) => `3.${minor}.0`)])
  for (const text of asked) {
    const [, a, b = '0', c = '0'] = /^([0-9]{1,6})(?:\.([0-9]{1,6}))?(?:\.([0-9]{1,6}))?/.exec(text) ?? []
    if (a === undefined) continue
    const [major, minor, patch] = [Number(a), Number(b), Number(c)]
    fulls
      .add(`${major}.${minor}.${patch}`)
      .add(`${major}.${minor}.${patch + 1}`)
      .add(`${major}.${minor + 1}.0`)
    if (patch > 0) fulls.add(`${major}.${minor}.${patch - 1}`)
    if (minor > 0) fulls.add(`${major}.${minor - 1}.9`)
  }
  return [...fulls].map(world)
}

/** Variables that go together: `nt` is always `win32` and `Windows`. */
function tupleAxis(
  names: readonly string[],
  known: readonly (readonly string[])[],
  literals: Literals,
): readonly World[] {
  const asWorld = (values: readonly string[]) => Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
  if (!names.some(name => literals.has(name))) return [asWorld(known[0] ?? [])]
  const others = names.flatMap((name, i) =>
    (literals.get(name) ?? [])
      .filter(value => !known.some(row => row[i] === value))
      .map(value => names.map((_, j) => (i === j ? value : (known[0]?.[j] ?? '')))),
  )
  return [...known, ...others].map(asWorld)
}

/** Undefined where packaging would raise an error. */
export function holdsIn(tree: MarkerNode | undefined, world: World, extra: string): boolean | undefined {
  if (tree === undefined) return true
  return attempt(() => evaluateNode(tree, { ...world, extra }, 'metadata'), '')
}

/** True if both are true on the same machines; false also if that cannot be tested. */
export function sameMarkers(a: MarkerNode | undefined, b: MarkerNode | undefined): boolean {
  const worlds = worldsFor(
    [a, b].flatMap(tree => tree ?? []),
    MOST_TO_COMPARE,
  )
  return worlds?.every(world => holdsIn(a, world, '') === holdsIn(b, world, '')) === true
}

/** True if both contain the same versions, as far as versions around their own show. */
export function sameVersions(a: SpecifierSet, b: SpecifierSet): boolean {
  if (a.equals(b)) return true
  const clauses = [...a.clauses, ...b.clauses]
  if (clauses.length > MOST_LITERALS || clauses.some(({ operator }) => operator === '===')) return false
  return probes(a, b).every(version => a.contains(version) === b.contains(version))
}

/** True if both allow the same versions of Python: interpreters in use are releases with three numbers. */
export function samePythons(a: SpecifierSet, b: SpecifierSet): boolean {
  if (a.equals(b)) return true
  const clauses = [...a.clauses, ...b.clauses]
  if (clauses.length > MOST_LITERALS || clauses.some(({ operator }) => operator === '===')) return false
  const patches = new Set([0, 99])
  const minors = new Set(Array.from({ length: NEWEST_MINOR + 10 }, (_, minor) => minor))
  for (const { version } of clauses) {
    const [, minor, patch] = /^v?[0-9]+\.([0-9]{1,4})(?:\.([0-9]{1,4}))?/i.exec(version) ?? []
    for (const near of [-1, 0, 1]) {
      if (minor !== undefined && Number(minor) + near >= 0) minors.add(Number(minor) + near)
      if (patch !== undefined && Number(patch) + near >= 0) patches.add(Number(patch) + near)
    }
  }
  return ['2', '3', '4'].every(major =>
    [...minors].every(minor =>
      [...patches].every(patch => {
        const version = `${major}.${minor}.${patch}`
        return a.contains(version) === b.contains(version)
      }),
    ),
  )
}

/** True when every version in `b` is in `a`, as far as versions around their own show. */
export function isNarrower(a: SpecifierSet, b: SpecifierSet): boolean {
  if (a.clauses.length + b.clauses.length > MOST_LITERALS) return false
  return probes(a, b).every(version => a.contains(version) || !b.contains(version))
}

/** Releases around the clauses of both that the first contains and the second does not, in their order. */
export function onlyIn(a: SpecifierSet, b: SpecifierSet): readonly string[] {
  if (a.clauses.length + b.clauses.length > MOST_LITERALS) return []
  return probes(a, b)
    .filter(version => /^[0-9]+(?:\.[0-9]+)*$/.test(version) && a.contains(version) && !b.contains(version))
    .flatMap(version => tryVersion(version) ?? [])
    .sort(compareVersions)
    .map(String)
}

function probes(...sets: readonly SpecifierSet[]): readonly string[] {
  const found = new Set(['0', '99999'])
  for (const { version } of sets.flatMap(set => set.clauses)) {
    const release = /^(?:v)?((?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*)/i.exec(version)?.[1]
    if (release === undefined || release.length > 100) continue
    found.add(version.replace(/\.\*$/, ''))
    const parts = release.split('.')
    for (let depth = 1; depth <= parts.length && depth <= 5; depth++) {
      const head = parts.slice(0, depth - 1)
      const last = parts[depth - 1] ?? '0'
      const number = Number(last.replace(/^.*!/, ''))
      const epoch = last.includes('!') ? `${last.slice(0, last.indexOf('!'))}!` : ''
      for (const near of [number - 1, number, number + 1]) {
        if (near < 0) continue
        const base = [...head, epoch + near].join('.')
        for (const suffix of ['', '.dev0', 'a1', 'rc1', '.post1', '.0.1', '.99', '+local']) found.add(base + suffix)
      }
    }
    for (const suffix of ['.dev0', 'a1', 'rc1', '.post1', '.1', '+local']) found.add(release + suffix)
  }
  return [...found]
}
