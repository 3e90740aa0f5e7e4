import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

// Bytes become facts, facts meet rules, rules give findings, findings become a report. Nothing flows backwards.

const root = fileURLToPath(new URL('../', import.meta.url))

/** The floors of the house, the ground first. A file imports from floors below its own, and from its own room. */
const FLOORS: readonly (readonly string[])[] = [
  ['src/data', 'schemas'],
  ['src/once', 'src/wording', 'src/finding', 'src/version', 'src/runtime', 'src/example', 'src/usage-error'],
  ['src/text', 'src/standards', 'src/source'],
  ['src/archive', 'src/sbom', 'src/description'],
  ['src/native', 'src/licenses'],
  ['src/distribution'],
  ['src/platform', 'src/views', 'src/project'],
  ['src/contract'],
  ['src/rule', 'src/data-tables'],
  ['src/selection', 'rules/shared'],
  ['src/judge', 'rules'],
  ['src/report'],
  ['src/config', 'src/audit', 'rules/registry'],
  ['src/run'],
  ['src/inputs'],
  ['src/index'],
  ['src/cli'],
]

/** The files that may import Node's own modules; the rest runs in a browser. */
const NODE: readonly RegExp[] = [
  /^src\/cli(?:\/|\.ts$)/,
  /^src\/runtime\.ts$/,
  /^src\/inputs\.ts$/,
  /^src\/source\/file\.ts$/,
  /^src\/config\/file\.ts$/,
  /^src\/project\/(?:load|git-index)\.ts$/,
  /^src\/description\/pyodide-/,
]

/** `src/text/csv.ts` is in the room src/text; rules of a topic, with that topic's helpers, are in `rules`. */
function roomOf(file: string): string {
  const [first = '', second = ''] = file.replace(/\.(?:ts|js|json|cjs)$/, '').split('/')
  if (first === 'schemas') return first
  return first === 'rules' && second !== 'shared' && second !== 'registry' ? 'rules' : `${first}/${second}`
}

const floorOf = (room: string): number => FLOORS.findIndex(rooms => rooms.includes(room))

const files = ['src', 'rules'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => normalize(`${folder}/${file}`).replaceAll('\\', '/')),
)

/** What a file imports, as it is written: types too, since a type that is needed above says where a thing belongs. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [
    ...text.matchAll(/(?:^|\n)(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?'([^']+)'|\bimport\('([^']+)'\)/g),
  ].map(match => match[1] ?? match[2] ?? '')
}

describe('the floors', () => {
  it('hold every room', () => {
    expect([...new Set(files.map(roomOf))].filter(room => floorOf(room) < 0 && room !== 'src/cli')).toEqual([])
    const rooms = new Set([...files.map(roomOf), 'src/data', 'schemas'])
    expect(
      FLOORS.flat().filter(room => !rooms.has(room)),
      'rooms that are gone',
    ).toEqual([])
  })

  it.each(FLOORS.flat().map(room => [room]))('%s imports from below', room => {
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
  expect(imported.filter(file => !NODE.some(pattern => pattern.test(file)))).toEqual([])
  expect(imported.length).toBeGreaterThan(0)
})
