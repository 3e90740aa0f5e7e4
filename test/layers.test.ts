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

/** What a file imports, as it is written: types too, since a type that is needed above says where a thing belongs. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [
    ...text.matchAll(/(?:^|\n)(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?'([^']+)'|\bimport\('([^']+)'\)/g),
  ].map(match => match[1] ?? match[2] ?? '')
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
        const target = normalize(join(dirname(file), specifier)).replaceAll('\\', '/')
        const other = roomOf(target)
        if (other !== room && floorOf(other) >= floorOf(room)) up.push(`${file} imports ${target}`)
      }
    expect(up).toEqual([])
  })

  it('let a helper of a topic serve that topic alone', () => {
    const strangers = files.flatMap(file =>
      importsOf(file)
        .filter(specifier => /\/_[^/]+\.js$/.test(specifier))
        .map(specifier => normalize(join(dirname(file), specifier)))
        .filter(target => dirname(target) !== dirname(file))
        .map(target => `${file} imports ${target}`),
    )
    expect(strangers).toEqual([])
  })
})

it("imports Node's own modules in the files of the list alone", () => {
  const imported = files.filter(file =>
    importsOf(file).some(specifier => specifier.startsWith('node:') || specifier === 'process'),
  )
  const allowed = (file: string) => NODE_FILES.some(one => (one.endsWith('/') ? file.startsWith(one) : file === one))
  expect(imported.filter(file => !allowed(file))).toEqual([])
  expect(NODE_FILES.filter(file => !existsSync(join(root, file)))).toEqual([])
})
