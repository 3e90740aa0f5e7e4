import { describe, expect, it } from 'vitest'
import { parseKeyPath } from '../../src/project/key-path.js'
import { sourceLocator } from '../../src/project/locate.js'

/** Locates in one file, and shows the marked text of the line: `3: "MIT License"`. */
function marker(path: string, text: string, more: Readonly<Record<string, string>> = {}) {
  const files = new Map(Object.entries({ [path]: text, ...more }))
  const locate = sourceLocator({ files })
  return (field: string, value?: string, member?: string) => {
    const found = locate({ member, field, value }, 'demo')
    if (!found) return undefined
    if (found.column === undefined) return `${found.path} as a whole, line ${found.line}`
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
    ['Author-email', 'Ann <ann@demo.dev>', '14: "ann@demo.dev"'],
    ['Author', 'Bob', '14: "Bob"'],
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
    expect(at('Provides-Extra', 'dev-tools')).toBe('21: Dev_Tools')
  })

  it('takes a key path of pyproject.toml itself, or what encloses it', () => {
    const key = (path: string) => at(path, undefined, 'demo-1.0/pyproject.toml')
    expect(key('project.keywords[1]')).toBe('9: "b"')
    expect(key('project.urls."Home Page"')).toBe('24: "https://demo.dev"')
    expect(key('project.keywords[9]')).toBe('9: ["a", "b"]')
    expect(key('project.version')).toBe('1: [project]')
    expect(key('project.urls.Other')).toBe('22: [project.urls]')
    expect(key('tool.demo')).toBe('1: [project]')
  })

  it('falls back to the table', () => {
    expect(at('Maintainer', 'Ann')).toBe('1: [project]')
    expect(at('Maintainer')).toBe('1: [project]')
  })

  it('is asked in vain for what no project file says', () => {
    expect(at('constructor', 'x')).toBe('pyproject.toml as a whole, line 1')
    expect(at('Metadata-Version', '1.0')).toBe('pyproject.toml as a whole, line 1')
    expect(at('tags', 'py3-none-any')).toBe('pyproject.toml as a whole, line 1')
  })
})

it('finds a licence file in the old table only when it is that one', () => {
  const at = marker('pyproject.toml', '[project]\nname = "demo"\nlicense = { file = "LICENSE" }\n')
  expect(at('License-File', 'LICENSE')).toBe('3: "LICENSE"')
  expect(at('License-File', 'NOTICE')).toBe('1: [project]')
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
    expect(at('entry-points', 'console_scripts.demo')).toBe('23: demo = demo:main')
    expect(at('Summary')).toBe('1: [metadata]')
    expect(at('Maintainer', 'Ann')).toBe('2: setup')
    const alone = marker('setup.cfg', text.replace(/python_requires.*\n/, ''))
    expect(alone('Maintainer', 'Ann')).toBe('1: [metadata]')
    expect(alone('Requires-Python')).toBe('13: [options]')
    expect(marker('setup.cfg', '[options]\n[options.extras_require]\n')('Provides-Extra')).toBe(
      '2: [options.extras_require]',
    )
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
    expect(at('Provides-Extra', 'x')).toBe('10: x')
    expect(at('entry-points', 'console_scripts.demo')).toBe('12: "demo:main"')
    expect(at('entry-points', 'g.h.p')).toBe('14: "demo:p"')
    expect(at('Summary')).toBe('1: [tool.poetry]')
    const without = marker('pyproject.toml', '[tool.poetry]\nname = "demo"\n[tool.poetry.dependencies]\nrich = "*"\n')
    expect(without('Requires-Python')).toBe('3: [tool.poetry.dependencies]')
  })

  it("flit's old one", () => {
    const at = marker(
      'pyproject.toml',
      '[tool.flit.metadata]\nmodule = "demo"\nauthor-email = "a@b.dev"\nrequires = ["rich >= 1"]\n',
    )
    expect(at('Author-email', 'a@b.dev')).toBe('3: "a@b.dev"')
    expect(at('Requires-Dist', 'rich>=1')).toBe('4: "rich >= 1"')
    expect(at('Version', '1.0')).toBe('2: "demo"')
    expect(at('Requires-Python')).toBe('1: [tool.flit.metadata]')
  })

  it('Cargo.toml with maturin only', () => {
    const cargo = { 'Cargo.toml': '[package]\nname = "demo"\nlicense = "MIT License"\n' }
    const project = '[project]\nname = "demo"\n[build-system]\nrequires = ["BACKEND"]\n'
    expect(marker('pyproject.toml', project.replace('BACKEND', 'maturin>=1'), cargo)('License-Expression', 'x')).toBe(
      '3: "MIT License"',
    )
    expect(marker('pyproject.toml', project.replace('BACKEND', 'hatchling'), cargo)('License-Expression', 'x')).toBe(
      '1: [project]',
    )
    const bare = project.slice(project.indexOf('[build-system]')).replace('BACKEND', 'maturin')
    expect(marker('pyproject.toml', bare, cargo)('Summary')).toBe('1: [package]')
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

describe('a field that no key gives', () => {
  const BUILD = '# build\n[build-system]\nrequires = ["x"]\n'
  const at = (files: Readonly<Record<string, string>>) => {
    const found = sourceLocator({ files: new Map(Object.entries(files)) })({ field: 'Author' }, null)
    const line = (files[found?.path ?? ''] ?? '').split('\n')[(found?.line ?? 0) - 1] ?? ''
    return found && `${found.path}:${found.line} ${line.slice((found.column ?? 1) - 1, (found.endColumn ?? 1) - 1)}`
  }

  it.each([
    ['its header', { 'pyproject.toml': `${BUILD}[ project ] # all\nname = "a"\n` }, 'pyproject.toml:4 [ project ]'],
    ['its header after a subtable', { 'pyproject.toml': '[project.urls]\n[project]\n' }, 'pyproject.toml:2 [project]'],
    ['the header of a subtable', { 'pyproject.toml': `${BUILD}[project.urls]\n` }, 'pyproject.toml:4 project'],
    ['dotted keys', { 'pyproject.toml': 'project.name = "a"\nproject.version = "1"\n' }, 'pyproject.toml:1 project'],
    ['an inline table', { 'pyproject.toml': 'project = { name = "a" }\n' }, 'pyproject.toml:1 { name = "a" }'],
    [
      '[project] before all others',
      { 'pyproject.toml': '[tool.poetry]\nname = "a"\n[project]\n', 'setup.cfg': '[metadata]\n' },
      'pyproject.toml:3 [project]',
    ],
    [
      "settings in Poetry's table",
      { 'pyproject.toml': `${BUILD}[tool.poetry.group.dev]\n`, 'setup.cfg': '[flake8]\n[metadata]\n' },
      'setup.cfg:2 [metadata]',
    ],
    [
      'setup.py beside a pyproject.toml that only has the backend',
      { 'pyproject.toml': BUILD, 'setup.py': 'import setuptools\nsetuptools.setup()\n' },
      'setup.py:2 setup',
    ],
    ['only the backend', { 'pyproject.toml': BUILD }, 'pyproject.toml:2 [build-system]'],
    ['only a setup.cfg without [metadata]', { 'setup.cfg': '# x\n[flake8]\n' }, 'setup.cfg:2 [flake8]'],
    ['only setup.py', { 'setup.py': 'from setuptools import setup\n\nsetup(name="a")\n' }, 'setup.py:3 setup'],
    ['setup.py without the call', { 'setup.py': 'exec(open("x").read())\n' }, 'setup.py:1 exec(open("x").read())'],
    ['no keys at all', { 'pyproject.toml': '# nothing\n' }, 'pyproject.toml:1 # nothing'],
    ['an empty file', { 'pyproject.toml': '' }, 'pyproject.toml:1 '],
  ])('%s', (_, files, marked) => {
    expect(at(files)).toBe(marked)
  })
})

it('survives files that do not parse', () => {
  const files = new Map([
    ['pyproject.toml', '[project\nname = "demo"'],
    ['setup.cfg', '= x\n  y\n[[['],
  ])
  expect(sourceLocator({ files })({ field: 'Name', value: 'demo' }, 'demo')).toEqual({
    path: 'pyproject.toml',
    line: 1,
    column: 1,
    endColumn: 9,
  })
})

it('reads key paths with quoted keys', () => {
  expect(parseKeyPath('tool."a.b".c[10].d')).toEqual(['tool', 'a.b', 'c', 10, 'd'])
  expect(parseKeyPath('project."q\\"x"')).toEqual(['project', 'q"x'])
})

describe("a line of an sdist's setup.cfg or setup.py", () => {
  const files = new Map([
    ['pyproject.toml', '[build-system]\n'],
    ['setup.cfg', '[metadata]\nname = demo\nversion = file: VERSION\n'],
  ])
  const at = (member: string, line: number, snippet: string, kind: 'wheel' | 'sdist' = 'sdist') =>
    sourceLocator({ files })({ member, line, column: 11, snippet, kind, topic: 'sdist' }, 'demo')

  it("is that of the project's own file where both are the same", () => {
    const text = 'version = file: VERSION'
    expect(at('demo-1.0/setup.cfg', 3, text)).toEqual({ path: 'setup.cfg', line: 3, column: 11, endColumn: 24 })
    for (const other of [
      at('demo-1.0/setup.cfg', 2, text),
      at('demo-1.0/setup.cfg', 3, 'version = 1.0'),
      at('demo-1.0/docs/setup.cfg', 3, text),
      at('demo-1.0/setup.py', 3, text),
      at('demo-1.0/setup.cfg', 3, text, 'wheel'),
    ])
      expect(other).toMatchObject({ path: 'pyproject.toml' })
  })
})

describe('the code of the project', () => {
  const text = "x = 1\n__version__ = '0.9'\n"
  const located = (
    member: string,
    line: number,
    snippet: string,
    kind: 'wheel' | 'sdist',
    more: Record<string, string> = {},
  ) => {
    const code = new Map(Object.entries({ 'lib/src/demo/__init__.py': text, ...more }))
    const files = new Map([['lib/pyproject.toml', '[project]\nname = "demo"\n']])
    const locate = sourceLocator({ files, folder: 'lib', code: path => code.get(path) })
    return locate({ member, line, column: 1, snippet, kind, inCode: true, topic: 'metadata' }, 'demo')
  }

  it('has the line that a wheel or an sdist has', () => {
    const at = { path: 'lib/src/demo/__init__.py', line: 2, column: 1, endColumn: 20 }
    expect(located('demo/__init__.py', 2, "__version__ = '0.9'", 'wheel')).toEqual(at)
    expect(located('demo-1.0/src/demo/__init__.py', 2, "__version__ = '0.9'", 'sdist')).toEqual(at)
  })

  it('is not named where the line is another one, or two files have it', () => {
    expect(located('demo/__init__.py', 2, "__version__ = '0.8'", 'wheel')?.path).not.toContain('__init__')
    const twice = { 'lib/demo/__init__.py': text }
    expect(located('demo/__init__.py', 2, "__version__ = '0.9'", 'wheel', twice)?.path).not.toContain('__init__')
    expect(located('../demo/__init__.py', 2, "__version__ = '0.9'", 'wheel')?.path).not.toContain('__init__')
  })

  it('is named for what nothing in the build files has written, and for nothing else', () => {
    const line = "__version__ = '0.9'"
    const found = (tables: string) =>
      sourceLocator({
        files: new Map([['pyproject.toml', `[project]\nname = "demo"\n${tables}`]]),
        folder: '',
        code: path => (path === 'src/demo/__init__.py' ? text : undefined),
      })({ member: 'demo/__init__.py', line: 2, column: 1, snippet: line, kind: 'wheel', topic: 'contents' }, 'demo')
    expect(found('')).toMatchObject({ path: 'src/demo/__init__.py', line: 2 })
    expect(found('[tool.setuptools]\npackages = ["demo"]\n')).toMatchObject({ path: 'pyproject.toml' })
  })
})
