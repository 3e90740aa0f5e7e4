import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/finding.js'
import { editsOf, fixed } from '../../src/project/fix.js'

const source = (files: Readonly<Record<string, string>>) => ({ files: new Map(Object.entries(files)) })

/** The file after the changes, which a second run leaves as it is; undefined where they cannot be made. */
function changed(path: string, text: string, ...changes: readonly Change[]): string | undefined {
  const wish = { project: null, remedy: { safe: true, changes } }
  const { texts, made } = fixed(source({ [path]: text }), [wish])
  const result = texts.get(path)
  expect(made.length).toBe(result === undefined ? 0 : 1)
  if (result !== undefined) expect(fixed(source({ [path]: result }), [wish]).texts.size).toBe(0)
  return result
}
const toml = (text: string, ...changes: readonly Change[]) => changed('pyproject.toml', text, ...changes)
const cfg = (text: string, ...changes: readonly Change[]) => changed('setup.cfg', text, ...changes)

const BUILD = '[build-system]\nrequires = ["setuptools>=61"] # pinned below\nbuild-backend = "setuptools.build_meta"\n'
const license = (more: Partial<Extract<Change, { kind: 'license' }>> = {}): Change => ({
  kind: 'license',
  expression: 'MIT',
  was: 'MIT License',
  files: [],
  classifiers: ['License :: OSI Approved :: MIT License'],
  ...more,
})
const RAISED = BUILD.replace('>=61', '>=77.0.3')

describe('several changes of one value', () => {
  const text = (requirement: string) => `${BUILD}\n[project]\nname = "demo"\ndependencies = ["${requirement}"]\n`
  const value = 'attrs[Some_X] (>=1)'
  const both = (...changes: readonly Change[]) => {
    const wishes = changes.map(change => ({ project: null, remedy: { safe: true, changes: [change] } }))
    const { texts, made } = fixed(source({ 'pyproject.toml': text(value) }), wishes)
    return { text: texts.get('pyproject.toml'), made: made.map(wish => wishes.indexOf(wish)) }
  }
  const extra: Change = { kind: 'requirement', value, where: 'extras', part: 'Some_X', by: 'some-x' }
  const replacing = (by: string): Change => ({ kind: 'replace', field: 'Requires-Dist', value, by })

  it('are all made, in any order', () => {
    const plain = replacing('attrs[Some_X]>=1')
    const result = { text: text('attrs[some-x]>=1'), made: [0, 1] }
    expect(both(extra, plain)).toEqual(result)
    expect(both(plain, extra)).toEqual(result)
    expect(both(replacing('Attrs[Some_X] (>=1)'), plain)).toEqual({ text: text('Attrs[Some_X]>=1'), made: [0, 1] })
  })

  it('count once where they are the same, and not at all where they contradict', () => {
    expect(both(extra, extra)).toEqual({ text: text('attrs[some-x] (>=1)'), made: [0, 1] })
    expect(both(replacing('attrs[Some_X]>=1'), replacing('attrs[Some_X]>=2'))).toEqual({
      text: text('attrs[Some_X]>=1'),
      made: [0],
    })
  })
})

describe('the license', () => {
  it.each([
    ['license = {text = "MIT License"} # why', 'license = "MIT" # why'],
    ['license.text = "MIT License"', 'license = "MIT"'],
    [
      '\n[project.license]\ntext = "MIT License"\n\n[project.urls]\nA = "b"',
      'license = "MIT"\n\n[project.urls]\nA = "b"',
    ],
    [
      'license = {text = "MIT License"}\nclassifiers = [\n  "License :: OSI Approved :: MIT License",\n  "Typing :: Typed",\n]',
      'license = "MIT"\nclassifiers = [\n  "Typing :: Typed",\n]',
    ],
  ])('%j', (before, after) => {
    const text = `${BUILD}\n[project]\nname = "demo"\n${before}\n`
    expect(toml(text, license())).toBe(`${RAISED}\n[project]\nname = "demo"\n${after}\n`)
  })

  it('of setup.cfg takes another key, and the place of the license classifiers', () => {
    const text = (key: string, list: string) =>
      `[metadata]\nname = demo\n# MIT, as ever\n${key}\nclassifiers =\n${list}    # typed\n    Typing :: Typed\n`
    const own = '    License :: OSI Approved :: MIT License\n'
    expect(cfg(text('license = MIT License', own), license())).toBe(text('license_expression = MIT', ''))
    expect(cfg(text('License: MIT License', ''), license())).toBe(text('license_expression: MIT', ''))
    expect(cfg(text('url = b', own), license({ was: undefined }))).toBe(
      text('url = b', '').replace('name = demo\n', 'name = demo\nlicense_expression = MIT\n'),
    )
    expect(cfg(text('license = BSD', own), license())).toBeUndefined()
    expect(cfg(text('license = MIT License', '    License :: Free For Home Use\n'), license())).toBeUndefined()
    expect(cfg(text('license = MIT License\nlicense_expression = MIT', own), license())).toBeUndefined()
  })

  it('of setup.cfg stays where setup.py gives it, or where only that of setuptools could be raised', () => {
    const text = '[metadata]\nname = demo\nlicense = MIT License\n'
    const wish = { project: null, remedy: { safe: true, changes: [license()] } }
    const afterFix = (more: Readonly<Record<string, string>>) =>
      fixed(source({ 'setup.cfg': text, ...more }), [wish]).texts
    expect([...afterFix({ 'setup.py': 'from setuptools import setup\nsetup(license="MIT License")\n' })]).toEqual([])
    expect([
      ...afterFix({ 'pyproject.toml': '[build-system]\nrequires = ["pbr"]\nbuild-backend = "pbr.build"\n' }),
    ]).toEqual([])
    expect(afterFix({ 'pyproject.toml': BUILD }).get('pyproject.toml')).toBe(RAISED)
  })

  it('names the file that the table named', () => {
    const text = `${BUILD}[project]\r\nlicense = { file = "LICENSE" }\r\nname = "demo"`.replaceAll(/\r?\n/g, '\r\n')
    expect(toml(text, license({ was: 'LICENSE', files: ['LICENSE', 'NOTICE'] }))).toBe(
      `${RAISED}[project]\nlicense = "MIT"\nlicense-files = ["LICENSE", "NOTICE"]\nname = "demo"`.replaceAll(
        '\n',
        '\r\n',
      ),
    )
  })

  it.each([
    ['another text', 'license = {text = "BSD"}', '>=61'],
    ['another classifier', 'license = {text = "MIT License"}\nclassifiers = ["License :: Free For Home Use"]', '>=61'],
    ['a license that the backend computes', 'dynamic = ["license"]', '>=61'],
    ['an older backend', 'license = {text = "MIT License"}', '>=61,<70'],
  ])('stays with %s', (_, before, version) => {
    const text = `${BUILD.replace('>=61', version)}[project]\nname = "demo"\n${before}\n`
    expect(toml(text, license())).toBeUndefined()
  })

  it('asks for no newer backend than it needs', () => {
    const build = (requires: string, backend: string) =>
      `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n[project]\nname = "demo"\nlicense = {text = "MIT License"}\n`
    const requires = (text: string) =>
      (parse(toml(text, license()) ?? '')['build-system'] as { requires: string[] }).requires
    expect(requires(build('setuptools>=80', 'setuptools.build_meta'))).toEqual(['setuptools>=80'])
    expect(requires(build('hatchling', 'hatchling.build'))).toEqual(['hatchling>=1.27.0'])
    expect(requires(build('flit_core >=3.11,<4', 'flit_core.buildapi'))).toEqual(['flit_core >=3.11,<4'])
    expect(requires(build('poetry-core<3', 'poetry.core.masonry.api'))).toEqual(['poetry-core>=2.2.0,<3'])
    expect(toml(build('own', 'own.backend'), license())).toBeUndefined()
  })
})

describe('lists', () => {
  const once: Change = { kind: 'once', field: 'Keywords', value: 'a' }

  it('keep the first of equal items', () => {
    expect(toml('[project]\nkeywords = ["a", "b", "a"]\n', once)).toBe('[project]\nkeywords = ["a", "b"]\n')
    expect(cfg('[metadata]\nkeywords = a, b, a\n', once)).toBe('[metadata]\nkeywords = a, b\n')
    expect(cfg('[metadata]\nkeywords =\n  a\n  b\n  a\n', once)).toBe('[metadata]\nkeywords =\n  a\n  b\n')
  })

  it('have no item twice after a correction', () => {
    const change: Change = { kind: 'replace', field: 'Classifier', value: 'A', by: 'B' }
    expect(toml('[project]\nclassifiers = ["A", "C"]\n', change)).toBe('[project]\nclassifiers = ["B", "C"]\n')
    expect(toml('[project]\nclassifiers = ["A", "B"]\n', change)).toBe('[project]\nclassifiers = ["B"]\n')
    expect(cfg('[metadata]\nclassifiers =\n\tA\n\t# one\n\tC\n', change)).toBe(
      '[metadata]\nclassifiers =\n\tB\n\t# one\n\tC\n',
    )
    expect(toml('[project]\nclassifiers = ["C"]\n', change)).toBeUndefined()
  })
})

describe('names', () => {
  it('of extras change where the project uses them on itself', () => {
    const text = `[project]
name = "Demo.Pkg"
[project.optional-dependencies]
Fast_IO = ["other[Fast_IO]"]
all = ['demo-pkg[x, Fast_IO]>=1 ; os_name=="nt"']
[dependency-groups]
dev = ["demo_pkg[Fast_IO]"]
`
    expect(toml(text, { kind: 'rename', what: 'extra', name: 'Fast_IO', by: 'fast-io' })).toBe(`[project]
name = "Demo.Pkg"
[project.optional-dependencies]
fast-io = ["other[Fast_IO]"]
all = ['demo-pkg[x, fast-io]>=1 ; os_name=="nt"']
[dependency-groups]
dev = ["demo_pkg[fast-io]"]
`)
    expect(
      cfg('[metadata]\nname = demo\n[options.extras_require]\nA_b =\n  x\nall = demo[A_b]\n', {
        kind: 'rename',
        what: 'extra',
        name: 'A_b',
        by: 'a-b',
      }),
    ).toBe('[metadata]\nname = demo\n[options.extras_require]\na-b =\n  x\nall = demo[a-b]\n')
  })

  it('of groups change where they are included', () => {
    const change: Change = { kind: 'rename', what: 'group', name: 'T_c', by: 't-c' }
    expect(toml('[dependency-groups]\nT_c = ["a"]\nd = [{include-group = "T_c"}]\n', change)).toBe(
      '[dependency-groups]\nt-c = ["a"]\nd = [{include-group = "t-c"}]\n',
    )
    expect(toml('[dependency-groups]\nT_c = ["a"]\nt-c = []\n', change)).toBeUndefined()
  })

  it('of keys of setup.cfg change unless the other is there', () => {
    const change: Change = {
      kind: 'rename',
      what: 'setup.cfg',
      name: 'metadata.license_file',
      by: 'metadata.license_files',
    }
    expect(cfg('[metadata]\nlicense_file = LICENSE\n', change)).toBe('[metadata]\nlicense_files = LICENSE\n')
    expect(cfg('[metadata]\nlicense_file = LICENSE\nlicense_files = A\n', change)).toBeUndefined()
  })
})

describe('values', () => {
  it('of Requires-Python are found in whatever order they are written', () => {
    const change: Change = { kind: 'replace', field: 'Requires-Python', value: '!=3.9.*,>=3.8.*', by: '!=3.9.*,>=3.8' }
    expect(toml('[project]\nrequires-python = ">= 3.8.*, != 3.9.*"\n', change)).toBe(
      '[project]\nrequires-python = "!=3.9.*,>=3.8"\n',
    )
    expect(toml('[project]\nrequires-python = ">=3.8"\n', change)).toBeUndefined()
  })

  it('of requirements change in the part that is meant', () => {
    const marker = { kind: 'requirement', where: 'marker', part: 'os.name', by: 'os_name' } as const
    expect(
      toml('[project]\ndependencies = ["os.name; os.name == \'nt\'"]\n', {
        ...marker,
        value: "os.name; os.name == 'nt'",
      }),
    ).toBe('[project]\ndependencies = ["os.name; os_name == \'nt\'"]\n')
    const extra = { kind: 'requirement', where: 'extras', part: 'A_b', by: 'a-b' } as const
    expect(toml('[project]\ndependencies = ["A_b[A_b, c]"]\n', { ...extra, value: 'A_b[A_b,c]' })).toBe(
      '[project]\ndependencies = ["A_b[a-b, c]"]\n',
    )
  })

  it('of any kind are set where they are what was seen', () => {
    const change: Change = { kind: 'set', key: 'project.keywords[0]', was: '"a, b"', value: ['a', 'b'] }
    expect(toml('[project]\nkeywords = ["a, b", "c"]\n', change)).toBe('[project]\nkeywords = ["a", "b", "c"]\n')
    expect(toml('[project]\nkeywords = ["a"]\n', change)).toBeUndefined()
  })
})

it('leaves what it cannot read, and what is too large, as it is', () => {
  const change: Change = { kind: 'replace', field: 'Summary', value: 'a', by: 'b' }
  expect(toml('[project]\ndescription = "a"\n[project\n', change)).toBeUndefined()
  expect(toml(`[project]\ndescription = "a"\n#${' '.repeat(300_000)}\n`, change)).toBeUndefined()
  expect(toml(`[project]\ndescription = "a"\nx = ${'['.repeat(5000)}\n`, change)).toBeUndefined()
})

it('keeps a byte order mark, and counts it in columns', () => {
  const files = source({ 'setup.cfg': '\ufeff[metadata]\nkeywords = a,a' })
  const remedy = { safe: false, changes: [{ kind: 'once', field: 'Keywords', value: 'a' }] } as const
  expect(editsOf(files)(remedy, null)).toEqual([
    {
      path: 'setup.cfg',
      key: 'metadata.keywords',
      line: 2,
      column: 12,
      endLine: 2,
      endColumn: 15,
      replacement: 'a',
      safe: false,
    },
  ])
  expect(fixed(files, [{ project: null, remedy }]).texts.get('setup.cfg')).toBe('\ufeff[metadata]\nkeywords = a')
})

it('makes overlapping changes one after the other', () => {
  const files = source({
    'pyproject.toml': `${BUILD}[project]\nname = "demo"\nlicense = "MIT License"\nclassifiers = ["License :: OSI Approved :: MIT License", "A", "A"]\n`,
  })
  const wishes = [
    license(),
    { kind: 'remove', field: 'Classifier', value: 'License :: OSI Approved :: MIT License' } as const,
    { kind: 'once', field: 'Classifier', value: 'A' } as const,
  ].map(change => ({ project: null, remedy: { safe: true, changes: [change] } }))
  const { texts, made, left } = fixed(files, wishes)
  expect(texts.get('pyproject.toml')).toBe(`${RAISED}[project]\nname = "demo"\nlicense = "MIT"\nclassifiers = ["A"]\n`)
  expect([made.length, left.length]).toEqual([3, 0])
})
