import { describe, expect, it } from 'vitest'
import { readFolder } from '../../src/project/folder.js'
import { readmeFinder, readmeNames } from '../../src/project/readme.js'

const namesIn = (files: Readonly<Record<string, string>>) => readmeNames(readFolder(new Map(Object.entries(files)), ''))

describe('the README files of a project', () => {
  const FANCY = 'tool.hatch.metadata.hooks.fancy-pypi-readme'
  it.each([
    ['a string', { 'pyproject.toml': '[project]\nreadme = "README.md"\n' }, ['README.md']],
    ['a table', { 'pyproject.toml': '[project]\nreadme = { file = "a.rst", content-type = "x" }\n' }, ['a.rst']],
    ['text in the table', { 'pyproject.toml': '[project.readme]\ntext = "Demo"\n' }, []],
    [
      'dynamic with setuptools',
      { 'pyproject.toml': '[tool.setuptools.dynamic]\nreadme = { file = ["a.md", "b.md"] }\n' },
      ['a.md', 'b.md'],
    ],
    ['dynamic, one file', { 'pyproject.toml': '[tool.setuptools.dynamic]\nreadme.file = "a.md"\n' }, ['a.md']],
    ['Poetry, one file', { 'pyproject.toml': '[tool.poetry]\nreadme = "a.md"\n' }, ['a.md']],
    ['Poetry, several', { 'pyproject.toml': '[tool.poetry]\nreadme = ["a.md", "b.md", 1]\n' }, ['a.md', 'b.md']],
    ['flit', { 'pyproject.toml': '[tool.flit.metadata]\ndescription-file = "a.rst"\n' }, ['a.rst']],
    [
      'fragments',
      { 'pyproject.toml': `[[${FANCY}.fragments]]\npath = "a.md"\n[[${FANCY}.fragments]]\ntext = "x"\n` },
      ['a.md'],
    ],
    ['setup.cfg', { 'setup.cfg': '[metadata]\nlong_description = file: a.rst\n' }, ['a.rst']],
    [
      'setup.cfg, several',
      { 'setup.cfg': '[metadata]\nlong-description =\n  file: a.rst, b.rst\n  c.rst,\n' },
      ['a.rst', 'b.rst', 'c.rst'],
    ],
    ['setup.cfg, a text', { 'setup.cfg': '[metadata]\nlong_description = a.rst\n' }, []],
    ['pbr', { 'setup.cfg': '[metadata]\ndescription-file =\n  a.rst\n  b.rst\n' }, ['a.rst', 'b.rst']],
    [
      'maturin',
      {
        'pyproject.toml': '[build-system]\nbuild-backend = "maturin"\n',
        'Cargo.toml': '[package]\nreadme = "a.md"\n',
      },
      ['a.md'],
    ],
  ])('%s', (_, files, named) => {
    expect(namesIn(files)).toEqual({ named, any: false })
  })

  it('may be any where a program, or Cargo by default, reads one', () => {
    expect(namesIn({ 'setup.py': 'setup()\n' })).toEqual({ named: [], any: true })
    expect(namesIn({ 'setup.py': 'setup()\n', 'setup.cfg': '[metadata]\ndescription_file = a\n' }).any).toBe(false)
    const maturin = '[build-system]\nrequires = ["maturin"]\n'
    expect(namesIn({ 'pyproject.toml': maturin, 'Cargo.toml': '[package]\nname = "a"\n' }).any).toBe(true)
  })
})

/** Where each line of a description is: `README.md:3`, or a dash. */
function linesFor(text: string, readmes: Readonly<Record<string, string>>) {
  const find = readmeFinder(new Map(Object.entries(readmes)))
  const description = { path: 'a.whl', member: 'METADATA', line: 1, text }
  return text.split(/\r\n|\n|\r/).map((_, index) => {
    const found = find(description, index, undefined)
    return found ? `${found.path}:${found.line}` : '-'
  })
}

const README = '# Demo\n\nReads files.\n\n## Use\n\n    demo x\n'

describe('the line of a README that became a line of the description', () => {
  const SAME = ['R:1', 'R:2', 'R:3', 'R:4', 'R:5', 'R:6', 'R:7']
  it.each([
    ['the same text', README, README],
    ['other line ends', README.replaceAll('\n', '\r\n'), README],
    ['other line ends in the README', README, README.replaceAll('\n', '\r\n')],
    ['old line ends', README.replaceAll('\n', '\r'), README],
    ['a byte order mark', README, `\ufeff${README}`],
    ['a byte order mark in the description', `\ufeff${README}`, README],
    ['white space at the ends of lines', README.replaceAll('\n', '  \n'), README],
    ['white space at the ends of lines of the README', README, README.replaceAll('\n', ' \t\n')],
    ['no line end at the end', README.trimEnd(), README],
    ['blank lines at the end', README.trimEnd(), `${README}\n\n`],
    ['a header with 8 blanks', README.trimEnd().replaceAll('\n', '\n        '), README],
    ['a header with a bar', README.trimEnd().replaceAll('\n', '\n       |'), README],
    ['a header with one blank', README.trimEnd().replaceAll('\n', '\n '), README],
  ])('%s', (_, description, readme) => {
    expect(linesFor(description, { R: readme }).slice(0, 7)).toEqual(SAME)
  })

  it('begins with the first line that is not blank', () => {
    expect(linesFor(`\n${README}`, { R: README })).toEqual(['R:1', ...SAME, 'R:8'])
    expect(linesFor(README, { R: `\n\n${README}` }).slice(0, 3)).toEqual(['R:3', 'R:4', 'R:5'])
  })

  it('is in the file that it is from, where several are joined', () => {
    const changes = '## Changes\n\n1.0\n'
    expect(linesFor(`${README}\n${changes}`, { R: README, C: changes })).toEqual([
      ...SAME,
      'R:8',
      'C:1',
      'C:2',
      'C:3',
      'C:4',
    ])
  })

  it('is none for what is added before or after', () => {
    expect(linesFor(`x\n${README}`, { R: README })[0]).toBe('-')
    expect(linesFor(`${README}\ny`, { R: README }).at(-1)).toBe('-')
    expect(linesFor(`${README}\ny`, { R: README }).slice(0, 7)).toEqual(SAME)
  })

  it('is none where the line differs, and the others are found', () => {
    expect(linesFor(README.replace('Reads', 'Writes'), { R: README }).slice(0, 7)).toEqual([
      'R:1',
      'R:2',
      '-',
      'R:4',
      'R:5',
      'R:6',
      'R:7',
    ])
  })

  it('is the right one of equal lines', () => {
    const text = 'A\n=\n\nx\n=\n\nB\n=\n\nx\n=\n\nC\n=\n'
    expect(linesFor(text, { R: text }).slice(0, 14)).toEqual(Array.from({ length: 14 }, (_, i) => `R:${i + 1}`))
  })

  it('is found in a part that was cut out', () => {
    const part = README.split('\n').slice(2, 7).join('\n')
    expect(linesFor(`Title\n\n${part}\n\nmore`, { R: README }).slice(2, 7)).toEqual(['R:3', 'R:4', 'R:5', 'R:6', 'R:7'])
  })

  it('is none in another text, though some lines are equal', () => {
    const other = '# Other\n\nWrites files.\n\n## Use\n\n    other x\n'
    expect(linesFor(other, { R: README })).toEqual(other.split('\n').map(() => '-'))
    expect(linesFor('UNKNOWN\n', { R: README })).toEqual(['-', '-'])
    expect(linesFor('\n \n', { R: README })).toEqual(['-', '-', '-'])
    expect(linesFor(README, { R: '' })).toEqual(README.split('\n').map(() => '-'))
  })

  it('is none where two places fit', () => {
    const part = 'a\nb\nc\n'
    expect(linesFor(`x\n${part}y`, { R: `1\n${part}2\n${part}3\n` })).toEqual(['-', '-', '-', '-', '-'])
  })

  it('costs little for a text of equal lines', () => {
    const text = 'x\n'.repeat(50_000)
    const find = readmeFinder(new Map([['R', text]]))
    expect(find({ path: '', member: '', line: 1, text }, 10, undefined)).toBeUndefined()
  })
})

it('marks the value in the line, else the line without its margins', () => {
  const find = readmeFinder(new Map([['R', '# Demo\n\n  See ![x](a.png).  \n']]))
  const description = { path: '', member: '', line: 1, text: '# Demo\n\n  See ![x](a.png).' }
  expect(find(description, 2, undefined)).toEqual({ path: 'R', line: 3, column: 3, endColumn: 19 })
  expect(find(description, 2, 'a.png')).toEqual({ path: 'R', line: 3, column: 12, endColumn: 17 })
  expect(readmeFinder(new Map([['R', '\ufeff# Demo\n']]))(description, 0, undefined)).toMatchObject({ column: 1 })
  expect(find(description, 2, 'not there')).toEqual({ path: 'R', line: 3, column: 3, endColumn: 19 })
})
