import type { Wheel } from '../../src/distribution/distribution.js'
import { rule } from '../../src/rule.js'
import { cp3Minor } from '../../src/views/tags.js'
import { andMore, list } from '../../src/wording.js'

/** What a platform tag is for, without its versions: `manylinux x86_64`. */
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

/** Both architectures of Apple are in a universal2 wheel. */
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
  // An abi3 wheel serves every later interpreter that some wheel is for.
  for (const [row, found] of rows)
    for (const floor of floors)
      if ((cp3Minor(row) ?? -1) >= floor.minor) for (const system of floor.systems) found.add(system)
  return { rows, systems: [...systems].sort() }
}

const MOST_ROWS = 20
const order = (row: string): number => cp3Minor(row.replace(/t$/, '')) ?? 999

export default rule({
  id: 'set-platform-gap',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'Some interpreters have no wheel on a platform where others have one.',
  why: 'Installers build the sdist there, or fall back to an older release.',
  fix: 'Build the missing wheels, or leave them out on purpose.',
  absence: 'file',
  bad: {
    release: ['cp312-cp312-win_amd64', 'cp313-cp313-win_amd64', 'cp312-cp312-manylinux_2_28_x86_64'].map(tag => ({
      wheel: { filename: `demo-1.0-${tag}.whl` },
    })),
  },
  good: {
    release: ['cp312-cp312-win_amd64', 'cp313-cp313-win_amd64'].map(tag => ({
      wheel: { filename: `demo-1.0-${tag}.whl` },
    })),
    alsoGives: ['platform-tag-no-binary'],
  },
  *check({ wheels, name }) {
    const { rows, systems } = tableOf(wheels)
    if (rows.size < 2 || systems.length < 2) return
    // A wheel that is for any machine leaves no holes.
    if (wheels.some(wheel => wheel.name?.platform.includes('any'))) return
    const gaps = [...rows]
      .map(([row, found]) => ({ row, missing: systems.filter(system => !found.has(system)) }))
      .filter(({ missing }) => missing.length > 0)
      .sort((a, b) => order(a.row) - order(b.row) || (a.row < b.row ? -1 : 1))
    const [wheel] = wheels
    if (!wheel || gaps.length === 0) return
    const lines = gaps.slice(0, MOST_ROWS).map(({ row, missing }) => `${row}: no ${list(missing)}`)
    const more = andMore(gaps.length - MOST_ROWS)
    yield {
      path: wheel.path,
      at: { field: 'tags' },
      message: `The wheels of ${name} leave holes: ${lines.join('; ')}${more}.`,
      subject: 'tags',
    }
  },
})
