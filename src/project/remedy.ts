import { isTable, keyText, type TomlTable, type TomlValue } from '../distribution/pyproject.js'
import type { Change, Edit, Remedy } from '../finding.js'
import { canonicalName } from '../standards/name.js'
import { edited, inOrder, regionsOf, type TextEdit } from '../text/edit.js'
import type { IniOption, IniText } from '../text/ini.js'
import { tomlString } from '../text/toml-edit.js'
import type { TomlPath } from '../text/toml-places.js'
import { itemsAt, keysAt, type TomlFile, textAt, tomlFile } from './document.js'
import {
  type EditedFile,
  type EditedFolder,
  type EditedIni,
  type EditedToml,
  type FileEdit,
  iniEdit,
  optionId,
} from './edited.js'
import { parseKeyPath } from './key-path.js'
import { licenseEdits } from './license-edits.js'
import { flitKeys, poetryKeys } from './other-tables.js'
import { projectKeys } from './project-table.js'
import { findRequirement, sortedClauses, splitExtra } from './requirement.js'
import { SETUPTOOLS_KEYS } from './setup-cfg.js'

/**
 * The edits that a remedy comes to in the project's files as they are now; undefined where they do not say what it is about, or
 * say it in a form that cannot be changed without doubt.
 */
export function fileEdits(folder: EditedFolder, { changes }: Remedy): readonly FileEdit[] | undefined {
  const edits: FileEdit[] = []
  for (const change of changes) {
    const made = editsFor(folder, change)
    if (!made || made.length === 0) return undefined
    edits.push(...made.filter(({ file, start, end, text }) => file.text.slice(start, end) !== text))
  }
  return edits.length > 0 &&
    byFile(edits).every(({ file, edits: own }) => inOrder(own) !== undefined && isWhole(folder, file, own))
    ? edits
    : undefined
}

/** Edits with their lines, for reports. */
export function withRegions(
  edits: readonly FileEdit[],
  safe: boolean,
  hasMark: (path: string) => boolean,
): readonly Edit[] {
  return byFile(edits).flatMap(({ file, edits: own }) => {
    const regions = regionsOf(file.text, own)
    return own.map(({ key, text }, index): Edit => {
      const { line, column, endLine, endColumn } = regions[index]!
      const mark = hasMark(file.path) ? 1 : 0
      return {
        path: file.path,
        key,
        line,
        column: column + (line === 1 ? mark : 0),
        endLine,
        endColumn: endColumn + (endLine === 1 ? mark : 0),
        replacement: text,
        safe,
      }
    })
  })
}

/** Edits of one file each, in the order of their first. */
export function byFile(edits: readonly FileEdit[]) {
  const files = new Map<EditedFile, FileEdit[]>()
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit])
  return Array.from(files, ([file, own]) => ({ file, edits: own }))
}

/** Does the file still read well, with all other keys as they were? */
function isWhole({ pyproject }: EditedFolder, file: EditedFile, edits: readonly FileEdit[]): boolean {
  if (file !== pyproject) return true
  const before = pyproject.toml.document.data
  const after = tomlFile(file.path, edited(file.text, inOrder(edits) ?? [])).document.data
  if (!before || !after) return false
  const touched = edits
    .flatMap(({ key, newKey }) => (newKey === undefined ? [key] : [key, newKey]))
    .map(key => {
      const path = parseKeyPath(key)
      return path.slice(0, path[0] === 'dependency-groups' ? 1 : 2).join('\0')
    })
  return sameBut(before, after, new Set(touched))
}

/** Are two documents equal but for some keys of their tables? */
function sameBut(before: TomlTable, after: TomlTable, touched: ReadonlySet<string>): boolean {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].every(name => {
    const [one, other] = [before[name], after[name]]
    if (!isTable(one) || !isTable(other)) return touched.has(name) || textOf(one) === textOf(other)
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
      key => touched.has(name) || touched.has(`${name}\0${key}`) || textOf(one[key]) === textOf(other[key]),
    )
  })
}

const textOf = (value: TomlValue | undefined) =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one))

function editsFor(folder: EditedFolder, change: Change): readonly FileEdit[] | undefined {
  switch (change.kind) {
    case 'replace':
      return replaced(folder, change)
    case 'set':
      return folder.pyproject && valueSet(folder.pyproject, change)
    case 'requirement':
      return requirementChanged(folder, change)
    case 'remove':
    case 'once':
      return removed(folder, change)
    case 'rename':
      return renamed(folder, change)
    case 'key':
      return folder.pyproject && keyRenamed(folder.pyproject, change)
    case 'add':
      return folder.pyproject && keyAdded(folder.pyproject, change)
    case 'license':
      return licenseEdits(folder, change)
  }
}

const LISTS: ReadonlySet<string> = new Set(['Classifier', 'Keywords'])

const isKeyPath = (field: string) => /^[a-z]/.test(field)

/** A value as it is written, and what replaces it. */
interface Written {
  readonly text: string
  by(text: string): FileEdit | undefined
}

function replaced(folder: EditedFolder, { field, value, by }: Extract<Change, { kind: 'replace' }>) {
  // An item that would be there twice is not needed.
  if (LISTS.has(field) && [...writtenValues(folder, field, by)].some(({ text }) => text.trim() === by))
    return removed(folder, { kind: 'remove', field, value })
  for (const written of writtenValues(folder, field, value)) {
    if (!isSame(field, written.text, value)) continue
    const edit = by === written.text ? undefined : written.by(by)
    return edit && [edit]
  }
  return undefined
}

function valueSet(file: EditedToml, { key, was, value }: Extract<Change, { kind: 'set' }>) {
  const path = parseKeyPath(key)
  if (textOf(file.toml.document.get(...path)) !== was) return undefined
  // What is there stays as it is written.
  const before = typeof value === 'object' ? (JSON.parse(was) as unknown) : undefined
  if (
    Array.isArray(before) &&
    typeof value === 'object' &&
    before.length > 0 &&
    before.every((one, i) => one === value[i])
  ) {
    const added = value.slice(before.length).map(one => tomlString(one))
    const edits = added.length === 0 ? undefined : file.editor.withItems(path, before.length, added)
    const made = edits?.map(one => tomlEdit(file, path, one))
    if (made?.every(one => one !== undefined)) return made
  }
  const items = typeof value === 'object' ? value.map(item => tomlString(item)).join(', ') : tomlValue(value)
  const isList = typeof value === 'object' && typeof path.at(-1) === 'string'
  const edit = tomlEdit(file, path, file.editor.value(path, isList ? `[${items}]` : items))
  return edit && [edit]
}

/** Only where one edit renames all of it: a table may have several headers. */
function keyRenamed(file: EditedToml, { key, by }: Extract<Change, { kind: 'key' }>) {
  const path = parseKeyPath(key)
  const { document } = file.toml
  const was = document.get(...path)
  const newPath = [...path.slice(0, -1), ...by]
  if (was === undefined || document.get(...newPath) !== undefined) return undefined
  const edit = tomlEdit(file, path, file.editor.key(path, ...by))
  if (!edit) return undefined
  const after = tomlFile(file.path, edited(file.text, [edit])).document
  const isMoved = textOf(after.get(...newPath)) === textOf(was) && after.get(...path) === undefined
  return isMoved ? [{ ...edit, newKey: keyText(newPath) }] : undefined
}

function keyAdded(file: EditedToml, { table, key, value }: Extract<Change, { kind: 'add' }>) {
  const path = parseKeyPath(table)
  if (file.toml.document.get(...path, key) !== undefined) return undefined
  const last = keysAt(file.toml.document, ...path).at(-1)
  const lines = [`${key} = ${tomlString(value)}`]
  // Behind the keys of the table; below its header where the last one has no line of its own.
  const edit = (last !== undefined && file.editor.below([...path, last], lines)) || file.editor.belowHeader(path, lines)
  const made = tomlEdit(file, [...path, key], edit)
  return made && [made]
}

const tomlValue = (value: string | boolean) => (typeof value === 'string' ? tomlString(value) : String(value))

function requirementChanged(folder: EditedFolder, change: Extract<Change, { kind: 'requirement' }>) {
  for (const written of writtenValues(folder, 'Requires-Dist', change.value)) {
    const text = inRequirement(written.text, change)
    const edit = text === written.text ? undefined : written.by(text)
    return edit && [edit]
  }
  return undefined
}

/** A requirement with another word in its extras or its marker. */
export function inRequirement(
  written: string,
  { where, part, by }: Pick<Extract<Change, { kind: 'requirement' }>, 'where' | 'part' | 'by'>,
): string {
  const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const found = new RegExp(`(?<![\\w.-])${escaped}(?![\\w.-])`, 'g')
  const [start, end] = rangeOf(written, where)
  return written.slice(0, start) + written.slice(start, end).replace(found, () => by) + written.slice(end)
}

/** Where the extras or the marker of a requirement stand; nowhere when it has none. */
function rangeOf(text: string, where: 'extras' | 'marker'): readonly [number, number] {
  const semicolon = text.lastIndexOf(';')
  if (where === 'marker') return semicolon < 0 ? [0, 0] : [semicolon, text.length]
  const [all = '', before = ''] = /^(\s*[A-Za-z0-9._-]+\s*)\[[^\]]*\]/.exec(text) ?? []
  return [before.length, all.length]
}

const squeeze = (text: string) => text.replace(/\s+/g, '')

/** Backends change spaces, and the order of specifiers. */
function isSame(field: string, written: string, value: string): boolean {
  if (written.trim() === value.trim()) return true
  if (field === 'Requires-Python' || field.endsWith('requires-python'))
    return sortedClauses(written) === sortedClauses(value)
  // Tables of URLs have the address alone.
  if (field === 'Project-URL') return written.trim() === value.slice(value.indexOf(',') + 1).trim()
  return field === 'Requires-Dist' && squeeze(written) === squeeze(splitExtra(value).text)
}

function* writtenValues({ pyproject, setupCfg }: EditedFolder, field: string, value: string): Generator<Written> {
  if (pyproject)
    for (const path of stringPaths(pyproject.toml, field, value)) {
      const text = textAt(pyproject.toml.document, ...path)
      if (text !== undefined) yield { text, by: by => tomlEdit(pyproject, path, pyproject.editor.string(path, by)) }
    }
  if (!setupCfg || isKeyPath(field)) return
  for (const option of cfgOptions(setupCfg, field))
    for (const line of field === 'Requires-Dist' ? wantedLine(option, value) : option.values)
      yield { text: line.text, by: by => iniEdit(setupCfg, option, setupCfg.ini.text(line, by)) }
}

function* stringPaths({ document }: TomlFile, field: string, value: string): Generator<TomlPath> {
  if (isKeyPath(field)) yield parseKeyPath(field)
  else {
    yield* projectKeys(document, field, value)
    // The tables of Poetry's dependencies have versions, not requirements.
    if (field !== 'Requires-Dist') yield* poetryKeys(document, field, value)
    yield* flitKeys(document, field, value)
  }
}

const tomlEdit = (file: EditedToml, path: TomlPath, edit: TextEdit | undefined): FileEdit | undefined =>
  edit && { ...edit, file, key: keyText(path) }

/** The options of setup.cfg that give a field. */
function cfgOptions({ ini }: EditedIni, field: string): readonly IniOption[] {
  const ids = SETUPTOOLS_KEYS.get(field) ?? []
  const found = ini.options.filter(option => ids.includes(optionId(option)))
  return field === 'Requires-Dist'
    ? [...found, ...ini.options.filter(({ section }) => section.trim() === EXTRAS)]
    : found
}

const EXTRAS = 'options.extras_require'

/** The line of a list of requirements that gave the value. */
function wantedLine(option: IniOption, value: string): readonly IniText[] {
  const wanted = splitExtra(value)
  const isExtras = option.section.trim() === EXTRAS
  if (isExtras ? canonicalName(option.name.text) !== wanted.extra : wanted.extra !== undefined) return []
  const texts = option.values.map(({ text }) => text)
  const line = option.values[findRequirement(texts, wanted)]
  return line ? [line] : []
}

/** Lists whose items are one line each, in setup.cfg, or strings. */
function removed(folder: EditedFolder, change: Extract<Change, { kind: 'remove' | 'once' }>) {
  const { pyproject, setupCfg } = folder
  const { field, value, kind } = change
  const wanted = value.trim()
  const chosen = (texts: readonly unknown[]) => {
    const equal = texts.flatMap((text, index) => (typeof text === 'string' && text.trim() === wanted ? [index] : []))
    return new Set(kind === 'once' ? equal.slice(1) : equal)
  }
  if (pyproject) {
    const list = field === 'Keywords' ? 'keywords' : 'classifiers'
    for (const table of [['project'], ['tool', 'poetry'], ['tool', 'flit', 'metadata']]) {
      const path = isKeyPath(field) ? parseKeyPath(field) : [...table, list]
      const items = itemsAt(pyproject.toml.document, ...path)
      const indexes = chosen(items)
      if (indexes.size === 0) continue
      const edits = pyproject.editor.withoutItems(path, indexes, items.length)
      return edits?.map((edit): FileEdit => ({ ...edit, file: pyproject, key: keyText(path) }))
    }
  }
  if (!setupCfg || isKeyPath(field)) return undefined
  for (const option of cfgOptions(setupCfg, field)) {
    const lines = option.values.filter(({ text }) => text !== '')
    const [only] = lines
    if (only && lines.length === 1 && field === 'Keywords') {
      const words = only.text.split(',')
      const gone = chosen(words)
      if (gone.size === 0) continue
      const kept = words.filter((_, index) => !gone.has(index))
      return [iniEdit(setupCfg, option, setupCfg.ini.text(only, kept.join(',').trim()))]
    }
    const gone = [...chosen(lines.map(({ text }) => text))]
    if (gone.length > 0) return gone.map(index => iniEdit(setupCfg, option, setupCfg.ini.without(lines[index]!)))
  }
  return undefined
}

function renamed(folder: EditedFolder, change: Extract<Change, { kind: 'rename' }>): readonly FileEdit[] | undefined {
  const { pyproject, setupCfg } = folder
  const { what, name, by } = change
  if (what === 'setup.cfg') {
    const options = setupCfg?.ini.options ?? []
    const found = options.filter(option => `${option.section.trim()}.${option.name.text}` === name)
    const [section = '', key = ''] = by.split(/\.(?=[^.]*$)/)
    const taken = options.some(option => option.section.trim() === section && option.name.text === key)
    return !setupCfg || taken ? undefined : found.map(one => iniEdit(setupCfg, one, setupCfg.ini.text(one.name, key)))
  }
  if (pyproject) {
    const { document } = pyproject.toml
    const tables: Readonly<Record<typeof what, readonly TomlPath[]>> = {
      extra: [
        ['project', 'optional-dependencies'],
        ['tool', 'flit', 'metadata', 'requires-extra'],
      ],
      url: [
        ['project', 'urls'],
        ['tool', 'flit', 'metadata', 'urls'],
        ['tool', 'poetry', 'urls'],
      ],
      group: [['dependency-groups']],
    }
    for (const table of tables[what]) {
      const keys = keysAt(document, ...table)
      if (!keys.includes(name) || keys.includes(by)) continue
      const path = [...table, name]
      const key = tomlEdit(pyproject, path, pyproject.editor.key(path, by))
      return key && [key, ...uses(folder, pyproject, change)]
    }
  }
  if (!setupCfg || what !== 'extra') return undefined
  const extras = setupCfg.ini.options.filter(({ section }) => section.trim() === EXTRAS)
  const found = extras.find(option => option.name.text === name)
  if (!found || extras.some(option => option.name.text === by)) return undefined
  return [iniEdit(setupCfg, found, setupCfg.ini.text(found.name, by)), ...usesInCfg(folder, setupCfg, name, by)]
}

/** Where else in the file an extra or a group is named. */
function uses(
  { names }: EditedFolder,
  file: EditedToml,
  { what, name, by }: Extract<Change, { kind: 'rename' }>,
): readonly FileEdit[] {
  const { document } = file.toml
  const edits: (FileEdit | undefined)[] = []
  if (what === 'url') return []
  const lists: TomlPath[] = [
    ['project', 'dependencies'],
    ...keysAt(document, 'project', 'optional-dependencies').map(key => ['project', 'optional-dependencies', key]),
    ...keysAt(document, 'dependency-groups').map(key => ['dependency-groups', key]),
  ]
  for (const list of lists)
    for (const [index, item] of itemsAt(document, ...list).entries()) {
      const path = [...list, index]
      const text =
        typeof item === 'string' && what === 'extra' ? withExtra(item, { name, by, projects: names }) : undefined
      if (text !== undefined) edits.push(tomlEdit(file, path, file.editor.string(path, text)))
      if (what === 'group' && isTable(item) && item['include-group'] === name)
        edits.push(tomlEdit(file, [...path, 'include-group'], file.editor.string([...path, 'include-group'], by)))
    }
  return edits.filter(edit => edit !== undefined)
}

function usesInCfg({ names }: EditedFolder, file: EditedIni, name: string, by: string): readonly FileEdit[] {
  return file.ini.options
    .filter(option => option.section.trim() === EXTRAS || optionId(option) === 'options.install_requires')
    .flatMap(option =>
      option.values.flatMap(line => {
        const text = withExtra(line.text, { name, by, projects: names })
        return text === undefined ? [] : [iniEdit(file, option, file.ini.text(line, text))]
      }),
    )
}

/** A requirement of the project on itself, with another name for an extra of it; undefined for all others. */
function withExtra(
  text: string,
  { name, by, projects }: { readonly name: string; readonly by: string; readonly projects: readonly string[] },
): string | undefined {
  const [, before = '', project = '', open = '', extras = '', after = ''] =
    /^(\s*)([A-Za-z0-9._-]+)(\s*\[)([^\]]*)(\].*)$/s.exec(text) ?? []
  if (project === '' || !projects.includes(canonicalName(project))) return undefined
  const renamedExtras = extras.split(',').map(extra => (extra.trim() === name ? extra.replace(name, () => by) : extra))
  const result = renamedExtras.join(',')
  return result === extras ? undefined : `${before}${project}${open}${result}${after}`
}
