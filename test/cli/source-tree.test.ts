import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { SOURCE_TREE_RULES } from '../../rules/registry/source-trees.js'
import schema from '../../schemas/report-1.schema.json' with { type: 'json' }
import { audit } from '../../src/index.js'
import { allFindings } from '../../src/report/report.js'
import { run } from '../support/run-command.js'

const root = mkdtempSync(join(tmpdir(), 'distaudit-tree-'))
afterAll(() => rmSync(root, { recursive: true }))

let count = 0
/** A folder with these files. */
function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(root, `project-${++count}`)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** `rule place` of every finding, the place as in the project's own files. */
async function said(folder: string, name = ''): Promise<readonly string[]> {
  const report = await audit([join(folder, name)])
  expect(report.internalErrors).toBeUndefined()
  return [...allFindings(report)].map(({ rule, location: { source } }) =>
    source ? `${rule} ${source.path}:${source.line}:${source.column ?? ''}` : `${rule} nowhere`,
  )
}

const BUILD = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n'
const PROJECT = `${BUILD}[project]
name = "demo"
version = "1.0"
description = "Reads demo files"
readme = "README.md"
requires-python = ">=3.9"
license = "MIT"
license-files = ["LICENSE*"]
authors = [{ name = "Ann Author", email = "ann@ann-author.dev" }]
urls = { Source = "https://github.com/ann-author/demo" }
`
const GOOD = { 'README.md': '# Demo\n\nReads demo files.\n', LICENSE: 'MIT License\n', 'src/demo/__init__.py': '' }

describe('a source tree', () => {
  it('of a good project has no findings, in whichever way it is named', async () => {
    const folder = tree({ ...GOOD, 'pyproject.toml': PROJECT })
    expect(await said(folder)).toEqual([])
    expect(await said(folder, 'pyproject.toml')).toEqual([])
  })

  it('is told of where the fault is: a key, an item of a list, a table that lacks a key, a line of the README', async () => {
    const text = PROJECT.replace('license = "MIT"', 'license = "MIT License"')
      .replace('requires-python = ">=3.9"\n', '')
      .concat(
        'classifiers = [\n  "Programming Language :: Python :: 3",\n  "Programing Language :: Python",\n]\n',
        '[project.optional-dependencies]\ntest = ["pytest; python_version > \'3.10.2\'"]\n',
      )
    const readme = '# Demo\n\n![logo](docs/logo.png)\n'
    expect(await said(tree({ ...GOOD, 'README.md': readme, 'pyproject.toml': text }))).toEqual([
      'project-license-invalid pyproject.toml:10:16',
      'classifier-unknown pyproject.toml:16:4',
      'description-relative-image README.md:3:9',
      'requires-python-missing pyproject.toml:5:1',
      'marker-python-version-form pyproject.toml:19:18',
    ])
  })

  it('of a subfolder of a repository has its paths from the root of that', async () => {
    const folder = tree({
      '.git/HEAD': '',
      'packages/demo/pyproject.toml': `${BUILD}[project]\nname = "demo"\nversion = "1"\nkeywords = 3\n`,
    })
    expect(await said(folder, 'packages/demo')).toContain('project-type-invalid packages/demo/pyproject.toml:8:12')
  })

  it('has license files wherever the patterns find them', async () => {
    const files = { ...GOOD, 'pyproject.toml': PROJECT.replace('"LICENSE*"', '"LICENSE*", "src/**/NOTICE", "COPYING"') }
    expect(await said(tree({ ...files, 'src/demo/_vendor/NOTICE': 'By others.\n' }))).toEqual([
      'license-files-glob-unmatched pyproject.toml:12:48',
    ])
  })

  it('is not said to lack what the build adds, or what other files give', async () => {
    const dynamic = `${BUILD}[project]\nname = "demo"\ndynamic = ["version", "description", "readme", "requires-python", "license", "license-files", "authors", "urls"]\n`
    expect(await said(tree({ 'pyproject.toml': dynamic }))).toEqual([])
    const maturin =
      '[build-system]\nrequires = ["maturin"]\nbuild-backend = "maturin"\n\n[project]\nname = "demo"\nversion = "1.0"\n'
    expect(await said(tree({ 'pyproject.toml': maturin }))).toEqual([])
    const setuptools = PROJECT.replaceAll('hatchling.build', 'setuptools.build_meta').replaceAll(
      'hatchling',
      'setuptools',
    )
    const setup = 'from setuptools import setup\nsetup(python_requires=">=3.9")\n'
    const lacking = setuptools.replace('requires-python = ">=3.9"\n', '')
    expect(await said(tree({ ...GOOD, 'pyproject.toml': lacking, 'setup.py': setup }))).toEqual([])
  })

  it('of an older project is told of what its files state, and of nothing that is missing', async () => {
    const cfg =
      '[metadata]\nname = demo\nversion = attr: demo.__version__\nclassifiers =\n    Programing Language :: Python\n[options]\npython_requires = >=3.8,<<4\n'
    expect(await said(tree({ 'setup.cfg': cfg, 'setup.py': 'import setuptools\nsetuptools.setup()\n' }))).toEqual([
      'classifier-unknown setup.cfg:5:5',
      'requires-python-invalid setup.cfg:7:26',
    ])
    expect(await said(tree({ 'setup.py': 'from setuptools import setup\nsetup(name="demo")\n' }))).toEqual([])
    const poetry =
      '[tool.poetry]\nname = "demo"\nclassifiers = ["Foo :: Bar"]\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n'
    expect(await said(tree({ 'pyproject.toml': poetry }))).toEqual(['classifier-unknown pyproject.toml:3:17'])
    expect(await said(tree({ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' }))).toEqual([])
  })

  it('ignores the findings that its own comments name', async () => {
    const text = PROJECT.replace('requires-python = ">=3.9"\n', '')
    const folder = tree({
      ...GOOD,
      'pyproject.toml': text.replace('[project]', '[project] # distaudit: ignore[requires-python-missing]'),
    })
    const report = await audit([folder])
    expect(report.summary).toMatchObject({ warning: 0, ignored: 1 })
  })
})

describe('the command', () => {
  const bad = { ...GOOD, 'pyproject.toml': PROJECT.replace('version = "1.0"', 'version = "one"') }

  it('writes every format with the lines of the project', async () => {
    const folder = tree(bad)
    const inFormat = async (format: string) => (await run([folder, '--format', format])).stdout
    const report = JSON.parse(await inFormat('json'))
    expect(new Ajv2020({ strict: false, formats: { uri: true } }).validate(schema, report)).toBe(true)
    expect(report.distributions[0]).toMatchObject({ kind: 'source-tree', filename: 'pyproject.toml', name: 'demo' })
    expect(await inFormat('text')).toContain(`--> ${join(folder, 'pyproject.toml')}:7:12\n`)
    const { physicalLocation } = JSON.parse(await inFormat('sarif')).runs[0].results[0].locations[0]
    expect(physicalLocation).toMatchObject({ artifactLocation: { uri: 'pyproject.toml' }, region: { startLine: 7 } })
    expect(await inFormat('github')).toMatch(/^::error file=pyproject\.toml,line=7/m)
    expect(JSON.parse(await inFormat('gitlab'))[0].location).toMatchObject({ path: 'pyproject.toml' })
    expect(await inFormat('junit')).toContain('pyproject.toml:7:12')
  })

  it('audits a tree once, with the distributions beside its build file, and says what lies in dist/', async () => {
    const { filename, bytes } = await buildWheel({})
    const folder = tree({ ...bad, 'setup.cfg': '', [filename]: bytes, [`dist/${filename}`]: bytes })
    const paths = ['pyproject.toml', 'setup.cfg', ''].map(name => join(folder, name))
    const { stdout, stderr } = await run([...paths, '--format', 'json'])
    expect(JSON.parse(stdout).distributions.map((one: { path: string }) => one.path)).toEqual([
      join(folder, 'pyproject.toml'),
      join(folder, filename),
    ])
    expect(stderr).toContain(`${join(folder, 'dist')} has 1 wheel or sdist`)
  })
})

describe('what never ends, or is too much', () => {
  const { 'README.md': _, ...rest } = GOOD as Record<string, string>

  it('is not read: pipes, devices and what is outside of the tree', async () => {
    const folder = tree({ ...rest, 'pyproject.toml': PROJECT })
    for (const name of ['setup.py', 'LICENSE.txt']) execFileSync('mkfifo', [join(folder, name)])
    symlinkSync('/dev/zero', join(folder, 'README.md'))
    expect((await run([folder, '--format', 'concise'])).stdout).toContain('project-readme-missing')
    const outside = tree({
      ...rest,
      'pyproject.toml': PROJECT.replace(/readme = .*/, 'readme = "../../../../../../dev/zero"'),
    })
    expect((await run([outside])).status).toBeLessThan(2)
  })

  it('is named where it is the build file', async () => {
    const folder = tree({ ...GOOD, 'pyproject.toml': `${PROJECT}\n# ${'x'.repeat(5_000_000)}` })
    const { status, stderr } = await run([folder])
    expect(status).toBe(2)
    expect(stderr).toContain('cannot be read: it is larger than 4 MB.')
  })
})

it('the rules for a source tree are those that say so', () => {
  expect(SOURCE_TREE_RULES.every(rule => rule.applies.includes('source-tree'))).toBe(true)
  expect(
    SOURCE_TREE_RULES.filter(({ topic }) => ['archive', 'native', 'record', 'wheel', 'sdist'].includes(topic)),
  ).toEqual([])
})
