import type { Wheel } from '../../src/distribution/distribution.js'
import { rule } from '../../src/rule.js'
import { cp3Minor, tagPlace } from '../../src/views/tags.js'
import { andMore, list } from '../../src/wording.js'

/** The system of a platform tag, without its version: `manylinux x86_64`. */
function systemOf(platform: string): string | undefined {
  const linux = /^(manylinux|musllinux)(?:1|2010|2014|_[0-9]+_[0-9]+)_(.+)$/.exec(platform)
  if (linux) return `${linux[1]} ${linux[2]}`
  const versioned = /^(macosx|ios)_[0-9]+_[0-9]+_(.+)$/.exec(platform)
  if (versioned) return `${versioned[1] === 'macosx' ? 'macOS' : 'iOS'} ${versioned[2]}`
  const android = /^android_[0-9]+_(.+)$/.exec(platform)
  if (android) return `Android ${android[1]}`
  const windows = new Map([
    ['win_amd64', 'Windows amd64'],
    ['win32', 'Windows x86'],
    ['win_arm64', 'Windows arm64'],
  ])
  return windows.get(platform)
}

/** A universal2 wheel contains both Apple architectures. */
const systemsOf = (platform: string): readonly string[] => {
  const system = systemOf(platform)
  return system === 'macOS universal2' ? ['macOS x86_64', 'macOS arm64'] : system === undefined ? [] : [system]
}

/** Rows of the table: interpreters by name, with the systems that have a wheel for them. */
type Table = Map<string, Set<string>>

function tableOf(wheels: readonly Wheel[]): { readonly rows: Table; readonly systems: readonly string[] } {
  const rows: Table = new Map()
  const floors: { readonly minor: number; readonly systems: readonly string[] }[] = []
  const systems = new Set<string>()
  const add = (row: string, found: readonly string[]) => {
    const set = rows.get(row) ?? new Set()
    for (const system of found) set.add(system)
    rows.set(row, set)
  }
  for (const { name } of wheels) {
    const found = (name?.platform ?? []).flatMap(systemsOf)
    for (const system of found) systems.add(system)
    for (const abi of name?.abi ?? []) {
      if (/^cp3[0-9]+t?$/.test(abi)) add(abi, found)
      else if (abi === 'abi3')
        for (const python of name?.python ?? []) {
          const minor = cp3Minor(python)
          if (minor !== undefined) floors.push({ minor, systems: found })
        }
      else if (abi !== 'none' && /^(?:pypy|graalpy)/.test(abi)) add(abi, found)
    }
  }
  // An abi3 wheel supports every later interpreter that some wheel is for.
  for (const [row, found] of rows)
    for (const floor of floors)
      if ((cp3Minor(row) ?? -1) >= floor.minor) for (const system of floor.systems) found.add(system)
  return { rows, systems: [...systems].sort() }
}

/** `cp313t` → minor version 13 of 3, free-threaded. */
function cpythonOf(row: string): { readonly minor: number; readonly threaded: boolean } | undefined {
  const minor = cp3Minor(row.replace(/t$/, ''))
  return minor === undefined ? undefined : { minor, threaded: row.endsWith('t') }
}

/** Does the interpreter exist, according to the download pages of CPython, PyPy and GraalPy? */
function exists(row: string, system: string): boolean {
  const [os = '', arch = ''] = system.split(' ')
  const cpython = cpythonOf(row)
  if (cpython) {
    const { minor, threaded } = cpython
    if (threaded && (minor < 13 || os === 'iOS')) return false
    if (os === 'iOS' || os === 'Android') return minor >= 13
    if (system === 'Windows arm64') return minor >= 11
    return system !== 'macOS arm64' || minor >= 8
  }
  if (os === 'iOS' || os === 'Android' || os === 'musllinux') return false
  if (row.startsWith('graalpy'))
    return system !== 'Windows x86' && ['x86_64', 'aarch64', 'arm64', 'amd64'].includes(arch)
  return os === 'Windows' ? arch === 'amd64' : ['x86_64', 'i686', 'aarch64', 'arm64'].includes(arch)
}

const MOST_ROWS = 20
const order = (row: string): number => cpythonOf(row)?.minor ?? 999

export default rule({
  id: 'set-platform-gap',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'Wheels for some interpreters are missing on a platform where others have one.',
  why: 'Installers build the sdist there, or fall back to an older release.',
  fix: 'Build the missing wheels, or ignore this rule if they are omitted on purpose.',
  absence: 'file',
  bad: [
    ['cp312-cp312-win_amd64', 'cp313-cp313-win_amd64', 'cp312-cp312-manylinux_2_28_x86_64'],
    [
      'cp312-cp312-win_amd64',
      'cp313-cp313-win_amd64',
      'cp314-cp314-win_amd64',
      'cp312-cp312-manylinux_2_28_x86_64',
      'cp314-cp314-manylinux_2_28_x86_64',
    ],
  ].map(tags => ({
    release: tags.map(tag => ({ wheel: { filename: `demo-1.0-${tag}.whl` } })),
  })),
  good: {
    release: ['cp312-cp312-win_amd64', 'cp313-cp313-win_amd64'].map(tag => ({
      wheel: { filename: `demo-1.0-${tag}.whl` },
    })),
  },
  *check({ wheels, name }) {
    const { rows, systems } = tableOf(wheels)
    if (rows.size < 2 || systems.length < 2) return
    // A platform-independent wheel fills all gaps.
    if (wheels.some(wheel => wheel.name?.platform.includes('any'))) return
    const lacks = (row: string, system: string) => rows.get(row)?.has(system) === false
    const gaps = [...rows.keys()]
      .map(row => ({ row, missing: systems.filter(system => lacks(row, system) && exists(row, system)) }))
      .filter(({ missing }) => missing.length > 0)
      .sort((a, b) => order(a.row) - order(b.row) || (a.row < b.row ? -1 : 1))
    // A single interpreter between two that have a wheel was forgotten, or its build failed.
    const holes = gaps.flatMap(({ row, missing }) => {
      const own = cpythonOf(row)
      if (!own) return []
      const near = (step: number) => `cp3${own.minor + step}${own.threaded ? 't' : ''}`
      return missing
        .filter(system => [-1, 1].every(step => rows.get(near(step))?.has(system)))
        .map(system => ({ row, system, neighbor: near(-1) }))
    })
    for (const { row, system, neighbor } of holes) {
      const wheel = wheels.find(
        ({ name }) => name?.abi.includes(neighbor) && name.platform.flatMap(systemsOf).includes(system),
      )
      if (wheel)
        yield {
          path: wheel.path,
          at: tagPlace(wheel, 'abi', neighbor),
          message: `The wheels of ${name} for ${system} skip ${row}, although the versions before and after it have one.`,
          severity: 'warning',
          subject: `${row} ${system}`,
        }
    }
    const told = new Set(holes.map(({ row, system }) => `${row} ${system}`))
    const rest = gaps
      .map(({ row, missing }) => ({ row, missing: missing.filter(system => !told.has(`${row} ${system}`)) }))
      .filter(({ missing }) => missing.length > 0)
    const [wheel] = wheels
    if (!wheel || rest.length === 0) return
    const lines = rest.slice(0, MOST_ROWS).map(({ row, missing }) => `${row} on ${list(missing)}`)
    const more = andMore(rest.length - MOST_ROWS)
    yield {
      path: wheel.path,
      at: { field: 'tags' },
      message: `Wheels of ${name} are missing: ${lines.join('; ')}${more}.`,
      subject: 'tags',
    }
  },
})
