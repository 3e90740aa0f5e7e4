import type { Place, SourceLocation } from '../finding.js'
import { canonicalName } from '../standards/name.js'
import { type IniText, isDivided, itemsOf, readIni } from '../text/ini.js'
import { splitLines } from '../text/lines.js'
import { splits } from './project-table.js'
import { findRequirement, splitExtra, withoutComment } from './requirement.js'

interface Option {
  readonly section: string
  readonly key: string
  /** Value lines without spaces around; the first may be on the key's own line. Blank and comment lines are left out. */
  readonly lines: readonly IniText[]
  readonly at: IniText
}

/** Keys of `[metadata]` and `[options]`, by core metadata field; `-` and `_` are one. */
export const SETUPTOOLS_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Name: ['metadata.name'],
    Version: ['metadata.version'],
    Summary: ['metadata.description', 'metadata.summary'],
    Description: ['metadata.long_description', 'metadata.description_file'],
    'Description-Content-Type': ['metadata.long_description_content_type', 'metadata.long_description'],
    Keywords: ['metadata.keywords'],
    Classifier: ['metadata.classifiers', 'metadata.classifier'],
    Author: ['metadata.author'],
    'Author-email': ['metadata.author_email'],
    Maintainer: ['metadata.maintainer'],
    'Maintainer-email': ['metadata.maintainer_email'],
    License: ['metadata.license'],
    'License-Expression': ['metadata.license_expression', 'metadata.license'],
    'License-File': ['metadata.license_files', 'metadata.license_file'],
    'Home-page': ['metadata.url', 'metadata.home_page'],
    'Download-URL': ['metadata.download_url'],
    'Project-URL': ['metadata.project_urls'],
    'Requires-Python': ['options.python_requires'],
    'Requires-Dist': ['options.install_requires'],
    'entry-points': ['options.entry_points'],
  }),
)

/** Fields that setup.cfg states as the metadata has them, and those with a line for each of several. */
const LISTED: ReadonlySet<string> = new Set(['Classifier', 'Requires-Dist'])
const STATED: ReadonlySet<string> = new Set([
  ...LISTED,
  'Name',
  'Version',
  'Summary',
  'Description',
  'Description-Content-Type',
  'Keywords',
  'Author',
  'Author-email',
  'Maintainer',
  'Maintainer-email',
  'License',
  'License-Expression',
  'Home-page',
  'Download-URL',
  'Project-URL',
  'Requires-Python',
])

const OTHERS_KEY: ReadonlySet<string> = new Set([
  'Description metadata.description_file',
  'Description-Content-Type metadata.long_description',
  'License-Expression metadata.license',
])

/** A core metadata field that a line states. */
interface CfgField {
  readonly field: string
  readonly value: string
  readonly at: IniText
  /** Where its key is. */
  readonly name: Place
}

/** setup.cfg as ConfigParser reads it, as far as places are concerned. */
export interface SetupCfg {
  readonly path: string
  readonly text: string
  readonly name: string | undefined
  /** What it states as it stands: nothing that is read from a file or a module. */
  fields(): readonly CfgField[]
  /** The options of a section, each with the lines of its value. */
  section(name: string): readonly { readonly key: IniText; readonly lines: readonly IniText[] }[]
  /** Lines of an option, by `section.key`. */
  list(id: string): readonly IniText[]
  locate(field: string, value: string | undefined): SourceLocation | undefined
  /** A key as it is written, behind its section and a dot; else the first header. */
  keyPlace(written: string): SourceLocation | undefined
  /** The header of the section where a key for the field belongs: its own, else `[metadata]`. */
  lacking(field: string): SourceLocation | undefined
  /** Files that the description is read from, and those that pbr and old tools read it from. */
  readonly readmes: readonly string[]
  /** Files that setuptools reads the description from. */
  readonly described: readonly string[]
  /** The names of all sections. */
  readonly sections: readonly string[]
  /** The first header. */
  readonly first: SourceLocation | undefined
}

export function parseSetupCfg(path: string, text: string): SetupCfg {
  const { headers, options } = readOptions(text)
  const find = (id: string) => options.find(({ section, key }) => `${section}.${key}` === id)
  const extras = options.filter(({ section }) => section === 'options.extras_require')
  const locationOf = ({ line, column, text: marked }: IniText): SourceLocation => ({
    path,
    line,
    column,
    endColumn: column + Math.max(1, marked.length),
  })
  const whole = (option: Option) => locationOf(option.lines.length === 1 ? (option.lines[0] ?? option.at) : option.at)

  function locate(field: string, value: string | undefined): SourceLocation | undefined {
    if (field === 'Provides-Extra') {
      const extra = extras.find(({ key }) => canonicalName(key) === canonicalName(value ?? ''))
      return extra && locationOf(extra.at)
    }
    if (field === 'Requires-Dist' && value !== undefined) {
      const wanted = splitExtra(value)
      const lists =
        wanted.extra === undefined
          ? [find('options.install_requires')]
          : extras.filter(({ key }) => canonicalName(key) === wanted.extra)
      for (const list of lists) {
        const line =
          list?.lines[
            findRequirement(
              list.lines.map(item => item.text),
              wanted,
            )
          ]
        if (line) return locationOf(line)
      }
      const [first] = lists
      return first && whole(first)
    }
    if (field === 'entry-points' && value !== undefined) {
      const group = options.find(({ section, at }) => section === 'options.entry_points' && at.text === value)
      if (group) return locationOf(group.at)
      for (const [group, name] of splits(value)) {
        const list = options.find(({ section, at }) => section === 'options.entry_points' && at.text === group)
        const line = list?.lines.find(({ text }) => text.split('=', 1)[0]?.trim() === name)
        if (line) return locationOf(line)
      }
    }
    const option = (SETUPTOOLS_KEYS.get(field) ?? []).map(find).find(found => found !== undefined)
    if (!option) return undefined
    const item = value === undefined ? undefined : itemOf(option, field, value)
    return item ? locationOf(item) : whole(option)
  }
  const headerOf = (section: string) => headers.find(header => header.section === section)?.at
  const fields = (): readonly CfgField[] =>
    [...SETUPTOOLS_KEYS].flatMap(([field, keys]) => {
      // The second key of some fields is another one's, which stands for it where a place is looked for.
      const option = STATED.has(field)
        ? keys
            .filter(key => !OTHERS_KEY.has(`${field} ${key}`))
            .map(find)
            .find(found => found !== undefined)
        : undefined
      const lines = option?.lines ?? []
      const [first] = lines
      if (!option || !first || /^(?:file|attr|find)\s*:/.test(first.text)) return []
      const name: Place = { member: path, line: option.at.line, column: option.at.column, mark: option.at.text }
      if (LISTED.has(field)) return lines.map(at => ({ field, value: at.text, at, name }))
      if (field === 'Keywords' && lines.length > 1)
        return [{ field, value: lines.map(at => at.text).join(','), at: option.at, name }]
      if (field === 'Description' || field === 'Summary')
        return [{ field, value: lines.map(({ text }) => text).join('\n'), at: first, name }]
      if (field !== 'Project-URL') return lines.length === 1 ? [{ field, value: first.text, at: first, name }] : []
      return (lines.length === 1 && first.line === option.at.line ? parts(first) : lines).map(at => {
        const equals = at.text.indexOf('=')
        // setuptools stops at a line without `=`.
        if (equals < 0) return { field, value: at.text, at, name }
        const [label, address] = [at.text.slice(0, equals).trimEnd(), at.text.slice(equals + 1).trim()]
        const column = at.column + (address === '' ? equals : at.text.lastIndexOf(address))
        return {
          field,
          value: `${label}, ${address}`,
          at: { text: address, line: at.line, column },
          name: { member: path, line: at.line, column: at.column, mark: label },
        }
      })
    })
  return {
    path,
    fields,
    section: name => options.flatMap(({ section, at, lines }) => (section === name ? [{ key: at, lines }] : [])),
    list: id => find(id)?.lines ?? [],
    text,
    name: find('metadata.name')?.lines[0]?.text,
    locate,
    keyPlace(written) {
      const option = options.find(({ section, at }) => `${section}.${at.text}` === written)
      return option ? locationOf(option.at) : headers[0] && locationOf(headers[0].at)
    },
    lacking(field) {
      const [key] = SETUPTOOLS_KEYS.get(field) ?? []
      const own = field === 'Provides-Extra' ? ['options.extras_require', 'options'] : (key?.split('.', 1) ?? [])
      const at = [...own, 'metadata'].map(headerOf).find(header => header !== undefined)
      return at && locationOf(at)
    },
    readmes: [...filesOf(find('metadata.long_description')), ...namesOf(find('metadata.description_file'))],
    described: filesOf(find('metadata.long_description')),
    sections: headers.map(({ section }) => section),
    first: headers[0] && locationOf(headers[0].at),
  }
}

/** What one line has between commas. */
function parts({ text, line, column }: IniText): readonly IniText[] {
  let start = 0
  return text.split(',').flatMap(part => {
    const at = { text: part.trim(), line, column: column + start + (part.length - part.trimStart().length) }
    start += part.length + 1
    return at.text === '' ? [] : [at]
  })
}

/** `file: README.rst, CHANGES.rst`, on one line or several. */
function filesOf(option: Option | undefined): readonly string[] {
  const text = option?.lines.map(line => line.text).join(',') ?? ''
  return text.startsWith('file:') ? split(text.slice('file:'.length)) : []
}

/** The key of pbr and others that takes names alone. */
const namesOf = (option: Option | undefined): readonly string[] =>
  option?.lines.flatMap(({ text }) => split(text)) ?? []

const split = (names: string): readonly string[] =>
  names
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')

/** The line of a list that gave the value. */
function itemOf({ lines }: Option, field: string, value: string): IniText | undefined {
  if (field === 'Project-URL') {
    const label = value.split(',', 1)[0]?.trim()
    return lines.find(({ text }) => text.split('=', 1)[0]?.trim() === label)
  }
  if (field === 'entry-points') {
    for (const [group, name] of splits(value)) {
      const start = lines.findIndex(({ text }) => text.split('=', 1)[0]?.trim() === group)
      const found = lines.slice(start + 1).find(({ text }) => text.split('=', 1)[0]?.trim() === name)
      if (start >= 0 && found) return found
    }
    return undefined
  }
  return lines.find(({ text }) => text === value.trim())
}

/** Sections and options; names of extras keep their spelling, in the others `-` is `_`. */
function readOptions(text: string) {
  const { sections, options } = readIni(splitLines(text), '=:')
  return {
    headers: sections.map(({ line, column, text: section }) => ({
      section: section.trim(),
      at: { line, column: column - 1, text: `[${section}]` },
    })),
    options: options.map(({ section: written, name, values }): Option => {
      const section = written.trim()
      const key = section === 'options.extras_require' ? name.text : name.text.toLowerCase().replaceAll('-', '_')
      const items = isDivided(section, name.text) ? itemsOf(values).map(withoutComment) : values
      return { section, key, lines: items.filter(({ text }) => text !== ''), at: name }
    }),
  }
}
