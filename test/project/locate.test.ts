import { describe, expect, it } from 'vitest'
import { parseKeyPath, sourceLocator } from '../../src/project/locate.js'

/** Locates in one file, and shows the marked text of the line: `3: "MIT License"`. */
function marker(path: string, text: string, more: Readonly<Record<string, string>> = {}) {
  const files = new Map(Object.entries({ [path]: text, ...more }))
  const locate = sourceLocator({ files })
  return (field: string, value?: string, project = 'demo') => {
    const found = locate({ field, value }, project)
    if (!found) return undefined
    if (found.column === undefined) return `${found.path} as a whole`
    const line = files.get(found.path)?.split('\n')[found.line - 1] ?? ''
    return `${found.line}: ${line.slice(found.column - 1, (found.endColumn ?? 0) - 1)}`
  }
}

describe('the [project] table', () => {
  const at = marker(
    'pyproject.toml',
    `[project]
name = "demo"
dynamic = ["version", "optional-dependencies"]
description = 'Reads files'
readme = { file = "README.md", content-type = "text/markdown" }
license = "MIT License"
license-files = ["LICENSE", "NOTICE"]
requires-python = ">=3.8.*"
keywords = ["a", "b"]
classifiers = [
  "Programming Language :: Python",
  "Private :: Do Not Upload",
]
authors = [{ name = "Ann", email = "ann@demo.dev" }, { name = "Bob" }]
dependencies = [
  "Requests[socks] >= 2.0 , <3",
  "rich; python_version<'3.9'",
]
import-names = ["demo"]
[project.optional-dependencies]
Dev_Tools = ["pytest>=8", "rich"]
[project.urls]
Source = "https://demo.dev/source"
"Home Page" = "https://demo.dev"
[project.scripts]
demo = "demo:main"
[project.gui-scripts]
demo-gui = "demo:gui"
[project.entry-points."demo.plugins"]
"x.y" = "demo:x"
`,
  )

  it.each([
    ['Name', 'Demo', '2: "demo"'],
    ['Version', '1.0', '3: "version"'],
    ['Summary', 'Reads files', "4: 'Reads files'"],
    ['Description', undefined, '5: "README.md"'],
    ['Description-Content-Type', 'text/markdown', '5: "text/markdown"'],
    ['License-Expression', 'MIT License', '6: "MIT License"'],
    ['License', 'MIT License', '6: "MIT License"'],
    ['License-File', 'NOTICE', '7: "NOTICE"'],
    ['License-File', 'COPYING', '7: ["LICENSE", "NOTICE"]'],
    ['Requires-Python', '>=3.8.*', '8: ">=3.8.*"'],
    ['Keywords', 'a,b', '9: ["a", "b"]'],
    ['Classifier', 'Private :: Do Not Upload', '12: "Private :: Do Not Upload"'],
    ['Classifier', undefined, '10: classifiers'],
    ['Author-email', 'Ann <ann@demo.dev>', '14: { name = "Ann", email = "ann@demo.dev" }'],
    ['Author', 'Bob', '14: { name = "Bob" }'],
    ['Import-Name', 'demo', '19: "demo"'],
    ['Project-URL', 'Source, https://demo.dev/source', '23: "https://demo.dev/source"'],
    ['Project-URL', 'homepage, https://demo.dev', '24: "https://demo.dev"'],
    ['Home-page', 'https://demo.dev', '24: "https://demo.dev"'],
    ['Download-URL', 'https://demo.dev/x', '22: [project.urls]'],
    ['Dynamic', 'version', '3: "version"'],
    ['Dynamic', 'requires-dist', '3: "optional-dependencies"'],
    ['entry-points', 'console_scripts.demo', '26: "demo:main"'],
    ['entry-points', 'gui_scripts.demo-gui', '28: "demo:gui"'],
    ['entry-points', 'demo.plugins.x.y', '30: "demo:x"'],
  ])('%s %s', (field, value, marked) => {
    expect(at(field, value)).toBe(marked)
  })

  describe('requirements are found by equality, not by text', () => {
    it.each([
      ['requests[socks]<3.0,>=2', '16: "Requests[socks] >= 2.0 , <3"'],
      ['requests[Socks] (<3,>=2)', '16: "Requests[socks] >= 2.0 , <3"'],
      ['rich ; python_version < "3.9"', `17: "rich; python_version<'3.9'"`],
      ["pytest>=8; extra == 'dev-tools'", '21: "pytest>=8"'],
      ['pytest (>=8) ; extra == "Dev_Tools"', '21: "pytest>=8"'],
      ["rich; extra == 'dev-tools'", '21: "rich"'],
      ['tomli', '15: dependencies'],
      ["tomli; extra == 'dev-tools'", '21: ["pytest>=8", "rich"]'],
    ])('%s', (value, marked) => {
      expect(at('Requires-Dist', value)).toBe(marked)
    })
  })

  it('finds an extra by its normalized name', () => {
    expect(at('Provides-Extra', 'dev-tools')).toBe('21: ["pytest>=8", "rich"]')
  })

  it('takes a key path of pyproject.toml itself, or what encloses it', () => {
    expect(at('project.keywords[1]')).toBe('9: "b"')
    expect(at('project.urls."Home Page"')).toBe('24: "https://demo.dev"')
    expect(at('project.keywords[9]')).toBe('9: ["a", "b"]')
    expect(at('tool.demo')).toBe('pyproject.toml as a whole')
  })

  it('falls back to the build file as a whole', () => {
    expect(at('Maintainer', 'Ann')).toBe('pyproject.toml as a whole')
    expect(at('constructor', 'x')).toBe('pyproject.toml as a whole')
    expect(at('tags', 'py3-none-any')).toBe('pyproject.toml as a whole')
  })
})

it('finds a licence file in the old table only when it is that one', () => {
  const at = marker('pyproject.toml', '[project]\nname = "demo"\nlicense = { file = "LICENSE" }\n')
  expect(at('License-File', 'LICENSE')).toBe('3: "LICENSE"')
  expect(at('License-File', 'NOTICE')).toBe('pyproject.toml as a whole')
})

describe('a marker joined with an extra', () => {
  const at = marker(
    'pyproject.toml',
    `[project]\nname = "demo"\noptional-dependencies.x = ["a; os_name == 'nt' or os_name == 'posix'"]\n`,
  )

  it.each([
    `a; (os_name == "nt" or os_name == "posix") and extra == "x"`,
    `a; extra == "x" and (os_name == "nt" or os_name == "posix")`,
  ])('%s', value => {
    expect(at('Requires-Dist', value)).toBe(`3: "a; os_name == 'nt' or os_name == 'posix'"`)
  })
})

describe('other tables, where [project] has no such key', () => {
  it('setup.cfg', () => {
    const text = `[metadata]
name = demo
version: 1.0
license = MIT License
author-email = ann@demo.dev
classifiers =
    Programming Language :: Python
    # a comment
    Private :: Do Not Upload
project_urls =
    Source = https://demo.dev

[options]
python_requires = >=3.8.*
install_requires =
    requests >= 2
    rich
[options.extras_require]
Dev_Tools =
    pytest
[options.entry_points]
console_scripts =
    demo = demo:main
`
    const at = marker('setup.cfg', text, { 'setup.py': 'from setuptools import setup\nsetup()\n' })
    expect(at('Name', 'demo')).toBe('2: demo')
    expect(at('Version', '1.0')).toBe('3: 1.0')
    expect(at('License', 'MIT License')).toBe('4: MIT License')
    expect(at('Author-email', 'ann@demo.dev')).toBe('5: ann@demo.dev')
    expect(at('Classifier', 'Private :: Do Not Upload')).toBe('9: Private :: Do Not Upload')
    expect(at('Classifier')).toBe('6: classifiers')
    expect(at('Project-URL', 'Source, https://demo.dev')).toBe('11: Source = https://demo.dev')
    expect(at('Requires-Python', '>=3.8.*')).toBe('14: >=3.8.*')
    expect(at('Requires-Dist', 'requests>=2.0')).toBe('16: requests >= 2')
    expect(at('Requires-Dist', 'pytest; extra == "dev-tools"')).toBe('20: pytest')
    expect(at('Provides-Extra', 'dev-tools')).toBe('19: Dev_Tools')
    expect(at('Summary')).toBe('setup.cfg as a whole')
    const plain = marker('setup.cfg', text.replace('[options.entry_points]', '[options]\nentry_points ='))
    expect(plain('Name', 'demo')).toBe('2: demo')
  })

  it("Poetry's", () => {
    const at = marker(
      'pyproject.toml',
      `[tool.poetry]
name = "demo"
authors = ["Ann <ann@demo.dev>"]
license = "MIT License"
repository = "https://demo.dev"
[tool.poetry.dependencies]
python = "^3.9"
Requests_Toolbelt = "^1.0"
[tool.poetry.extras]
x = ["a"]
[tool.poetry.scripts]
demo = "demo:main"
[tool.poetry.plugins."g.h"]
p = "demo:p"
`,
    )
    expect(at('License', 'MIT License')).toBe('4: "MIT License"')
    expect(at('Author-email', 'ann@demo.dev')).toBe('3: ["Ann <ann@demo.dev>"]')
    expect(at('Project-URL', 'Repository, https://demo.dev')).toBe('5: "https://demo.dev"')
    expect(at('Requires-Python', '>=3.9,<4.0')).toBe('7: "^3.9"')
    expect(at('Requires-Dist', 'requests-toolbelt (>=1.0,<2.0)')).toBe('8: "^1.0"')
    expect(at('Provides-Extra', 'x')).toBe('10: ["a"]')
    expect(at('entry-points', 'console_scripts.demo')).toBe('12: "demo:main"')
    expect(at('entry-points', 'g.h.p')).toBe('14: "demo:p"')
  })

  it("flit's old one", () => {
    const at = marker(
      'pyproject.toml',
      '[tool.flit.metadata]\nmodule = "demo"\nauthor-email = "a@b.dev"\nrequires = ["rich >= 1"]\n',
    )
    expect(at('Author-email', 'a@b.dev')).toBe('3: "a@b.dev"')
    expect(at('Requires-Dist', 'rich>=1')).toBe('4: "rich >= 1"')
    expect(at('Version', '1.0')).toBe('2: "demo"')
  })

  it('Cargo.toml with maturin only', () => {
    const cargo = { 'Cargo.toml': '[package]\nname = "demo"\nlicense = "MIT License"\n' }
    const project = '[project]\nname = "demo"\n[build-system]\nrequires = ["BACKEND"]\n'
    expect(marker('pyproject.toml', project.replace('BACKEND', 'maturin>=1'), cargo)('License-Expression', 'x')).toBe(
      '3: "MIT License"',
    )
    expect(marker('pyproject.toml', project.replace('BACKEND', 'hatchling'), cargo)('License-Expression', 'x')).toBe(
      'pyproject.toml as a whole',
    )
  })
})

describe('whose project it is', () => {
  const files = new Map([
    ['pyproject.toml', '[project]\nname = "Root.Project"\n'],
    ['packages/a/pyproject.toml', '[project]\nname = "a-lib"\n'],
    ['packages/b/setup.py', 'setup()\n'],
  ])
  const locate = sourceLocator({ files })
  const path = (project: string | null, folder?: string) =>
    (folder === undefined ? locate : sourceLocator({ files, folder }))({ field: 'Name' }, project)?.path

  it('is found by the normalized name', () => {
    expect(path('root-project')).toBe('pyproject.toml')
    expect(path('A_Lib')).toBe('packages/a/pyproject.toml')
  })

  it('is none for a file of another project', () => {
    expect(path('requests')).toBeUndefined()
    expect(sourceLocator({ files: new Map() })({ field: 'Name' }, 'demo')).toBeUndefined()
  })

  it('is the one asked for, when the file has no name or the project computes it', () => {
    expect(path(null)).toBe('pyproject.toml')
    expect(path('anything', 'packages/b')).toBe('packages/b/setup.py')
  })
})

it("points a finding about contents to the build backend's table", () => {
  const files = new Map([['pyproject.toml', '[project]\nname = "demo"\n[tool.hatch.build]\nexclude = []\n']])
  const locate = sourceLocator({ files })
  expect(locate({ topic: 'contents' }, 'demo')).toMatchObject({ line: 3, column: 1 })
  expect(locate({ topic: 'archive' }, 'demo')).toEqual({ path: 'pyproject.toml', line: 1 })
})

it('survives files that do not parse', () => {
  const files = new Map([
    ['pyproject.toml', '[project\nname = "demo"'],
    ['setup.cfg', '= x\n  y\n[[['],
  ])
  expect(sourceLocator({ files })({ field: 'Name', value: 'demo' }, 'demo')).toEqual({
    path: 'pyproject.toml',
    line: 1,
  })
})

it('reads key paths with quoted keys', () => {
  expect(parseKeyPath('tool."a.b".c[10].d')).toEqual(['tool', 'a.b', 'c', 10, 'd'])
  expect(parseKeyPath('project."q\\"x"')).toEqual(['project', 'q"x'])
})
