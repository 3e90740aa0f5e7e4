import { describe, expect, it } from 'vitest'
import { readFolder } from '../../src/project/folder.js'
import { homesOf } from '../../src/project/homes.js'

const project = (files: Readonly<Record<string, string>>, backend = 'setuptools') =>
  homesOf({ folder: readFolder(new Map(Object.entries(files)), ''), backend })

const SETUP_PY = 'from setuptools import setup\nsetup(\n    name="demo",\n    classifiers=["Framework :: X"],\n)\n'
const SETUP_CFG = '[metadata]\nname = demo\n[options]\npython_requires = >=3.9\n'
const POETRY = '[tool.poetry]\nname = "demo"\nversion = "1"\n[tool.poetry.dependencies]\npython = "^3.9"\n'
const FLIT = '[tool.flit.metadata]\nmodule = "demo"\nauthor = "A"\n'

describe('the home of a field', () => {
  it('is a new table where the backend has no key of its own for it', () => {
    expect(project({ 'pyproject.toml': POETRY }, 'poetry-core').key('License-File')).toBe(
      '`license-files` in `[project]`, a new table that needs `name` and `version` too',
    )
  })

  it.each([
    [
      '[project]',
      project({ 'pyproject.toml': '[project]\nname = "demo"\n' }, 'hatchling'),
      '`requires-python` in `[project]`',
      '`[project.urls]`',
      '`dependencies` in `[project]`',
      '`description` in `[project]`',
      '`[project.scripts]`',
    ],
    [
      'setup.py',
      project({ 'setup.py': SETUP_PY }),
      '`python_requires` in setup.py',
      '`project_urls` in setup.py',
      '`install_requires` in setup.py',
      '`description` in setup.py',
      '`entry_points` in setup.py',
    ],
    [
      'setup.cfg',
      project({ 'setup.cfg': SETUP_CFG, 'setup.py': 'import setuptools\nsetuptools.setup()\n' }),
      '`python_requires` in `[options]` of setup.cfg',
      '`project_urls` in `[metadata]` of setup.cfg',
      '`install_requires` in `[options]` of setup.cfg',
      '`description` in `[metadata]` of setup.cfg',
      '`[options.entry_points]` of setup.cfg',
    ],
    [
      'Poetry',
      project({ 'pyproject.toml': POETRY }, 'poetry-core'),
      '`python` in `[tool.poetry.dependencies]`',
      '`[tool.poetry.urls]`',
      '`[tool.poetry.dependencies]`',
      '`description` in `[tool.poetry]`',
      '`[tool.poetry.scripts]`',
    ],
    [
      'flit',
      project({ 'pyproject.toml': FLIT }, 'flit-core'),
      '`requires-python` in `[tool.flit.metadata]`',
      '`[tool.flit.metadata.urls]`',
      '`requires` in `[tool.flit.metadata]`',
      "the first line of the module's docstring",
      '`[tool.flit.scripts]`',
    ],
    [
      'an unknown project',
      homesOf({}),
      '`requires-python` in `[project]`',
      '`[project.urls]`',
      '`dependencies` in `[project]`',
      '`description` in `[project]`',
      '`[project.scripts]`',
    ],
    [
      'an unknown project of setuptools',
      homesOf({ backend: 'setuptools' }),
      '`requires-python` in `[project]` (`python_requires` in setup.py or setup.cfg)',
      '`[project.urls]` (`project_urls` in setup.py or setup.cfg)',
      '`dependencies` in `[project]` (`install_requires` in setup.py or setup.cfg)',
      '`description` in `[project]`',
      '`[project.scripts]` (`entry_points` in setup.py or setup.cfg)',
    ],
    [
      'an unknown project of Poetry',
      homesOf({ backend: 'poetry-core' }),
      '`requires-python` in `[project]` (`python` in `[tool.poetry.dependencies]`)',
      '`[project.urls]` (`[tool.poetry.urls]`)',
      '`dependencies` in `[project]` (`[tool.poetry.dependencies]`)',
      '`description` in `[project]`',
      '`[project.scripts]` (`[tool.poetry.scripts]`)',
    ],
  ])('in %s', (_, homes, python, urls, requirements, summary, scripts) => {
    const fields = ['Requires-Python', 'Project-URL', 'Requires-Dist', 'Summary', 'entry-points']
    expect(fields.map(field => homes.key(field))).toEqual([python, urls, requirements, summary, scripts])
  })

  it('is the place that `dynamic` leaves a field to', () => {
    const dynamic = '[project]\nname = "demo"\ndynamic = ["requires-python", "dependencies", "description"]\n'
    const homes = project({
      'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\ndependencies = { file = "a.txt" }\n`,
      'setup.cfg': SETUP_CFG,
    })
    expect(['Requires-Python', 'Requires-Dist', 'Summary', 'Keywords'].map(field => homes.key(field))).toEqual([
      '`python_requires` in `[options]` of setup.cfg',
      '`dependencies` in `[tool.setuptools.dynamic]`',
      'the source of the dynamic `description`',
      '`keywords` in `[project]`',
    ])
  })

  it('knows a value by its group or its extra', () => {
    const homes = project({ 'pyproject.toml': '[project]\nname = "demo"\n' })
    expect(homes.key('entry-points', 'gui_scripts.demo')).toBe('`[project.gui-scripts]`')
    expect(homes.key('entry-points', 'demo.plugins.a')).toBe('`[project.entry-points]`')
    expect(homes.key('Requires-Dist', "a; extra == 'b'")).toBe('`[project.optional-dependencies]`')
  })

  it('is set as its file is written', () => {
    const set = (homes: ReturnType<typeof project>) => homes.setting('License-Expression', 'MIT')
    expect(set(project({ 'pyproject.toml': '[project]\nname = "demo"\n' }))).toBe('`license = "MIT"` in `[project]`')
    expect(set(project({ 'setup.cfg': SETUP_CFG }))).toBe('`license_expression = MIT` in `[metadata]` of setup.cfg')
    expect(set(project({ 'setup.py': SETUP_PY }))).toBe('`license_expression="MIT"` in setup.py')
    expect(project({ 'pyproject.toml': POETRY }).setting('Keywords', ['a', 'b'])).toBe(
      '`keywords = ["a", "b"]` in `[tool.poetry]`',
    )
  })

  it('has a line for what is written', () => {
    const homes = project({ 'setup.py': SETUP_PY })
    expect(homes.line('Classifier', 'Framework :: X')).toBe('line 4 of setup.py')
    expect(homes.line('Keywords', 'a')).toBeUndefined()
    // The list is there, but a program adds this one.
    expect(homes.line('Classifier', 'License :: X')).toBeUndefined()
  })
})
