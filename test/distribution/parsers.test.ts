import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseEntryPoints } from '../../src/distribution/entry-points.js'
import { parseSdistName, parseWheelName } from '../../src/distribution/filename.js'
import { parseMetadata } from '../../src/distribution/metadata.js'
import { parsePyproject } from '../../src/distribution/pyproject.js'
import { parseRecord } from '../../src/distribution/record.js'
import { differs, keptOf } from './as-python.js'

const cases = new URL('../../../shared/expected/packaging-cases.jsonl', import.meta.url)

interface Case {
  readonly kind: string
  readonly input: string
  readonly raw: unknown
  readonly unparsed: Readonly<Record<string, readonly string[]>>
}

/** A body that is not UTF-8 was recorded as bytes; its text is nobody's. */
function withoutBytes(unparsed: Readonly<Record<string, readonly string[]>>) {
  const { description, ...rest } = unparsed
  return description ? { ...rest, description: description.filter(text => !/[\x80-\xff]/.test(text)) } : rest
}

describe('METADATA', () => {
  it.skipIf(!existsSync(cases))('reads what packaging reads (needs ../shared)', () => {
    const lines = readFileSync(cases, 'utf8').trim().split('\n')
    const emails = lines.map(line => JSON.parse(line) as Case).filter(({ kind }) => kind === 'parse-email')
    expect(emails.length).toBeGreaterThan(50)
    const faults = emails.flatMap(({ input, raw, unparsed }) => {
      const base64 = Buffer.from(input, 'latin1').toString('base64')
      const fault = differs({
        archive: '',
        member: '',
        kind: 'metadata',
        base64,
        expected: { raw, unparsed: withoutBytes(unparsed) },
      })
      return fault === undefined ? [] : [`${JSON.stringify(input)}: ${fault}`]
    })
    expect(faults).toEqual([])
  })

  it('places each value by line and column, and names the line that ends the headers', () => {
    const metadata = parseMetadata(keptOf('Metadata-Version: 2.1\nSummary:  one\ntwo\nName: demo\n'))
    expect(metadata.first('Summary')).toMatchObject({ line: 2, column: 11, value: 'one' })
    expect(metadata.problems).toEqual([expect.objectContaining({ kind: 'headers-cut', line: 3, text: 'two' })])
    expect(metadata.description).toMatchObject({ text: 'two\nName: demo\n', from: 'body', line: 3 })
  })
})

describe('RECORD', () => {
  it('keeps commas, quotes and line ends inside quotes, and lets a lone CR end a row', () => {
    const { rows } = parseRecord(keptOf('"a,""b""\nc",h=x,1\r\nIcon\r,h=y,2\n'))
    expect(rows.map(({ value, line, columns }) => [value, line, columns])).toEqual([
      ['a,"b"\nc', 1, 3],
      ['Icon', 3, 1],
      ['', 4, 3],
    ])
  })
})

describe('entry_points.txt', () => {
  it('joins continuation lines and notes a repeated name', () => {
    const { entries, problems } = parseEntryPoints(keptOf('[a]\nx = m:f\n  [e]\n# no\nx = m.n\n'))
    expect(entries.map(({ target, line }) => [target, line])).toEqual([
      ['m:f\n[e]', 2],
      ['m.n', 5],
    ])
    expect(problems.map(({ kind }) => kind)).toEqual(['duplicate-option'])
  })
})

describe('pyproject.toml', () => {
  it('places items of arrays, dotted keys and arrays of tables', () => {
    const text =
      '[project]\ndependencies = [\n  "a", # one\n  """b""",\n]\nurls.Home = "h"\n[[tool.x]]\n[[tool.x]]\ny = {z = 1}\n'
    const { place } = parsePyproject(keptOf(text))
    expect(place('project', 'dependencies', 1)).toMatchObject({ line: 4, column: 3, value: 'b' })
    expect(place('project', 'urls', 'Home')).toMatchObject({ line: 6, column: 13 })
    expect(place('tool', 'x', 1, 'y', 'z')).toMatchObject({ line: 9, column: 10, field: 'tool.x[1].y.z' })
  })

  it.each([
    ['[build-system]\n[project] # x\nname = "a"\n', 2, 1, '[project]'],
    ['[project.urls]\nHome = "h"\n[ project ]\nname = "a"\n', 3, 1, '[ project ]'],
    ['[project.urls]\nHome = "h"\n', 1, 2, 'project'],
    ['x = 1\nproject.name = "a"\n', 2, 1, 'project'],
    ['project = { name = "a" }\n', 1, 11, undefined],
    ['# none\nx = 1\n[tool.a]\n[tool.b]\n', 3, 1, '[tool.a]'],
    ['# none\n\nx.y = 1\n', 3, 1, 'x'],
    ['# none\n', 1, undefined, undefined],
    ['[build-system]\n[project\nname = "a"\n', 1, 1, '[build-system]'],
  ])('places a missing key at the table that lacks it: %j', (text, line, column, value) => {
    expect(parsePyproject(keptOf(text)).place('project', 'version')).toEqual({
      member: 'm',
      field: 'project.version',
      line,
      ...(column !== undefined && { column }),
      ...(value !== undefined && { value }),
    })
  })

  it('tells the tables of an array apart', () => {
    const { place } = parsePyproject(keptOf('[[tool.x]]\na = 1\n[[tool.x]]\n[tool.x.y]\n'))
    expect(place('tool', 'x', 1, 'b')).toMatchObject({ line: 3, column: 1, value: '[[tool.x]]' })
    expect(place('tool', 'x', 1, 'y', 'b')).toMatchObject({ line: 4, value: '[tool.x.y]' })
  })

  it.each([
    'a = {b = 1,\n}',
    'a = "\\e"',
    'a = 07:32',
    '\ufeffa = 1',
    'a = 1\rb = 2',
    `a${'.a'.repeat(50_000)} = 1`,
    '=',
  ])('refuses what TOML 1.0 or our bounds refuse: %j', text => {
    const { data, error } = parsePyproject(keptOf(text))
    expect(data).toBeUndefined()
    expect(error).toMatchObject({ line: 1 })
  })
})

it('refuses a dotted key of 50,000 parts', () => {
  expect(parsePyproject(keptOf(`a${'.a'.repeat(50_000)} = 1`)).error).toMatchObject({ line: 1, column: 1 })
})

describe('file names', () => {
  it('tells a build tag from a variant label', () => {
    expect(parseWheelName('d-1-2b-py3-none-any.whl')).toMatchObject({ build: '2b', variant: undefined })
    expect(parseWheelName('d-1-py3-none-any-x86v3.whl')).toMatchObject({ build: undefined, variant: 'x86v3' })
  })

  it('divides an sdist name at the last hyphen', () => {
    expect(parseSdistName('a-b-1.0.tar.gz')).toEqual({ name: 'a-b', version: '1.0', suffix: '.tar.gz' })
  })
})
