import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseEntryPoints } from '../../src/distribution/entry-points.js'
import { parseSdistName, parseWheelName } from '../../src/distribution/filename.js'
import { parseMetadata } from '../../src/distribution/metadata.js'
import { parsePyproject } from '../../src/distribution/pyproject.js'
import { parseRecord, type RecordColumn } from '../../src/distribution/record.js'
import type { Place } from '../../src/finding.js'
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

describe('what is not UTF-8', () => {
  const bytesOf = (text: string) => Uint8Array.from(text, char => char.charCodeAt(0))

  it('is placed in a header where the decoded line has it, also in a further line', () => {
    const kept = { ...keptOf(''), bytes: bytesOf('A: \xc3\xa9\xe9\nB: x\n y\xff\n\n\xc3\xa9 \xe9') }
    const { fields, problems } = parseMetadata(kept)
    expect(fields.map(({ bad }) => [bad?.line, bad?.column])).toEqual([
      [1, 5],
      [3, 3],
    ])
    expect(problems).toEqual([expect.objectContaining({ kind: 'body-not-utf8', line: 5, column: 3, mark: '\ufffd' })])
  })

  it('is placed in pyproject.toml', () => {
    const { error } = parsePyproject({ ...keptOf(''), bytes: bytesOf('a = 1\nb = "\xe9"\n') })
    expect(error).toMatchObject({ line: 2, column: 6, mark: '\ufffd', message: 'Byte 0xe9 on line 2 is not UTF-8.' })
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

describe('places in RECORD', () => {
  const placesOf = (text: string, columns: readonly RecordColumn[]) => {
    const lines = text.split(/\r\n|\r|\n/)
    const { rows } = parseRecord(keptOf(text))
    return rows.map(row =>
      columns.map(column => {
        const { line = 0, column: at = 0, mark = '', value } = row.at(column)
        const [first = ''] = mark.split(/\r\n|\r|\n/, 1)
        expect(value).toBe(row.value)
        expect(lines[line - 1]?.startsWith(first, at - 1), `${line}:${at} ${mark}`).toBe(true)
        return `${line}:${at} ${mark}`
      }),
    )
  }

  it('are those of each column and of both sides of the hash', () => {
    expect(placesOf('a.py,sha256=x=y,14\r\nb,,\n', ['path', 'hash', 'algorithm', 'digest', 'size'])).toEqual([
      ['1:1 a.py', '1:6 sha256=x=y', '1:6 sha256', '1:13 x=y', '1:17 14'],
      ['2:1 b', '2:3 ', '2:3 ', '2:3 ', '2:4 '],
    ])
  })

  it('lie inside quotes, and go on after a line end in them', () => {
    expect(placesOf('"a, ""b""",md5=z,1\n"c\nd","sha1=q"," 2"x\n', ['path', 'algorithm', 'digest', 'size'])).toEqual([
      ['1:2 a, ""b""', '1:12 md5', '1:16 z', '1:18 1'],
      ['2:2 c\nd', '3:5 sha1', '3:10 q', '3:13 " 2"x'],
    ])
  })

  it('show where columns are missing or too many', () => {
    expect(placesOf('a\nb,c,d,e,f\n"g,\n', ['path', 'size', 'rest'])).toEqual([
      ['1:1 a', '1:2 ', '1:2 '],
      ['2:1 b', '2:5 d', '2:7 e,f'],
      ['3:1 "g,\n', '3:4 ', '3:4 '],
    ])
  })

  it('are those of what csv refuses', () => {
    const { problems } = parseRecord(keptOf('a,\0,\n"b,,\n'))
    expect(problems).toEqual([
      { kind: 'nul', member: 'm', line: 1, column: 3, mark: '\0' },
      { kind: 'unclosed-quote', member: 'm', line: 2, column: 1, mark: '"' },
    ])
  })

  it('is that of the first character that is not UTF-8', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('a,,\r\né'), 0xff, 0x0a])
    expect(parseRecord({ ...keptOf(''), bytes }).bad).toEqual({ member: 'm', line: 2, column: 2, mark: '\ufffd' })
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

describe('places in entry_points.txt', () => {
  it('are those of groups, names and targets, also where the target is on a line of its own', () => {
    const text = ' [ a ]\n x y = m:f [e] \nz =\n  m.n\n  more\nw=\n'
    const lines = text.split('\n')
    const { groups, entries } = parseEntryPoints(keptOf(text))
    const places = [...groups, ...entries, ...entries.map(entry => entry.targetPlace)]
    const shown = places.map(({ line = 0, column = 0, mark, value }) => {
      const marked = mark ?? value ?? ''
      expect(lines[line - 1]?.startsWith(marked, column - 1), `${line}:${column} ${marked}`).toBe(true)
      return `${line}:${column} ${marked}`
    })
    expect(shown).toEqual(['1:3  a ', '2:2 x y', '3:1 z', '6:1 w', '2:8 m:f [e]', '4:3 m.n', '6:3 '])
  })

  it('are those of what ConfigParser refuses', () => {
    const { problems } = parseEntryPoints(keptOf('no\n[a]\nx = 1\n x\n[a]\nx = 2\n'))
    expect(problems.map(({ kind, line, column, mark }) => [kind, line, column, mark])).toEqual([
      ['no-section', 1, 1, 'no'],
      ['duplicate-section', 5, 2, 'a'],
      ['duplicate-option', 6, 1, 'x'],
    ])
  })
})

describe('pyproject.toml', () => {
  it('places items of arrays, dotted keys and arrays of tables', () => {
    const text =
      '[project]\ndependencies = [\n  "a", # one\n  """b""",\n]\nurls.Home = "h"\n[[tool.x]]\n[[tool.x]]\ny = {z = 1}\n'
    const { place } = parsePyproject(keptOf(text))
    expect(place('project', 'dependencies', 1)).toMatchObject({ line: 4, column: 6, value: 'b' })
    expect(place('project', 'urls', 'Home')).toMatchObject({ line: 6, column: 14 })
    expect(place('tool', 'x', 1, 'y', 'z')).toMatchObject({ line: 9, column: 10, field: 'tool.x[1].y.z' })
  })

  it('marks values inside their quotes as they are written, and keys', () => {
    const text =
      '[project]\nname = "d"\n"de mo" = \'x\'\ntext = """\none\ntwo"""\nurl = "a\\u0062"\nlist = [\n  1,\n]\nno = 12 # n\n'
    const lines = text.split('\n')
    const { place, keyPlace } = parsePyproject(keptOf(text))
    const marked = ({ line, column = 0, mark, value }: Place & { line: number }) => {
      const [first = ''] = (mark ?? value ?? '').split('\n')
      expect(lines[line - 1]?.startsWith(first, column - 1), `${line}:${column}`).toBe(true)
      return [line, column, mark ?? value]
    }
    const at = (...path: string[]) => [marked(place('project', ...path)), marked(keyPlace('project', ...path))]
    expect(at('name')).toEqual([
      [2, 9, 'd'],
      [2, 1, 'name'],
    ])
    expect(at('de mo')).toEqual([
      [3, 12, 'x'],
      [3, 1, '"de mo"'],
    ])
    expect(at('text')[0]).toEqual([5, 1, 'one\ntwo'])
    expect(at('url')[0]).toEqual([7, 8, 'a\\u0062'])
    // An array of several lines is marked at its key.
    expect(at('list')[0]).toEqual([8, 1, 'list'])
    expect(at('no')[0]).toEqual([11, 6, '12'])
    expect(marked(place('project', 'missing'))).toEqual([1, 1, '[project]'])
  })

  it.each([
    ['[build-system]\n[project] # x\nname = "a"\n', 2, 1, '[project]'],
    ['[project.urls]\nHome = "h"\n[ project ]\nname = "a"\n', 3, 1, '[ project ]'],
    ['[project.urls]\nHome = "h"\n', 1, 2, 'project'],
    ['x = 1\nproject.name = "a"\n', 2, 1, 'project'],
    ['project = { name = "a" }\n', 1, 11, '{ name = "a" }'],
    ['# none\nx = 1\n[tool.a]\n[tool.b]\n', 3, 1, '[tool.a]'],
    ['# none\n\nx.y = 1\n', 3, 1, 'x'],
    ['# none\n', 1, undefined, undefined],
    ['[build-system]\n[project\nname = "a"\n', 1, 1, '[build-system]'],
  ])('places a missing key at the table that lacks it: %j', (text, line, column, mark) => {
    expect(parsePyproject(keptOf(text)).place('project', 'version')).toEqual({
      member: 'm',
      field: 'project.version',
      line,
      ...(column !== undefined && { column }),
      ...(mark !== undefined && { mark }),
    })
  })

  it('tells the tables of an array apart', () => {
    const { place } = parsePyproject(keptOf('[[tool.x]]\na = 1\n[[tool.x]]\n[tool.x.y]\n'))
    expect(place('tool', 'x', 1, 'b')).toMatchObject({ line: 3, column: 1, mark: '[[tool.x]]' })
    expect(place('tool', 'x', 1, 'y', 'b')).toMatchObject({ line: 4, mark: '[tool.x.y]' })
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
