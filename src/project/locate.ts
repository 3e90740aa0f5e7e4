import { clean } from '../archive/links.js'
import type { SourceLocation } from '../finding.js'
import { once } from '../once.js'
import { PACKAGE_ROOTS } from '../python/module-name.js'
import { linesOf } from '../text/lines.js'
import { firstPlace, firstWritten, type Key, type TomlFile } from './document.js'
import { type ProjectFolder, projectFolders, type SourceFiles } from './folder.js'
import { parseKeyPath } from './key-path.js'
import { lackingTable, wholeFile } from './lacking.js'
import { cargoKeys, contentsTables, flitKeys, poetryKeys } from './other-tables.js'
import { dynamicKeys, projectKeys } from './project-table.js'
import { type DescriptionText, readmeFinder } from './readme.js'

/** What the locator needs of a finding. */
export interface Locatable {
  /** In the sdist's own pyproject.toml, the field is a key path. */
  readonly member?: string | undefined
  readonly field?: string | undefined
  readonly value?: string | undefined
  /** What is meant at its place, as written. */
  readonly mark?: string | undefined
  /** Its line and column, and the text of the line. */
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly snippet?: string | undefined
  /** Topic of its rule: what is about contents points to the build backend's table. */
  readonly topic?: string | undefined
  /** What kind of file it is about. */
  readonly kind?: 'wheel' | 'sdist' | undefined
  /** Whether what is wrong is in the project's code. */
  readonly inCode?: boolean | undefined
  /** The description it points into, and the line of it, from 0. */
  readonly described?: { readonly description: DescriptionText; readonly index: number } | undefined
}

/**
 * The line of the README, or the key in the project's own files, that produced what a finding is about (core metadata field,
 * entry point), or the table that does not have the key. A location without `column` means the build file as a whole, and has the line
 * that stands for it. Undefined when the distribution's project has no build file in the tree.
 */
export type SourceLocator = (finding: Locatable, project: string | null | undefined) => SourceLocation | undefined

export function sourceLocator(sources: SourceFiles): SourceLocator {
  const { own, folderOf } = projectFolders(sources)
  const findReadme = readmeFinder(sources.readmes ?? new Map())
  return (finding, project) => {
    const found = folderOf(project)
    if (!found) return undefined
    const code = once(() => (found === own() ? codeLine(sources, finding) : undefined))
    const written = finding.inCode ? code() : undefined
    if (written) return written
    const key =
      copiedLine(found, sources.files, finding) ??
      writtenKey(found, finding) ??
      lackingTable(found, finding) ??
      code() ??
      wholeFile(found)
    const { described, mark } = finding
    // The README files are those of the project that was asked for.
    const line = described && found === own() ? findReadme(described.description, described.index, mark) : undefined
    return line ? { ...line, key: { path: key.path, line: key.line } } : key
  }
}

/** The same line of the project's own build files, which an sdist has a copy of. */
function copiedLine(found: ProjectFolder, files: SourceFiles['files'], finding: Locatable): SourceLocation | undefined {
  const { buildFile } = found
  const { member = '', line, column, snippet, kind } = finding
  const [, name = '', below] = member.split('/')
  if (kind !== 'sdist' || below !== undefined || !COPIED.includes(name) || line === undefined) return undefined
  const path = buildFile.path.slice(0, buildFile.path.lastIndexOf('/') + 1) + name
  const text = linesOf(files.get(path) ?? '').text(line)
  if (text === undefined || text !== snippet) return undefined
  if (column === undefined) return { path, line }
  const written = name === 'pyproject.toml' ? writtenKey(found, finding) : undefined
  const value = written?.line === line ? written : undefined
  // A key ends before its value.
  const endColumn =
    value?.column !== undefined && column < value.column
      ? text
          .slice(0, value.column - 1)
          .trimEnd()
          .replace(/=$/, '')
          .trimEnd().length + 1
      : (value?.endColumn ?? text.length + 1)
  return { path, line, column, endColumn }
}

/** The same line of the project's code, where one file has it. */
function codeLine({ code, folder = '' }: SourceFiles, finding: Locatable): SourceLocation | undefined {
  const { member = '', line, column = 1, snippet, kind } = finding
  if (!code || line === undefined || snippet === undefined || !member.endsWith('.py')) return undefined
  const below = kind === 'sdist' ? member.slice(member.indexOf('/') + 1) : member
  if (clean(below) !== below) return undefined
  const paths = (kind === 'sdist' ? [''] : PACKAGE_ROOTS).map(root =>
    [folder, root + below].filter(one => one !== '').join('/'),
  )
  const found = paths.filter(path => linesOf(code(path) ?? '').text(line) === snippet)
  const [path, ...others] = found
  if (path === undefined || others.length > 0) return undefined
  return { path, line, column, endColumn: snippet.length + 1 }
}

const COPIED: readonly string[] = ['setup.cfg', 'setup.py', 'pyproject.toml']

/** The first key that exists: `[project]`, setup.cfg, other tables, Cargo.toml, setup.py, then the string in `dynamic`. */
export function writtenKey(
  folder: ProjectFolder,
  { member, field, value, mark, topic, kind }: Locatable,
): SourceLocation | undefined {
  const { pyproject, setupCfg, cargo } = folder
  // The backend's table says which files there are.
  if (field === 'files') return contentsTable(pyproject, kind)
  if (field === undefined) return topic === 'contents' || topic === 'sdist' ? contentsTable(pyproject, kind) : undefined
  if (member !== undefined && /(?:^|\/)pyproject\.toml$/.test(member)) {
    const path = parseKeyPath(field)
    const isKey = mark !== undefined && mark.replace(/^(["'])(.*)\1$/, '$2') === path.at(-1)
    return pyproject && (firstWritten(pyproject, enclosing(path), isKey) ?? firstPlace(pyproject))
  }
  if (member !== undefined && /(?:^|\/)setup\.cfg$/.test(member)) return setupCfg?.keyPlace(field)
  // An extra is a key, and what it requires its value.
  const isKey = field === 'Provides-Extra'
  return (
    (pyproject && firstWritten(pyproject, projectKeys(pyproject.document, field, value, mark), isKey)) ??
    setupCfg?.locate(field, value) ??
    (pyproject && firstWritten(pyproject, poetryKeys(pyproject.document, field, value), isKey)) ??
    (pyproject && firstWritten(pyproject, flitKeys(pyproject.document, field, value), isKey)) ??
    (cargo && firstWritten(cargo, cargoKeys(field))) ??
    folder.setupPy()?.locate(field, value) ??
    (pyproject && firstWritten(pyproject, dynamicKeys(pyproject.document, field)))
  )
}

const contentsTable = (pyproject: TomlFile | undefined, kind: Locatable['kind']) =>
  pyproject && firstWritten(pyproject, contentsTables(pyproject.document, kind))

/** The path, then what encloses it. */
function* enclosing(path: Key): Generator<Key> {
  for (let depth = path.length; depth > 0; depth--) yield path.slice(0, depth)
}

/** The part of a marked value that a finding is about, where the line shows it once. */
export function narrowed(
  source: SourceLocation,
  { value, mark }: Pick<Locatable, 'value' | 'mark'>,
  files: ReadonlyMap<string, string>,
): SourceLocation {
  const { path, line, column, endColumn } = source
  const text = files.get(path)
  if (column === undefined || endColumn === undefined || text === undefined) return source
  const whole: Span = { start: column - 1, text: (linesOf(text).text(line) ?? '').slice(column - 1, endColumn - 1) }
  // `[project]`: what is missing has no part.
  if (whole.text.startsWith('[')) return source
  const inside = value === undefined ? undefined : within(whole, value)
  const part = (mark === undefined ? undefined : within(inside ?? whole, mark)) ?? inside
  return part ? { ...source, column: part.start + 1, endColumn: part.start + part.text.length + 1 } : source
}

interface Span {
  readonly start: number
  readonly text: string
}

function within({ start, text }: Span, part: string): Span | undefined {
  const at = part === '' ? -1 : text.indexOf(part)
  return at < 0 || text.includes(part, at + 1) ? undefined : { start: start + at, text: part }
}
