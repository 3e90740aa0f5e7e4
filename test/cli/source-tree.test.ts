import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { SOURCE_TREE_RULES } from '../../rules/registry/source-trees.js'
import schema from '../../schemas/report-1.schema.json' with { type: 'json' }
import { audit } from '../../src/index.js'
import { allFindings } from '../../src/report/report.js'
import { readPoetryConstraint, repairPoetryPart } from '../../src/standards/poetry-constraint.js'
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

  it('has a place in its own file for what marks a whole line of code', async () => {
    const code = '\n\n\n<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main\n'
    const folder = tree({ ...GOOD, 'pyproject.toml': PROJECT, 'src/demo/__init__.py': code })
    const { stdout } = await run([folder, '--format', 'concise', '--select', 'conflict-markers'], { cwd: folder })
    expect(stdout).toMatch(/^src[\\/]demo[\\/]__init__\.py:4:1: error\[conflict-markers\] /)
  })

  it('of Poetry does not list the versions of Python, unless the project lists them itself', async () => {
    const poetry = `[build-system]\nrequires = ["poetry-core>=2"]\nbuild-backend = "poetry.core.masonry.api"\n\n`
    const classifiers = 'classifiers = ["Programming Language :: Python :: 3.11"]\n'
    const own = `${poetry}[tool.poetry]\nname = "demo"\nversion = "1.0"\ndescription = "x"\nauthors = []\nlicense = "MIT"\nreadme = "README.md"\n${classifiers}[tool.poetry.dependencies]\npython = ">=3.9"\n`
    const shared = PROJECT.replace(BUILD, poetry) + classifiers
    const rule = 'requires-python-vs-classifiers'
    expect((await said(tree({ ...GOOD, 'pyproject.toml': own }))).join()).not.toContain(rule)
    expect((await said(tree({ ...GOOD, 'pyproject.toml': shared }))).join()).toContain(rule)
  })

  it('with tables where texts belong is no fault of distaudit', async () => {
    const built = (backend: string, more: string) =>
      `[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${backend}"\n${more}`
    const named = '[project]\nname = "demo"\nversion = "1.0"\n'
    const poetry = '[tool.poetry]\nauthors = ["A"]\nname = "demo"\n'
    for (const pyproject of [
      '[build-system.build-backend]\na = 1\n[build-system]\nrequires = ["wheel"]\n[project]\ndescription = "x"\n',
      `[build-system]\nrequires = [{ a = 1 }]\n${named}`,
      built(
        'maturin',
        '[project.name]\na = 1\n[tool.uv.workspace]\nmembers = ["a"]\n[tool.uv.sources]\nb = { workspace = true }\n',
      ),
      built('maturin', `${named}[tool.maturin]\nmodule-name = "demo.a"\n`),
      built('poetry.core.masonry.api', `${poetry}[project]\nname = { a = 1 }\n`),
      built('poetry.core.masonry.api', `${poetry}${named}authors = [{ name = { a = 1 }, email = "a" }]\n`),
    ])
      for (const cargo of ['[package.name]\na = 1\n', '[package]\nname = "a"\n[lib.path]\na = 1\n'])
        await said(tree({ ...GOOD, 'pyproject.toml': pyproject, 'Cargo.toml': `${cargo}[dependencies]\npyo3 = "1"\n` }))
  })

  it('with an empty README is told what its build backend makes of that', async () => {
    const empty = { ...GOOD, 'README.md': '' }
    const flit = PROJECT.replace('["hatchling"]', '["flit_core>=4.2,<5"]').replace(
      'hatchling.build',
      'flit_core.buildapi',
    )
    expect(await said(tree({ ...empty, 'pyproject.toml': PROJECT }))).toEqual(['description-blank README.md:1:1'])
    expect(await said(tree({ ...empty, 'pyproject.toml': flit }))).toEqual(['description-renders-empty README.md:1:1'])
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
    const dynamic = `${BUILD.replace('"hatchling"', '"hatchling", "hatch-vcs"')}[project]\nname = "demo"\ndynamic = ["version", "description", "readme", "requires-python", "license", "authors", "urls"]\n\n[tool.hatch.version]\nsource = "vcs"\n`
    expect(await said(tree({ 'pyproject.toml': dynamic, 'src/demo/__init__.py': '', LICENSE: 'MIT License' }))).toEqual(
      [],
    )
    const maturin =
      '[build-system]\nrequires = ["maturin>=1.9,<2"]\nbuild-backend = "maturin"\n\n[project]\nname = "demo"\nversion = "1.0"\n'
    const cargo = '[package]\nname = "demo"\nversion = "1.0"\n'
    expect(await said(tree({ 'pyproject.toml': maturin, 'Cargo.toml': cargo, 'src/lib.rs': '' }))).toEqual([])
    const setuptools = PROJECT.replaceAll('hatchling.build', 'setuptools.build_meta').replaceAll(
      'hatchling',
      'setuptools',
    )
    const setup = 'from setuptools import setup\nsetup(python_requires=">=3.9")\n'
    const lacking = setuptools.replace('requires-python = ">=3.9"\n', '')
    expect(await said(tree({ ...GOOD, 'pyproject.toml': lacking, 'setup.py': setup }))).toEqual([])
  })

  it('has the items of setup.cfg as setuptools divides them: at semicolons on the line of the key, else at line ends', async () => {
    const cfg = (extra: string) =>
      `[metadata]\nname = demo\nversion = 1\n\n[options.extras_require]\ndev = ${extra}\n\n[options]\n`
    const told = async (extra: string) =>
      (await said(tree({ 'setup.cfg': cfg(extra) }))).filter(one => one.startsWith('requirement-'))
    expect(await told('attrs; packaging')).toEqual([])
    expect(await told('\n    attrs; python_version > "3.8"')).toEqual([])
    expect(await told('attrs; python_version > "3.8"')).toEqual(['requirement-invalid setup.cfg:6:14'])
  })

  it('of an older project is told of what its files state, and of what is missing in all of them', async () => {
    const cfg =
      '[metadata]\nname = demo\nversion = attr: demo.__version__\nclassifiers =\n    Programing Language :: Python\n[options]\npython_requires = >=3.8,<<4\n'
    expect(await said(tree({ 'setup.cfg': cfg, 'setup.py': 'import setuptools\nsetuptools.setup()\n' }))).toEqual([
      'build-input-missing setup.cfg:3:11',
      'classifier-unknown setup.cfg:5:5',
      'requires-python-invalid setup.cfg:7:26',
      'license-missing setup.cfg:1:1',
      'summary-missing setup.cfg:1:1',
      'sdist-no-pyproject setup.cfg:1:',
      'author-missing setup.cfg:1:1',
      'description-missing setup.cfg:1:1',
      'project-url-missing setup.cfg:1:1',
    ])
    expect(await said(tree({ 'setup.py': 'from setuptools import setup\nsetup(name="demo")\n' }))).toEqual([
      'license-missing setup.py:2:1',
      'requires-python-missing setup.py:2:1',
      'summary-missing setup.py:2:1',
      'sdist-no-pyproject setup.py:2:',
      'author-missing setup.py:2:1',
      'description-missing setup.py:2:1',
      'project-url-missing setup.py:2:1',
    ])
    const poetry =
      '[tool.poetry]\nname = "demo"\nclassifiers = ["Foo :: Bar"]\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n'
    expect(await said(tree({ 'pyproject.toml': poetry }))).toEqual([
      'build-input-missing pyproject.toml:2:9',
      'version-invalid pyproject.toml:1:1',
      'classifier-unknown pyproject.toml:3:17',
      'license-missing pyproject.toml:1:1',
      'requires-python-missing pyproject.toml:1:1',
      'summary-missing pyproject.toml:1:1',
      'author-missing pyproject.toml:1:1',
      'description-missing pyproject.toml:1:1',
      'project-url-missing pyproject.toml:1:1',
    ])
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
  expect(SOURCE_TREE_RULES.filter(({ topic }) => ['archive', 'native', 'record', 'wheel'].includes(topic))).toEqual([])
})

const CODE = { 'heronlog/__init__.py': '', 'heronlog/cli.py': 'def run(): ...\n' }
const FILES = { ...CODE, LICENSE: 'MIT License\n', 'README.md': '# heronlog\n\nA log of sightings.\n' }

describe('a source tree without [project]', () => {
  it('is judged by the literals of setup.py, wherever they are written', async () => {
    const setup = `from setuptools import setup

VERSION = "0.3-final1"
EXTRAS = {"dev": ["heronlog[tests]"]}
EXTRAS["Plot_Extra"] = ["matplotlib"]


def read(name):
    with open(name) as f:
        return f.read()


setup(
    name="heronlog",
    version=VERSION,
    description="Keeps track of " "bird sightings",
    long_description=read("README.md"),
    author="Lena Ford",
    author_email="Lena Ford lena@heronlog.dev",
    keywords=["birds", "log", "birds"],
    classifiers=["License :: OSI Approved :: MIT Licence"],
    packages=["heronlog", "heronlog.plots"],
    python_requires="=>3.9",
    install_requires="""
        click>=8.0.*
        # a comment
        requests
    """,
    extras_require=EXTRAS,
    project_urls={"Source": "htps://github.com/heronlog/heronlog"},
    entry_points={"console_scripts": ["heronlog = heronlog.cli:main", "heron-sync=heronlog.sync:run"]},
)
`
    expect(await said(tree({ ...FILES, 'setup.py': setup }))).toEqual([
      'build-input-missing setup.py:22:28',
      'version-invalid setup.py:3:12',
      'email-invalid setup.py:19:19',
      'classifier-unknown setup.py:21:46',
      'requires-python-invalid setup.py:23:22',
      'requirement-invalid setup.py:25:14',
      'url-invalid setup.py:30:30',
      'entry-point-object-missing setup.py:31:64',
      'entry-point-module-missing setup.py:31:83',
      'requirement-self-invalid setup.py:4:29',
      'sdist-no-pyproject setup.py:13:',
      'description-content-type-missing setup.py:17:5',
      'extra-not-normalized setup.py:5:9',
      'keyword-duplicate setup.py:20:5',
      'license-classifier-only setup.py:21:19',
    ])
  })

  it('is silent where a program decides, and says so', async () => {
    const setup = `import sys
from setuptools import setup
sys.path.insert(0, ".")
from helpers import metadata

version = "1.0.x"
if sys.platform == "win32":
    version = "2.0.x"
setup(name="heronlog", version=version, classifiers=metadata.classifiers(), **metadata.others())
`
    const folder = tree({ ...FILES, 'helpers.py': 'from heronlog import metadata\n', 'setup.py': setup })
    expect(await said(folder)).toEqual(['sdist-no-pyproject setup.py:9:'])
    expect((await run([folder, '--no-config'])).stderr).toContain('setup.py computes part of the metadata')
    const broken = tree({ ...FILES, 'setup.py': 'from setuptools import setup\nsetup(\n    name="heronlog",\n' })
    expect((await run([broken, '--no-config'])).stderr).toMatch(/setup\.py:[0-9]+: The file cannot be read as Python/)
  })

  it('is judged by every key of setup.cfg, but for what setup.py gives', async () => {
    const cfg = `[metadata]
name = heronlog
version = 0.3.1
description = Keeps track of bird sightings
long_description = file: README.rst
author = Lena Ford
author_email = lena@heronlog
license_expression = MIT License
license_files = LICENCE
classifiers =
    Programming Language :: Python :: 3
    Intended Audience :: Birdwatchers

[options]
packages = heronlog
python_requires = 3.9+
install_requires =
    click => 8
    importlib_metadata; python_version < 3.8

[options.extras_require]
Plot_Extra = matplotlib

[options.entry_points]
console_scripts =
    heronlog = heronlog.cli.run
`
    const setup = 'from setuptools import setup\n\nsetup(python_requires=">=3.9")\n'
    expect(await said(tree({ ...FILES, 'setup.cfg': cfg, 'setup.py': setup }))).toEqual([
      'email-invalid setup.cfg:7:16',
      'license-expression-invalid setup.cfg:8:26',
      'classifier-unknown setup.cfg:12:26',
      'requirement-invalid setup.cfg:18:11',
      'requirement-invalid setup.cfg:19:42',
      'entry-point-script-no-callable setup.cfg:26:16',
      'build-input-missing setup.cfg:5:20',
      'build-input-missing setup.cfg:9:17',
      'sdist-no-pyproject setup.cfg:1:',
      'project-url-missing setup.cfg:1:1',
      'extra-not-normalized setup.cfg:22:1',
    ])
  })

  it('is told of what setuptools stops at, and of data that it leaves out', async () => {
    const setup = `from setuptools import find_packages, setup

setup(
    name="heronlog",
    version="0.3.1",
    packages=find_packages("source"),
    license_files=["COPYING", "LICENSE", "AUTHORS*"],
    package_data={
        "heronlog": ["data/*.jsn", "data/*.json", "data/*", "*.so", "words.txt", "data/birds.json"],
        "heronlogs": ["*.txt"],
    },
    extras_require={"plot": "matplotlib>=3 seaborn"},
    entry_points={"console_scripts": ["heron: heronlog.cli:run", "# later", "gull = heronlog.cli:run"]},
)
`
    const own = { ...FILES, 'heronlog/data/birds.json': '{}' }
    const wanted = (found: readonly string[]) =>
      found.filter(one => /^(?:build-input|entry-point|extra-unused|requirement-i|project-url-)/.test(one))
    expect(wanted(await said(tree({ ...own, 'setup.py': setup })))).toEqual([
      'requirement-invalid setup.py:12:40',
      'entry-points-syntax setup.py:13:40',
      'build-input-missing setup.py:6:29',
      'build-input-missing setup.py:7:21',
      'build-input-missing setup.py:9:23',
      'build-input-missing setup.py:9:70',
      'build-input-missing setup.py:10:10',
      'project-url-missing setup.py:3:1',
    ])
    const cfg = `[metadata]
name = heronlog
version = 0.3.1
project_urls =
    Source = https://github.com/heronlog/heronlog
    The changes of each release: https://heronlog.dev/changes

[options]
packages = find:

[options.packages.find]
where = source

[options.package_data]
heronlog = data/*.jsn

[options.extras_require]
plot = matplotlib>=3.*

[options.entry_points]
console_scripts =
    heron: heronlog.cli:run
`
    expect(new Set(wanted(await said(tree({ ...own, 'setup.cfg': cfg }))))).toEqual(
      new Set([
        'project-url-malformed setup.cfg:6:5',
        'requirement-invalid setup.cfg:18:18',
        'entry-points-syntax setup.cfg:22:5',
        'build-input-missing setup.cfg:12:9',
      ]),
    )
    expect(wanted(await said(tree({ ...own, 'setup.cfg': cfg.replace('= source', '= .') })))).toContain(
      'build-input-missing setup.cfg:15:12',
    )
    const good = cfg
      .replace('=\n    Source', '= Source')
      .replace('heronlog\n    The changes of each release:', 'heronlog, Changes =')
      .replace('where = source', 'where = .')
      .replace('.jsn', '.json')
      .replace('3.*', '3')
      .replace('heron:', 'heron =')
    expect(wanted(await said(tree({ ...own, 'setup.cfg': good })))).toEqual([])
  })

  it('gets advice that names the key where the value is', async () => {
    const advice = async (files: Readonly<Record<string, string>>, rule: string) => {
      const report = await audit([tree({ ...FILES, ...files })])
      return [...allFindings(report)].find(one => one.rule === rule)?.help
    }
    const script = 'from setuptools import setup\nsetup(name="heronlog", extras_require={"plot": ["a b"]})\n'
    expect(await advice({ 'setup.py': script }, 'requirement-invalid')).toContain('`extras_require` in setup.py')
    const poetry = `[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
[tool.poetry]
name = "heronlog"
version = "0.3.1"
repository = "github.com/heronlog/heronlog"
[tool.poetry.dependencies]
click = ">=8"
[tool.poetry.extras]
plot = ["matplotlb"]
`
    expect(await advice({ 'pyproject.toml': poetry }, 'url-invalid')).toContain('`repository` in `[tool.poetry]`')
    expect(await advice({ 'pyproject.toml': poetry }, 'poetry-extra-invalid')).toContain('`[tool.poetry.dependencies]`')
    const named = (backend: string, requires = backend) =>
      advice(
        {
          'pyproject.toml': `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n[project]\nname = "heron"\nversion = "1"\n`,
          'tests/__init__.py': '',
        },
        'build-input-missing',
      )
    expect(await named('hatchling.build', 'hatchling')).toContain(
      'Set `packages = ["heronlog"]` in `[tool.hatch.build.targets.wheel]`',
    )
    expect(await named('uv_build')).toContain(
      'Set `module-name = "heronlog"` and `module-root = ""` in `[tool.uv.build-backend]`',
    )
    expect(await named('flit_core.buildapi', 'flit_core')).toContain('Set `name = "heronlog"` in `[tool.flit.module]`')
    expect(await named('poetry.core.masonry.api', 'poetry-core')).toContain(
      'Set `packages = [{ include = "heronlog" }]`',
    )
  })

  it('is judged by the table of Poetry, and by that of flit', async () => {
    const poetry = `[tool.poetry]
name = "heronlog"
version = "0.3.1.x"
description = "Keeps track of bird sightings"
authors = ["Lena Ford <lena@heronlog>"]
license = "MIT"
readme = "README.txt"
repository = "github.com/heronlog/heronlog"
classifiers = ["Framework :: Djanggo"]

[tool.poetry.dependencies]
python = "3.9+"
click = ">>8"
attrs = "^23.1"
matplotlib = { version = "^3", optional = true }

[tool.poetry.extras]
Plot_Extra = ["matplotlib"]

[tool.poetry.scripts]
heronlog = "heronlog.cli:main"

[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.apis"
`
    const flit = `[build-system]
requires = ["flit_core >=2,<4"]
build-backend = "flit_core.buildapi"

[tool.flit.metadata]
module = "heronlog"
author = "Lena Ford"
author-email = "lena@@heronlog.dev"
home-page = "heronlog.dev"
description-file = "READM.md"
requires = ["click >= 8.x"]
requires-python = "=>3.9"
classifiers = ["License :: OSI Aproved :: MIT License"]

[tool.flit.metadata.requires-extra]
all = ["heronlog[plots]"]

[tool.flit.scripts]
heronlog = "heronlog.cli:main"
`
    expect(await said(tree({ ...FILES, 'pyproject.toml': poetry }))).toEqual([
      'build-input-missing pyproject.toml:7:11',
      'poetry-constraint-invalid pyproject.toml:12:11',
      'poetry-constraint-invalid pyproject.toml:13:10',
      'build-backend-unknown pyproject.toml:25:18',
      'version-invalid pyproject.toml:3:12',
      'email-invalid pyproject.toml:5:24',
      'url-invalid pyproject.toml:8:15',
      'classifier-unknown pyproject.toml:9:30',
      'entry-point-object-missing pyproject.toml:21:26',
      'license-field-deprecated pyproject.toml:6:1',
      'extra-not-normalized pyproject.toml:18:1',
    ])
    expect(await said(tree({ ...FILES, 'pyproject.toml': flit }))).toEqual([
      'description-not-in-module pyproject.toml:6:11',
      'version-not-in-file pyproject.toml:6:11',
      'build-input-missing pyproject.toml:10:21',
      'url-invalid pyproject.toml:9:14',
      'requirement-invalid pyproject.toml:11:20',
      'requires-python-invalid pyproject.toml:12:20',
      'classifier-unknown pyproject.toml:13:28',
      'entry-point-object-missing pyproject.toml:19:26',
      'email-invalid pyproject.toml:8:17',
      'requirement-self-invalid pyproject.toml:16:18',
      'backend-setting-deprecated pyproject.toml:5:12',
      'field-deprecated pyproject.toml:9:1',
      'license-classifier-only pyproject.toml:13:17',
    ])
  })

  it('has paths of its own next to another, where no repository is around them', async () => {
    const [one, other] = ['one', 'other'].map(name =>
      tree({ 'setup.py': `from setuptools import setup\nsetup(name="${name}")\n` }),
    )
    const { stdout } = await run([
      one ?? '',
      other ?? '',
      '--select',
      'summary-missing',
      '--no-config',
      '--format',
      'github',
    ])
    const files = [...stdout.matchAll(/file=([^,]+),/g)].map(([, file]) => file)
    expect(files).toEqual([one, other].map(folder => `${basename(folder ?? '')}/setup.py`))
  })

  it('has no findings where nothing is wrong', async () => {
    const backend = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    const setup = `from setuptools import setup

setup(
    name="heronlog",
    version="0.3.1",
    description="Keeps track of bird sightings",
    long_description=open("README.md").read(),
    long_description_content_type="text/markdown",
    license_expression="MIT",
    author="Lena Ford",
    author_email="lena@heronlog.dev",
    classifiers=["Programming Language :: Python :: 3"],
    packages=["heronlog"],
    python_requires=">=3.9",
    install_requires=["click>=8", 'tomli; python_version < "3.11"', ""],
    extras_require={"plot": ["matplotlib"], ":python_version < '3.10'": ["typing_extensions"]},
    project_urls={"Source": "https://github.com/heronlog/heronlog"},
    entry_points="""
        [console_scripts]
        heronlog = heronlog.cli:run
    """,
)
`
    expect(await said(tree({ ...FILES, 'setup.py': setup, 'pyproject.toml': backend }))).toEqual([])
  })
})

describe('what stops a build before it begins', () => {
  const setuptools = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
  const of = async (files: Readonly<Record<string, string>>, rule: string) =>
    (await said(tree({ ...GOOD, ...files }))).filter(line => line.startsWith(`${rule} `))

  it('is told of a version that is in none of the files that have it', async () => {
    const flit = `[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\ndynamic = ["version"]\n`
    const attr = `${setuptools}\n[project]\nname = "demo"\ndynamic = ["version"]\n\n[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n`
    const cfg = { 'pyproject.toml': setuptools, 'setup.cfg': '[metadata]\nname = demo\nversion = attr: demo.VERSION\n' }
    expect(await of({ 'pyproject.toml': flit }, 'version-not-in-file')).toEqual([
      'version-not-in-file pyproject.toml:7:11',
    ])
    expect(await of({ 'pyproject.toml': attr }, 'version-not-in-file')).toEqual([
      'version-not-in-file pyproject.toml:10:21',
    ])
    expect(await of(cfg, 'version-not-in-file')).toEqual(['version-not-in-file setup.cfg:3:11'])
    const set = { 'src/demo/__init__.py': '__version__ = VERSION = "1.0"\n' }
    expect(await of({ 'pyproject.toml': flit, ...set }, 'version-not-in-file')).toEqual([])
    expect(await of({ 'pyproject.toml': attr, ...set }, 'version-not-in-file')).toEqual([])
    expect(await of({ ...cfg, ...set }, 'version-not-in-file')).toEqual([])
  })

  it('is told of a version that hatchling and pdm-backend would look for', async () => {
    const builtBy = (backend: string, build: string, table = '') =>
      `[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${build}"\n\n[project]\nname = "demo"\ndynamic = ["version"]\n${table}`
    const file = 'path = "src/demo/__about__.py"\n'
    const about = { 'src/demo/__about__.py': 'VERSION_INFO = (1, 0)\n' }
    const hatch = builtBy('hatchling', 'hatchling.build', `\n[tool.hatch.version]\n${file}`)
    const pdm = builtBy('pdm-backend', 'pdm.backend', `\n[tool.pdm.version]\nsource = "file"\n${file}`)
    expect(await of({ 'pyproject.toml': hatch, ...about }, 'version-not-in-file')).toEqual([
      'version-not-in-file pyproject.toml:10:9',
    ])
    // An annotation is not in its default pattern.
    for (const [text, count] of [
      ['__version__: str = "1.0"\n', 1],
      ["VERSION = 'v1.0'\n", 0],
    ] as const)
      expect((await of({ 'pyproject.toml': hatch, 'src/demo/__about__.py': text }, 'version-not-in-file')).length).toBe(
        count,
      )
    expect(await of({ 'pyproject.toml': pdm, ...about }, 'version-not-in-file')).toEqual([
      'version-not-in-file pyproject.toml:11:9',
    ])
    for (const plain of [builtBy('hatchling', 'hatchling.build'), builtBy('pdm-backend', 'pdm.backend')])
      expect(await of({ 'pyproject.toml': plain }, 'dynamic-key-unsupported')).toEqual([
        'dynamic-key-unsupported pyproject.toml:7:13',
      ])
    const unpacked = { 'PKG-INFO': 'Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n' }
    expect(await of({ 'pyproject.toml': hatch, ...about, ...unpacked }, 'version-not-in-file')).toEqual([])
    expect(
      await of({ 'pyproject.toml': builtBy('hatchling', 'hatchling.build'), ...unpacked }, 'dynamic-key-unsupported'),
    ).toEqual([])
    // It writes the file before it is read.
    expect(
      await of({ 'pyproject.toml': pdm, ...about, 'pdm_build.py': 'HOOK = True\n' }, 'version-not-in-file'),
    ).toEqual([])
  })

  it('is told of a command without a module where the build takes none from elsewhere', async () => {
    const backend = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n'
    const plain = `${backend}[project]\nname = "demo"\nversion = "1.0"\nscripts = { demo = "demo.cli:main" }\n`
    const code = { 'demo/__init__.py': '', 'demo/app.py': 'def main(): ...\n' }
    const found = ['entry-point-module-missing pyproject.toml:8:21']
    expect(await of({ 'pyproject.toml': plain, ...code }, 'entry-point-module-missing')).toEqual(found)
    const forced = `${plain}\n[tool.hatch.build.targets.wheel.force-include]\n"gen/cli.py" = "demo/cli.py"\n`
    expect(await of({ 'pyproject.toml': forced, ...code }, 'entry-point-module-missing')).toEqual([])
    const hatch = { 'hatch.toml': '[build.targets.wheel]\nsources = { "lib" = "demo" }\n' }
    expect(await of({ 'pyproject.toml': plain, ...code, ...hatch }, 'entry-point-module-missing')).toEqual([])
  })

  it('is told with an unknown classifier, where hatchling builds', async () => {
    const built = (backend: string, build: string) =>
      `[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${build}"\n\n[project]\nname = "demo"\nversion = "1.0"\nclassifiers = ["Topic :: Birds"]\n`
    const message = async (pyproject: string) => {
      const folder = tree({ ...GOOD, 'pyproject.toml': pyproject })
      return (
        await run([folder, '--no-config', '--select', 'classifier-unknown', '--format', 'concise'], { cwd: folder })
      ).stdout
    }
    expect(await message(built('hatchling', 'hatchling.build'))).toContain('hatchling refuses to build with it.')
    expect(await message(built('setuptools', 'setuptools.build_meta'))).toMatch(/classifier-unknown(?!.*hatchling)/)
  })

  it('is told of a command that setup.cfg names twice', async () => {
    const scripts = '[options.entry_points]\nconsole_scripts =\n    demo = demo:main\n    demo = demo:run\n'
    expect(
      await of(
        { 'pyproject.toml': setuptools, 'setup.cfg': `[metadata]\nname = demo\n\n${scripts}` },
        'entry-points-syntax',
      ),
    ).toEqual(['entry-points-syntax setup.cfg:7:5'])
  })
})

it('a message about a source tree names the key of its file', async () => {
  const cfg = '[metadata]\nname = demo\nversion = 1.0\n\n[options]\npython_requires = >=3.9,<4\n'
  const report = await audit([tree({ 'setup.cfg': cfg, 'setup.py': 'from setuptools import setup\n\nsetup()\n' })])
  const messages = [...allFindings(report)].map(({ message }) => message)
  expect(messages).toContain("`python_requires` '>=3.9,<4' excludes Python 4.")
  expect(messages).toContain('setup.cfg does not have `description`.')
  expect(messages).toContain('The project does not declare a license.')
})

it.each([
  ['^2.x', undefined, '^2'],
  ['~x', undefined, '*'],
  ['=2.0', '==2.0', undefined],
  ['~=2', '>=2,<3.0', undefined],
  ['>=3.8 <4', '>=3.8,<4', undefined],
  ['2.x', undefined, '2.*'],
  ['1.0 - 2.0', undefined, undefined],
  ['^1.0.0-beta.1', '>=1.0.0b1,<2.0', undefined],
])('Poetry reads the constraint %s as %s, and %s may be meant', (text, clauses, better) => {
  const { alternatives, unread } = readPoetryConstraint(text)
  expect(unread ? undefined : alternatives[0]?.join(',')).toBe(clauses)
  expect(unread && repairPoetryPart(unread.text)).toBe(better)
})
