import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { FLOORS, NODE_FILES, roomOf, sourceFiles } from '../scripts/rooms.js'

// Bytes become facts, facts meet rules, rules give findings, findings become a report. Nothing flows backwards.

const root = fileURLToPath(new URL('../', import.meta.url))

const files = sourceFiles()
const floorOf = (room: string): number => FLOORS.findIndex(rooms => Object.hasOwn(rooms, room))
const allRooms = FLOORS.flatMap(rooms => Object.keys(rooms))

const IMPORT = /(?:^|\n)(?:import|export) (?:[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from )?'([^']+)'|\bimport\('([^']+)'\)/g

/** The statements of a file that import, with what they import. */
function importingOf(file: string): readonly { readonly statement: string; readonly specifier: string }[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(IMPORT)].map(([all, first, second]) => ({
    statement: all.trimStart(),
    specifier: first ?? second ?? '',
  }))
}

/** What a file imports, as it is written: types too, since a type that is needed above says where a thing belongs. */
const importsOf = (file: string): readonly string[] => importingOf(file).map(({ specifier }) => specifier)

/** The source file that a specifier of another one means. */
const target = (file: string, specifier: string) =>
  normalize(join(dirname(file), specifier))
    .replaceAll('\\', '/')
    .replace(/\.js$/, '.ts')

/** The files that are there at run time when `entry` is. */
function loadedBy(entry: string, replaced: Readonly<Record<string, string>>): ReadonlySet<string> {
  const seen = new Set([entry])
  for (const file of seen)
    for (const { statement, specifier } of importingOf(file)) {
      if (/^(?:import|export) type\b/.test(statement) || !/^\..*\.js$/.test(specifier)) continue
      const found = target(file, specifier)
      seen.add(replaced[found] ?? found)
    }
  return seen
}

describe('the floors', () => {
  it('hold every room', () => {
    expect([...new Set(files.map(roomOf))].filter(room => floorOf(room) < 0)).toEqual([])
    const rooms = new Set([...files.map(roomOf), 'src/data', 'schemas'])
    expect(
      allRooms.filter(room => !rooms.has(room)),
      'rooms that are gone',
    ).toEqual([])
  })

  it.each(allRooms.map(room => [room]))('%s imports from below', room => {
    const up: string[] = []
    for (const file of files.filter(one => roomOf(one) === room))
      for (const specifier of importsOf(file)) {
        if (!specifier.startsWith('.')) continue
        const other = roomOf(target(file, specifier))
        if (other !== room && floorOf(other) >= floorOf(room)) up.push(`${file} imports ${specifier}`)
      }
    expect(up).toEqual([])
  })

  it('let a helper of a topic serve that topic alone', () => {
    const strangers = files.flatMap(file =>
      importsOf(file)
        .filter(specifier => /\/_[^/]+\.js$/.test(specifier))
        .map(specifier => target(file, specifier))
        .filter(helper => dirname(helper) !== dirname(file))
        .map(helper => `${file} imports ${helper}`),
    )
    expect(strangers).toEqual([])
  })

  it('share a helper only where rules of several topics use it', () => {
    const users = new Map<string, Set<string>>()
    for (const file of files.filter(one => roomOf(one) === 'rules'))
      for (const specifier of importsOf(file)) {
        const helper = target(file, specifier)
        if (dirname(helper) !== 'rules/shared') continue
        users.set(helper, (users.get(helper) ?? new Set()).add(dirname(file)))
      }
    const helpers = files.filter(file => dirname(file) === 'rules/shared')
    expect(helpers.filter(helper => (users.get(helper)?.size ?? 0) < 2)).toEqual([])
  })
})

const isNodeFile = (file: string) => NODE_FILES.some(one => (one.endsWith('/') ? file.startsWith(one) : file === one))

it("imports Node's own modules in the files of the list alone", () => {
  const imported = files.filter(file =>
    importsOf(file).some(specifier => specifier.startsWith('node:') || specifier === 'process'),
  )
  expect(imported.filter(file => !isNodeFile(file))).toEqual([])
  expect(NODE_FILES.filter(file => !existsSync(join(root, file)))).toEqual([])
})

it('loads none of them in a browser', () => {
  const loaded = loadedBy('src/browser.ts', { 'src/runtime.ts': 'src/runtime-browser.ts' })
  expect([...loaded].filter(isNodeFile)).toEqual([])
  expect(loaded).toContain('src/archive/zip-content.ts')
  expect([...loadedBy('src/index.ts', {})].filter(isNodeFile)).toContain('src/runtime.ts')
})

it('loads nothing for the network before an address asks for it, and never in the library', () => {
  const isRemote = (file: string) => file.startsWith('src/remote/')
  const command = new Set(['src/cli.ts'])
  for (const file of command)
    for (const { statement, specifier } of importingOf(file))
      if (/^\..*\.js$/.test(specifier) && !/^(?:(?:import|export) type\b|import\()/.test(statement))
        command.add(target(file, specifier))
  expect(command).toContain('src/archive/zip.ts')
  expect([...command].filter(isRemote)).toEqual([])
  expect([...loadedBy('src/index.ts', {})].filter(isRemote)).toEqual([])
})
