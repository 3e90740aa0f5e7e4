import { type EntryPoint, type EntryPoints, entryPointOf } from '../distribution/entry-points.js'
import type { MetadataField } from '../distribution/metadata.js'
import type { Pyproject } from '../distribution/pyproject.js'
import type { Place } from '../finding.js'
import { attempt } from '../standards/error.js'
import { canonicalName } from '../standards/name.js'
import { parseRequirement } from '../standards/requirement.js'
import { type Key, keysAt, textAt } from './document.js'

/** What a file of the project declares of its core metadata, each value at its place. */
export interface Declared {
  readonly fields: readonly MetadataField[]
  readonly entries: readonly EntryPoint[]
  /** Lines of entry points that are none. */
  readonly problems?: EntryPoints['problems'] | undefined
  /** The file that the description is read from, relative to the project's folder. */
  readonly readme?: string | undefined
  /** A description that is written in the build file itself. */
  readonly description?: { readonly text: string; readonly line: number } | undefined
  /** Most of it is decided by a program that was not understood. */
  readonly isOpen?: boolean | undefined
  /** A line of the build script that no version of Python reads. */
  readonly brokenLine?: number | undefined
  /** May the build give a field that is not among these? */
  mayGive(field: string): boolean
}

/** Collects what one file declares. */
export interface Collector {
  readonly fields: readonly MetadataField[]
  readonly entries: readonly EntryPoint[]
  readonly problems: EntryPoints['problems']
  /** A field at the place of its value; `nameAt` is where its key is. */
  add(field: string, value: string, at: Place, nameAt?: Place, more?: Pick<MetadataField, 'extra' | 'hasOthers'>): void
  /** The keywords, where they are not all empty. */
  keywords(texts: readonly string[], at: Place): void
  /** An extra and its requirements, each at its place; `hasOthers` where some are left out. */
  extra(
    name: string,
    at: Place,
    requirements: readonly (readonly [text: string, at: Place])[],
    hasOthers?: boolean,
  ): void
  entry(group: string, name: readonly [text: string, at: Place], target: readonly [text: string, at: Place]): void
  /** A line that stands where an entry point belongs. */
  noEntry(text: string, at: Place): void
}

export function collect(member: string): Collector {
  const fields: MetadataField[] = []
  const entries: EntryPoint[] = []
  const problems: EntryPoints['problems'][number][] = []
  const add: Collector['add'] = (field, value, at, nameAt, more) => {
    fields.push({ ...fieldAt(field, value, at, member, nameAt), ...more })
  }
  return {
    fields,
    entries,
    problems,
    add,
    keywords(texts, at) {
      if (texts.join('') !== '') add('Keywords', texts.join(','), at, at)
    },
    extra(name, at, requirements, hasOthers = false) {
      const isRead = (text: string) => attempt(parseRequirement, text) !== undefined
      const isMore = hasOthers || requirements.some(([text]) => !isRead(text))
      add('Provides-Extra', name, at, at, isMore ? { hasOthers: true } : undefined)
      for (const [text, place] of requirements)
        add(
          'Requires-Dist',
          withExtra(text, name),
          { ...place, mark: place.mark ?? text },
          at,
          isRead(text) ? undefined : { extra: name },
        )
    },
    noEntry(text, at) {
      problems.push({ kind: 'no-delimiter', member, ...at, mark: text, field: 'entry-points', text })
    },
    entry(group, [name, at], [target, targetAt]) {
      // A key may have quotes.
      const text = (said: string, { line = 1, column = 1, mark }: Place) => ({
        line,
        column: column + Math.max(0, mark?.indexOf(said) ?? 0),
        text: said,
      })
      entries.push(entryPointOf(member, { section: group, name: text(name, at), values: [text(target, targetAt)] }))
    },
  }
}

/** A field at the place of the value that gives it. */
export function fieldAt(
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
    ...(nameAt && { nameAt: { member, ...nameAt, field, value } }),
  }
}

/** A requirement that applies with an extra; what is not a requirement stays as it is written. */
function withExtra(item: string, name: string): string {
  const extra = canonicalName(name)
  const requirement = attempt(parseRequirement, item)
  if (!requirement) return item
  if (!requirement.marker) return `${item.trimEnd()}${requirement.url === undefined ? '' : ' '}; extra == "${extra}"`
  const at = markerStart(item, item.lastIndexOf(';'))
  const marker = item.slice(at + 1).trim()
  return `${item.slice(0, at)}; ${/\bor\b/.test(marker) ? `(${marker})` : marker} and extra == "${extra}"`
}

/** The semicolon before the marker: strings in it may have one too. */
function markerStart(item: string, last: number): number {
  for (let at = item.indexOf(';'); at >= 0 && at < last; at = item.indexOf(';', at + 1))
    if (attempt(parseRequirement, `x${item.slice(at)}`)) return at
  return last
}

/** The content type that backends take from the name of a README. */
export function contentTypeOf(name: string): string | undefined {
  if (/\.md$/i.test(name)) return 'text/markdown'
  if (/\.rst$/i.test(name)) return 'text/x-rst'
  return /\.txt$/i.test(name) ? 'text/plain' : undefined
}

/** `Ada Moreau <ada@tidemark.dev>`, with the name in quotes where it has more than words. */
export const mailbox = (name: string, email: string): string =>
  `${/[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name} <${email}>`

/** The URLs of a table, by their labels. */
export function addUrls(found: Collector, document: Pyproject, table: Key): void {
  for (const label of keysAt(document, ...table)) {
    addUrl(found, document, label, [...table, label])
  }
}

/** The URL at a key, where there is one. */
export function addUrl(found: Collector, document: Pyproject, label: string, path: Key): void {
  const url = textAt(document, ...path)
  if (url !== undefined)
    found.add('Project-URL', `${label}, ${url}`, { ...document.place(...path), mark: url }, document.keyPlace(...path))
}
