/** What a sample project says of itself, whatever the file it says it in. */
export interface Fields {
  readonly name: string
  readonly version: string
  readonly summary?: string | undefined
  readonly readme?: string | undefined
  readonly readmeType?: string | undefined
  readonly requiresPython?: string | undefined
  /** An SPDX expression. */
  readonly license?: string | undefined
  /** The license in the form before PEP 639. */
  readonly oldLicense?: string | undefined
  readonly author?: string | undefined
  readonly email?: string | undefined
  readonly maintainer?: string | undefined
  readonly keywords?: readonly string[] | undefined
  readonly classifiers?: readonly string[] | undefined
  readonly urls?: Readonly<Record<string, string>> | undefined
  readonly homepage?: string | undefined
  readonly dependencies?: readonly string[] | undefined
  readonly extras?: Readonly<Record<string, readonly string[]>> | undefined
  readonly scripts?: Readonly<Record<string, string>> | undefined
  /** Lines below `[project]`, for what only that table has. */
  readonly project?: readonly string[] | undefined
  /** `[build-system]`, where it is not that of the backend. */
  readonly system?: string | undefined
  /** More files, and files that are not there. */
  readonly files?: Readonly<Record<string, string | null>> | undefined
}

/** The core metadata field of each. */
export const CORE_FIELD: Readonly<Record<string, string>> = {
  name: 'Name',
  version: 'Version',
  summary: 'Summary',
  readme: 'Description',
  readmeType: 'Description-Content-Type',
  requiresPython: 'Requires-Python',
  license: 'License-Expression',
  author: 'Author',
  email: 'Author-email',
  maintainer: 'Maintainer',
  keywords: 'Keywords',
  classifiers: 'Classifier',
  urls: 'Project-URL',
  homepage: 'Home-page',
  dependencies: 'Requires-Dist',
  extras: 'Provides-Extra',
  scripts: 'entry-points',
}

export const STYLES = [
  'setuptools',
  'setup.cfg',
  'setup.py',
  'hatchling',
  'flit',
  'poetry',
  'poetry-classic',
  'pdm',
  'uv',
] as const
export type Style = (typeof STYLES)[number]

const SYSTEMS: Readonly<Record<string, readonly [requires: string, backend: string]>> = {
  setuptools: ['setuptools>=77', 'setuptools.build_meta'],
  'setup.cfg': ['setuptools>=77', 'setuptools.build_meta'],
  hatchling: ['hatchling', 'hatchling.build'],
  flit: ['flit_core', 'flit_core.buildapi'],
  poetry: ['poetry-core', 'poetry.core.masonry.api'],
  'poetry-classic': ['poetry-core', 'poetry.core.masonry.api'],
  pdm: ['pdm-backend', 'pdm.backend'],
  uv: ['uv_build', 'uv_build'],
}

const MIT = `MIT License

Copyright (c) 2026 Ada Moreau

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT
HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

/** A project without a mistake. */
export const CLEAN: Fields = {
  name: 'tidemark',
  version: '1.4.0',
  summary: 'Reads tide tables',
  readme: 'README.md',
  requiresPython: '>=3.10',
  license: 'MIT',
  author: 'Ada Moreau',
  email: 'ada@tidemark.dev',
  keywords: ['tides', 'tables'],
  classifiers: ['Programming Language :: Python :: 3'],
  urls: { Source: 'https://github.com/tidemark/tidemark' },
}

const quoted = (text: string) => JSON.stringify(text)
const array = (items: readonly string[]) => `[\n${items.map(item => `  ${quoted(item)},\n`).join('')}]`
const bare = (key: string) => (/^[\w-]+$/.test(key) ? key : quoted(key))
const table = (header: string, rows: Readonly<Record<string, string>> | undefined) =>
  rows
    ? `\n[${header}]\n${Object.entries(rows)
        .map(([key, value]) => `${bare(key)} = ${value}\n`)
        .join('')}`
    : ''
const texts = (rows: Readonly<Record<string, string>> | undefined) =>
  rows && Object.fromEntries(Object.entries(rows).map(([key, value]) => [key, quoted(value)]))
const lists = (rows: Readonly<Record<string, readonly string[]>> | undefined) =>
  rows && Object.fromEntries(Object.entries(rows).map(([key, value]) => [key, array(value)]))
const lines = (rows: readonly (readonly [string, string | undefined])[]) =>
  rows.map(([key, value]) => (value === undefined ? '' : `${key} = ${value}\n`)).join('')
const system = (style: Style) => {
  const [requires, backend] = SYSTEMS[style] ?? []
  return requires === undefined ? '' : `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n`
}
const maybe = (text: string | undefined) => (text === undefined ? undefined : quoted(text))

function people(name: string | undefined, email: string | undefined): string | undefined {
  const parts = [name && `name = ${quoted(name)}`, email && `email = ${quoted(email)}`].filter(Boolean)
  return parts.length > 0 ? `[{ ${parts.join(', ')} }]` : undefined
}

function projectTable(fields: Fields): string {
  const { readme, readmeType, license, oldLicense } = fields
  const typed = readmeType === undefined ? undefined : `{ file = "${readme}", content-type = ${quoted(readmeType)} }`
  return `\n[project]\n${lines([
    ['name', quoted(fields.name)],
    ['version', quoted(fields.version)],
    ['description', maybe(fields.summary)],
    ['readme', readme && (typed ?? quoted(readme))],
    ['requires-python', maybe(fields.requiresPython)],
    ['license', maybe(license) ?? (oldLicense === undefined ? undefined : `{ text = ${quoted(oldLicense)} }`)],
    ['authors', people(fields.author, fields.email)],
    ['maintainers', people(fields.maintainer, undefined)],
    ['keywords', fields.keywords && array(fields.keywords)],
    ['classifiers', fields.classifiers && array(fields.classifiers)],
    ['dependencies', fields.dependencies && array(fields.dependencies)],
  ])}${(fields.project ?? []).map(line => `${line}\n`).join('')}${table('project.urls', texts(fields.urls))}${table('project.optional-dependencies', lists(fields.extras))}${table('project.scripts', texts(fields.scripts))}`
}

/** `attrs>=23; python_version < "3.9"` as Poetry's table has it. */
function poetryDependency(text: string, optional = false): readonly [string, string] {
  const [, name = '', version = '', marker] = /^([\w.-]+)\s*([^;]*?)\s*(?:;\s*(.*))?$/.exec(text) ?? []
  const parts = [
    `version = ${quoted(version === '' ? '*' : version)}`,
    ...(marker === undefined ? [] : [`markers = ${quoted(marker)}`]),
    ...(optional ? ['optional = true'] : []),
  ]
  return [name, parts.length === 1 ? parts[0]!.slice('version = '.length) : `{ ${parts.join(', ')} }`]
}

const named = (name: string, email: string | undefined) => (email === undefined ? name : `${name} <${email}>`)

function poetryTable(fields: Fields): string {
  const optional = Object.values(fields.extras ?? {}).flat()
  const names = (items: readonly string[]) => items.map(item => poetryDependency(item)[0])
  return `\n[tool.poetry]\n${lines([
    ['name', quoted(fields.name)],
    ['version', quoted(fields.version)],
    ['description', maybe(fields.summary)],
    ['readme', maybe(fields.readme)],
    ['license', maybe(fields.license ?? fields.oldLicense)],
    ['authors', fields.author === undefined ? '[]' : array([named(fields.author, fields.email)])],
    ['maintainers', fields.maintainer === undefined ? undefined : array([named(fields.maintainer, fields.email)])],
    ['keywords', fields.keywords && array(fields.keywords)],
    ['classifiers', fields.classifiers && array(fields.classifiers)],
  ])}${table('tool.poetry.urls', texts(fields.urls))}${table('tool.poetry.dependencies', {
    ...(fields.requiresPython === undefined ? {} : { python: quoted(fields.requiresPython) }),
    ...Object.fromEntries((fields.dependencies ?? []).map(one => poetryDependency(one))),
    ...Object.fromEntries(optional.map(one => poetryDependency(one, true))),
  })}${table(
    'tool.poetry.extras',
    fields.extras &&
      lists(Object.fromEntries(Object.entries(fields.extras).map(([key, items]) => [key, names(items)]))),
  )}${table('tool.poetry.scripts', texts(fields.scripts))}`
}

function setupCfg(fields: Fields): string {
  const block = (items: readonly string[]) => items.map(item => `\n    ${item}`).join('')
  const pairs = (rows: Readonly<Record<string, string>>) => block(Object.entries(rows).map(row => row.join(' = ')))
  const extras = Object.entries(fields.extras ?? {})
  return `[metadata]\n${lines([
    ['name', fields.name],
    ['version', fields.version],
    ['description', fields.summary],
    ['long_description', fields.readme && `file: ${fields.readme}`],
    ['long_description_content_type', fields.readme && (fields.readmeType ?? 'text/markdown')],
    ['license_expression', fields.license],
    ['license', fields.oldLicense],
    ['author', fields.author],
    ['author_email', fields.email],
    ['maintainer', fields.maintainer],
    ['keywords', fields.keywords?.join(', ')],
    ['classifiers', fields.classifiers && block(fields.classifiers)],
    ['url', fields.homepage],
    ['project_urls', fields.urls && pairs(fields.urls)],
  ])}\n[options]\npackages = tidemark\n${lines([
    ['python_requires', fields.requiresPython],
    ['install_requires', fields.dependencies && block(fields.dependencies)],
  ])}${extras.length > 0 ? `\n[options.extras_require]\n${lines(extras.map(([key, items]) => [key, block(items)]))}` : ''}${
    fields.scripts ? `\n[options.entry_points]\nconsole_scripts =${pairs(fields.scripts)}\n` : ''
  }`
}

function setupPy(fields: Fields): string {
  const dictionary = (rows: Readonly<Record<string, unknown>>) =>
    `{\n${Object.entries(rows)
      .map(([key, value]) => `        ${quoted(key)}: ${JSON.stringify(value)},\n`)
      .join('')}    }`
  const listed = (items: readonly string[]) => `[\n${items.map(item => `        ${quoted(item)},\n`).join('')}    ]`
  const scripts = fields.scripts && Object.entries(fields.scripts).map(row => row.join(' = '))
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['name', quoted(fields.name)],
    ['version', quoted(fields.version)],
    ['description', maybe(fields.summary)],
    ['long_description', fields.readme && `open(${quoted(fields.readme)}, encoding="utf-8").read()`],
    ['long_description_content_type', fields.readme && quoted(fields.readmeType ?? 'text/markdown')],
    ['license_expression', maybe(fields.license)],
    ['license', maybe(fields.oldLicense)],
    ['author', maybe(fields.author)],
    ['author_email', maybe(fields.email)],
    ['maintainer', maybe(fields.maintainer)],
    ['keywords', fields.keywords && listed(fields.keywords)],
    ['classifiers', fields.classifiers && listed(fields.classifiers)],
    ['url', maybe(fields.homepage)],
    ['project_urls', fields.urls && dictionary(fields.urls)],
    ['packages', '["tidemark"]'],
    ['python_requires', maybe(fields.requiresPython)],
    ['install_requires', fields.dependencies && listed(fields.dependencies)],
    ['extras_require', fields.extras && dictionary(fields.extras)],
    ['entry_points', scripts && dictionary({ console_scripts: scripts })],
  ]
  return `from setuptools import setup\n\nsetup(\n${rows.map(([key, value]) => (value === undefined ? '' : `    ${key}=${value},\n`)).join('')})\n`
}

/** The source tree of a project, by path. */
export function sourceTree(style: Style, fields: Fields): ReadonlyMap<string, string> {
  const code = style === 'uv' ? 'src/tidemark' : 'tidemark'
  const files: Record<string, string | null> = {
    LICENSE: MIT,
    'README.md': '# Tidemark\n\nIt reads *tide tables*.\n',
    [`${code}/__init__.py`]: '"""Reads tide tables."""\n',
    [`${code}/cli.py`]: 'def main():\n    print("high tide")\n',
    ...fields.files,
  }
  if (style === 'setup.py') files['setup.py'] = setupPy(fields)
  else if (style === 'setup.cfg') {
    files['setup.cfg'] = setupCfg(fields)
    files['pyproject.toml'] = system(style)
  } else if (style === 'poetry-classic') {
    const both = fields.project === undefined ? '' : `\n[project]\n${fields.project.join('\n')}\n`
    files['pyproject.toml'] = `${system(style)}${both}${poetryTable(fields)}`
  } else {
    const packages = style === 'setuptools' ? '\n[tool.setuptools]\npackages = ["tidemark"]\n' : ''
    files['pyproject.toml'] = `${fields.system ?? system(style)}${projectTable(fields)}${packages}`
  }
  return new Map(Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text]])))
}
