import type { Metadata, MetadataField } from '../distribution/metadata.js'
import { isTable, type Pyproject, type TomlValue } from '../distribution/pyproject.js'
import type { Place, SourceLocation } from '../finding.js'
import { groupBy } from '../group-by.js'
import { compareMetadataVersions } from '../standards/core-metadata.js'
import { emailProblem } from '../standards/email-address.js'
import { attempt } from '../standards/error.js'
import { globBudget, globMatcher, globProblem } from '../standards/globs.js'
import { parseLicenseExpression } from '../standards/license-expression.js'
import { canonicalName } from '../standards/name.js'
import { PROJECT_KEYS_OF_FIELD } from '../standards/project-keys.js'
import { parseRequirement } from '../standards/requirement.js'
import { parseSpecifiers } from '../standards/specifier.js'
import { linesOf } from '../text/lines.js'
import { firstWritten, itemsAt, type Key, keysAt, textAt } from './document.js'
import type { ProjectFolder } from './folder.js'
import { flitKeys, poetryKeys } from './other-tables.js'

/** The file that the description is read from. */
export interface ReadmeText {
  /** Its path in the facts. */
  readonly member: string
  readonly text: string
  readonly utf8: boolean
}

export interface StaticFiles {
  readonly folder: ProjectFolder
  /** Reads the file that a key names, relative to the project's folder; undefined where there is none. */
  readme(name: string): ReadmeText | undefined
  /** Files of the tree, relative to the project's folder. */
  readonly paths: readonly string[]
}

/** What the files of a project say of its core metadata without a build. */
export interface StaticMetadata {
  readonly metadata: Metadata | undefined
  /** May a build give a field that is not among those of `metadata`? */
  mayGive(field: string): boolean
}

/** What current build backends write. */
const WRITTEN_VERSION = '2.4'

/** The static part of `[project]` as PEP 621 maps it to core metadata; of projects without it, what setup.cfg and others say. */
export function staticMetadata(files: StaticFiles): StaticMetadata {
  const { folder } = files
  const document = folder.pyproject?.document
  const given = document?.project ? ofProjectTable(document, files) : ofOlderFiles(files)
  const member = folder.buildFile.path
  const metadata = given.fields.length > 0 ? metadataOf(member, folder.buildFile.text, given) : undefined
  const missing = document?.project ? (field: string) => mayBeGiven(folder, document, field) : () => true
  const has = (field: string) =>
    field === 'Description' ? given.description !== undefined : given.fields.some(one => one.field === field)
  return { metadata, mayGive: field => !has(field) && missing(field) }
}

interface Given {
  readonly fields: readonly MetadataField[]
  readonly description?: Metadata['description']
}

function metadataOf(member: string, text: string, { fields, description }: Given): Metadata {
  const byName = groupBy(fields, ({ field }) => field)
  const all = (field: string): readonly MetadataField[] => byName.get(field) ?? []
  const lines = linesOf(text)
  return {
    member,
    fields,
    all,
    first: field => all(field)[0],
    value: field => all(field)[0]?.value,
    version: WRITTEN_VERSION,
    atLeast: wanted => (compareMetadataVersions(WRITTEN_VERSION, wanted) ?? -1) >= 0,
    description,
    body: { text: description?.text ?? '', line: 1, utf8: description?.utf8 ?? true },
    problems: [],
    cut: false,
    lineText: line => lines.text(line),
  }
}

/** A field at the place of the value that gives it. */
function fieldAt(
  field: string,
  value: string,
  { line = 1, column = 1, mark }: Place,
  member: string,
  nameAt?: Place,
): MetadataField {
  return {
    member,
    line,
    column,
    field,
    writtenName: field,
    value,
    utf8: true,
    bad: undefined,
    known: true,
    // What stands at the place where it is not the value itself.
    ...(mark !== undefined && mark !== value && { mark }),
    ...(nameAt && { nameAt: { ...nameAt, field, value } }),
  }
}

/** Fields that take their value from one string, and what the rules of `[project]` refuse: no build makes a field of it. */
const PLAIN: readonly (readonly [field: string, key: string, isRefused?: (value: string) => boolean])[] = [
  ['Name', 'name'],
  ['Version', 'version'],
  ['Summary', 'description', value => /[\r\n]/.test(value)],
  ['Requires-Python', 'requires-python', value => !attempt(parseSpecifiers, value)],
  ['License-Expression', 'license', value => !attempt(parseLicenseExpression, value)],
]
const LISTS: readonly (readonly [field: string, key: string])[] = [
  ['Classifier', 'classifiers'],
  ['Import-Name', 'import-names'],
  ['Import-Namespace', 'import-namespaces'],
]

function ofProjectTable(document: Pyproject, files: StaticFiles): Given {
  const fields: MetadataField[] = []
  const add = (field: string, value: string, ...path: Key) =>
    fields.push(fieldAt(field, value, document.place(...path), document.member, document.keyPlace(...path)))
  /** A value that is put together from several. */
  const addAtKey = (field: string, value: string, ...path: Key) =>
    fields.push(fieldAt(field, value, document.keyPlace(...path), document.member, document.keyPlace(...path)))

  for (const [field, key, isRefused] of PLAIN) {
    const value = textAt(document, 'project', key)
    if (value !== undefined && !isRefused?.(value)) add(field, value, 'project', key)
  }
  const licenseText = textAt(document, 'project', 'license', 'text')
  if (licenseText !== undefined) add('License', licenseText, 'project', 'license', 'text')
  for (const [field, key] of LISTS)
    for (const [i, item] of strings(itemsAt(document, 'project', key))) add(field, item, 'project', key, i)
  const keywords = strings(itemsAt(document, 'project', 'keywords')).map(([, text]) => text)
  if (keywords.join('') !== '') addAtKey('Keywords', keywords.join(','), 'project', 'keywords')
  for (const [field, key] of [
    ['Author', 'authors'],
    ['Maintainer', 'maintainers'],
  ] as const) {
    const people = itemsAt(document, 'project', key).map(item => ({
      name: own(item, 'name'),
      email: own(item, 'email'),
    }))
    const names = people.flatMap(({ name, email }) => (name !== undefined && email === undefined ? [name] : []))
    const emails = people.flatMap(({ name, email }) =>
      email === undefined || emailProblem(email) !== undefined
        ? []
        : [name === undefined ? email : `${mailName(name)} <${email}>`],
    )
    if (names.length > 0) addAtKey(field, names.join(', '), 'project', key)
    if (emails.length > 0) addAtKey(`${field}-email`, emails.join(', '), 'project', key)
  }
  for (const label of keysAt(document, 'project', 'urls')) {
    const url = textAt(document, 'project', 'urls', label)
    if (url !== undefined) addAtKey('Project-URL', `${label}, ${url}`, 'project', 'urls', label)
  }
  // What is no requirement is told by the rules of `[project]`.
  for (const [i, item] of strings(itemsAt(document, 'project', 'dependencies')))
    if (attempt(parseRequirement, item)) add('Requires-Dist', item, 'project', 'dependencies', i)
  for (const extra of keysAt(document, 'project', 'optional-dependencies')) {
    const path: Key = ['project', 'optional-dependencies', extra]
    addAtKey('Provides-Extra', canonicalName(extra), ...path)
    for (const [i, item] of strings(itemsAt(document, ...path))) {
      const value = withExtra(item, canonicalName(extra))
      if (value !== undefined) add('Requires-Dist', value, ...path, i)
    }
  }
  for (const [path, at] of licenseFiles(document, files))
    fields.push(fieldAt('License-File', path, at, document.member))
  return { fields, ...describedBy(document, files, add) }
}

/** The readme of `[project]`, and its content type. */
function describedBy(
  document: Pyproject,
  files: StaticFiles,
  add: (field: string, value: string, ...path: Key) => void,
): { readonly description?: Metadata['description'] } {
  const name = textAt(document, 'project', 'readme') ?? textAt(document, 'project', 'readme', 'file')
  const type = textAt(document, 'project', 'readme', 'content-type')
  if (type !== undefined) add('Description-Content-Type', type, 'project', 'readme', 'content-type')
  const text = textAt(document, 'project', 'readme', 'text')
  if (text !== undefined && name === undefined) {
    const { line } = document.place('project', 'readme', 'text')
    return { description: { text, line, from: 'body', utf8: true } }
  }
  const readme = name === undefined ? undefined : files.readme(name)
  if (name === undefined || !readme) return {}
  const guessed = typeOf(name)
  if (type === undefined && guessed !== undefined) add('Description-Content-Type', guessed, 'project', 'readme')
  return { description: descriptionOf(readme) }
}

function descriptionOf({ member, text, utf8 }: ReadmeText): NonNullable<Metadata['description']> {
  const lines = linesOf(text)
  return { text, line: 1, from: 'body', utf8, file: { member, lineText: line => lines.text(line) } }
}

function typeOf(name: string): string | undefined {
  if (/\.md$/i.test(name)) return 'text/markdown'
  if (/\.rst$/i.test(name)) return 'text/x-rst'
  return /\.txt$/i.test(name) ? 'text/plain' : undefined
}

/** What every backend takes where `license-files` is not set. */
const LICENSE_NAMES = /^(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$/

/** The files that `license-files` matches, each at its pattern; those of the common names where it is not set. */
function licenseFiles(document: Pyproject, { paths }: StaticFiles): readonly (readonly [string, Place])[] {
  const patterns = document.get('project', 'license-files')
  const budget = globBudget()
  if (Array.isArray(patterns))
    return strings(patterns).flatMap(([i, pattern]) => {
      if (globProblem(pattern) !== undefined) return []
      const matches = globMatcher(pattern, budget)
      const at = document.place('project', 'license-files', i)
      return paths.filter(matches).map(path => [path, { ...at, mark: pattern }] as const)
    })
  const at = document.keyPlace('project')
  return paths.filter(path => LICENSE_NAMES.test(path)).map(path => [path, at] as const)
}

/** Build backends that were seen to take from `[project]` all that is not in `dynamic`, but for what older files say. */
const ADDS_NOTHING =
  /^(?:setuptools|hatchling|flit_core|poetry\.core|pdm\.backend|uv_build|scikit_build_core|mesonpy)(?![A-Za-z0-9_])/

/** What other files give although `[project]` does not, or what its key leaves to the backend. */
function mayBeGiven(folder: ProjectFolder, document: Pyproject, field: string): boolean {
  const backend = textAt(document, 'build-system', 'build-backend') ?? 'setuptools'
  if (!ADDS_NOTHING.test(backend)) return true
  const keys = PROJECT_KEYS_OF_FIELD.get(field) ?? []
  const left = strings(itemsAt(document, 'project', 'dynamic')).map(([, key]) => key)
  // The rules of `[project]` tell of a name and a version that are not there.
  if (field === 'Name' || field === 'Version' || keys.some(key => left.includes(key))) return true
  // The text of the file is not taken apart, and a key of a wrong type is told by the rules of `[project]`.
  if (keys.some(key => document.get('project', key) !== undefined)) {
    const isList = Array.isArray(document.get('project', keys[0] ?? ''))
    if (!isList && field !== 'License-File') return true
  }
  const { pyproject, setupCfg } = folder
  const written: (SourceLocation | undefined)[] = [
    setupCfg?.locate(field, undefined),
    folder.setupPy()?.locate(field, undefined),
    pyproject && firstWritten(pyproject, poetryKeys(document, field, undefined)),
    pyproject && firstWritten(pyproject, flitKeys(document, field, undefined)),
    pyproject && field === 'Project-URL' ? firstWritten(pyproject, POETRY_URLS) : undefined,
  ]
  return written.some(place => place !== undefined)
}

const POETRY_URLS: readonly Key[] = ['homepage', 'repository', 'documentation'].map(key => ['tool', 'poetry', key])

/** What setup.cfg, Poetry's and flit's own tables say: a program may say something else, and what they lack is not known. */
function ofOlderFiles(files: StaticFiles): Given {
  const { pyproject, setupCfg } = files.folder
  const fields: MetadataField[] = []
  if (pyproject && isTable(pyproject.document.get('tool', 'poetry')))
    fields.push(...ofTable(pyproject.document, ['tool', 'poetry']))
  else if (pyproject && isTable(pyproject.document.get('tool', 'flit', 'metadata')))
    fields.push(...ofTable(pyproject.document, ['tool', 'flit', 'metadata']))
  else if (setupCfg)
    for (const { field, value, at, name } of setupCfg.fields())
      fields.push(fieldAt(field, value, at, setupCfg.path, name))
  return { fields }
}

/** The lists and strings that mean the same in every table. */
function* ofTable(document: Pyproject, table: Key): Generator<MetadataField> {
  for (const [field, key] of [
    ['Name', 'name'],
    ['Name', 'dist-name'],
    ['Summary', 'description'],
    ['Requires-Python', 'requires-python'],
  ] as const) {
    const value = textAt(document, ...table, key)
    if (value) yield fieldAt(field, value, document.place(...table, key), document.member)
  }
  for (const [i, item] of strings(itemsAt(document, ...table, 'classifiers')))
    yield fieldAt('Classifier', item, document.place(...table, 'classifiers', i), document.member)
  for (const label of keysAt(document, ...table, 'urls')) {
    const url = textAt(document, ...table, 'urls', label)
    if (url !== undefined)
      yield fieldAt('Project-URL', `${label}, ${url}`, document.keyPlace(...table, 'urls', label), document.member)
  }
}

const strings = (items: readonly TomlValue[]): readonly (readonly [number, string])[] =>
  items.flatMap((item, i) => (typeof item === 'string' ? [[i, item] as const] : []))

function own(value: TomlValue, key: string): string | undefined {
  const found = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return typeof found === 'string' ? found : undefined
}

/** A name in front of an address, in quotes where it has more than words. */
const mailName = (name: string) => (/[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name)

/** A requirement that holds with an extra; undefined for what is none. */
function withExtra(item: string, extra: string): string | undefined {
  const requirement = attempt(parseRequirement, item)
  if (!requirement) return undefined
  if (!requirement.marker) return `${item.trimEnd()}${requirement.url === undefined ? '' : ' '}; extra == "${extra}"`
  const semicolon = item.lastIndexOf(';', item.length)
  const at = markerStart(item, semicolon)
  const marker = item.slice(at + 1).trim()
  return `${item.slice(0, at)}; ${/\bor\b/.test(marker) ? `(${marker})` : marker} and extra == "${extra}"`
}

/** The semicolon before the marker: strings in it may have one too. */
function markerStart(item: string, last: number): number {
  for (let at = item.indexOf(';'); at >= 0 && at < last; at = item.indexOf(';', at + 1))
    if (attempt(parseRequirement, `x${item.slice(at)}`)) return at
  return last
}
