import type { Metadata, MetadataField } from '../distribution/metadata.js'
import { oncePer } from '../once.js'
import { CORE_FIELDS, coreField } from '../standards/core-metadata.js'
import { parseAddressList } from '../standards/email.js'
import { attempt } from '../standards/error.js'
import { parseImportName } from '../standards/import-name.js'
import { parseLicenseExpression } from '../standards/license-expression.js'
import { canonicalName } from '../standards/name.js'
import { parseSpecifiers } from '../standards/specifier.js'
import { normalizeLabel } from '../standards/url-label.js'
import { splitLines } from '../text/lines.js'
import { isGiven } from '../views/as-uploaded.js'
import { licenseExpressionFor } from '../views/licenses.js'
import { labelled } from '../views/urls.js'
import type { Item } from './items.js'
import { samePythons } from './marker-worlds.js'
import { itemsOfExtra, type Line, linesByExtra, parsedLines, requirementItem, setKey } from './requirement-items.js'

/** Single-use fields that contain a comma-separated list. */
export const COMMA_LISTS: ReadonlySet<string> = new Set(['Keywords', 'Author-email', 'Maintainer-email'])
/** Single-use fields that are not compared between two files, because they are compared elsewhere or must differ. */
const NEVER = new Set(['Metadata-Version', 'Name', 'Version', 'Dynamic'])
/** Fields that a contract can bind. */
export const COMPARED_FIELDS: readonly string[] = CORE_FIELDS.map(({ name }) => name).filter(name => !NEVER.has(name))

/** Fields whose entries have an order that the specification keeps. */
const TABLES = new Set(['Project-URL', 'Provides-Extra'])
export const isOrdered = (field: string): boolean => !TABLES.has(field) && isList(field)
export const isList = (field: string): boolean => coreField(field)?.multiple === true || COMMA_LISTS.has(field)

/** A group of entries inside which order counts: Requires-Dist has one for each extra, other fields have one. */
export interface Group {
  readonly extra: string | undefined
  readonly items: readonly Item[]
}

/** What a file says in one field, as the standards compare it. */
export function groupsOf(metadata: Metadata, field: string): readonly Group[] {
  const lines = linesOf(metadata, field)
  if (field !== 'Requires-Dist') return [{ extra: undefined, items: lines.flatMap(line => itemsOf(field, line)) }]
  return [...requirementLines(metadata)].map(([extra, list]) => ({ extra, items: itemsOfExtra(list, extra, true) }))
}

/** Requires-Dist by extra. */
export const requirementLines = oncePer(
  (metadata: Metadata): ReadonlyMap<string, readonly Line[]> =>
    linesByExtra(parsedLines(linesOf(metadata, 'Requires-Dist').map(at => ({ text: at.value, at })))),
)

/** The entries of a field, without groups. */
export const coreItems = (metadata: Metadata, field: string): readonly Item[] =>
  linesOf(metadata, field).flatMap(line => itemsOf(field, line))

/** Its lines that are not empty; the description wherever it is. */
export function linesOf(metadata: Metadata, field: string): readonly MetadataField[] {
  if (field === 'Description') {
    const { description } = metadata
    if (!description || description.text.trim() === '' || description.text.trim() === 'UNKNOWN') return []
    return [
      {
        member: metadata.member,
        line: description.line,
        column: description.from === 'header' ? (metadata.first('Description')?.column ?? 1) : 1,
        field,
        writtenName: field,
        value: description.text,
        utf8: description.utf8,
        bad: undefined,
        known: true,
      },
    ]
  }
  if (field === 'Import-Name') return metadata.all(field)
  const lines = metadata.all(field).filter(isGiven)
  return isList(field) && !COMMA_LISTS.has(field) ? lines : lines.slice(0, 1)
}

function itemsOf(field: string, line: MetadataField): readonly Item[] {
  const text = line.value
  const at = line
  const one = (key: string, name = field): readonly Item[] => [{ key, text, at, name }]
  switch (field) {
    case 'Requires-Dist':
    case 'Provides-Dist':
    case 'Obsoletes-Dist':
      return [requirementItem(text, at)]
    case 'Requires-Python':
      return [pythonItem(text, at)]
    case 'Provides-Extra':
      return one(canonicalName(text.trim()), canonicalName(text.trim()))
    case 'License-Expression':
      return one(licenseKey(text))
    case 'Project-URL': {
      const { label, url } = labelled(text)
      return [urlItem(label, url, text, at)]
    }
    case 'Import-Name':
    case 'Import-Namespace':
      return one(importKey(text), importKey(text).replace(/;.*/, ''))
    case 'Keywords':
      return splitKeywords(text).map(key => ({ key, text: key, at, name: key }))
    case 'Author-email':
    case 'Maintainer-email':
      return mailboxes(text).map(({ key, shown, address }) => ({ key, text: shown, at, name: address }))
    case 'Description':
      return one(proseKey(text, false))
    case 'Description-Content-Type':
      return one(contentTypeKey(text))
    case 'License':
      return [licenseItem(text, at)]
    case 'Author':
    case 'Maintainer':
    case 'Summary':
      return one(proseKey(text, true))
    default:
      return one(text.trim(), coreField(field)?.multiple ? text.trim() : field)
  }
}

/** Label and URL; a label in different case is a different label, although tools treat them alike. */
export function urlItem(label: string, url: string, text: string, at: Item['at']): Item {
  const means = (other: Item) => other.key.slice(other.key.indexOf('\0') + 1) === url
  return { key: `${label}\0${url}`, text, at, name: normalizeLabel(label), means }
}

export function pythonItem(text: string, at: Item['at']): Item {
  const set = attempt(parseSpecifiers, text)
  const name = 'Requires-Python'
  if (!set) return { key: `? ${text.trim()}`, text, at, name }
  const means = (other: Item) => {
    const theirs = attempt(parseSpecifiers, other.text)
    return theirs !== undefined && samePythons(set, theirs)
  }
  return { key: setKey(set), text, at, name, means }
}

/** Words for a license; those known to be the same license are equal. */
export function licenseItem(text: string, at: Item['at']): Item {
  const expression = licenseExpressionFor(text)
  return {
    key: proseKey(text, true),
    text,
    at,
    name: 'License',
    means: other => expression !== undefined && licenseExpressionFor(other.text) === expression,
  }
}

/** Without the parameters that repeat the default. */
const contentTypeKey = (text: string): string =>
  text
    .toLowerCase()
    .split(';')
    .map(part => part.replace(/\s+|"/g, ''))
    .filter(part => part !== '' && part !== 'charset=utf-8' && part !== 'variant=gfm')
    .join(';')

export const licenseKey = (text: string): string => attempt(parseLicenseExpression, text)?.toString() ?? text.trim()

export function importKey(text: string): string {
  const parsed = attempt(parseImportName, text)
  return parsed ? `${parsed.name}${parsed.private ? ';private' : ''}` : text.trim()
}

/** Composed letters, without what writers of header lines add: carriage returns, trailing whitespace, and the indentation of continuation lines. */
export function proseKey(text: string, folded: boolean): string {
  const lines = splitLines(text).map(line => (folded ? line.trim().replace(/^\|/, '').trim() : line))
  let [start, end] = [0, lines.length]
  while (end > 0 && (lines[end - 1] ?? '').trim() === '') end--
  while (start < end && (lines[start] ?? '').trim() === '') start++
  return lines.slice(start, end).join('\n').normalize('NFC')
}

export const splitKeywords = (text: string): readonly string[] =>
  text
    .split(',')
    .map(word => word.trim().normalize('NFC'))
    .filter(word => word !== '')

/** The addresses of a list; text without any is one entry. */
export function mailboxes(text: string): readonly { key: string; shown: string; address: string; name: string }[] {
  return parseAddressList(text.replace(/\s+/g, ' ').normalize('NFC'))
    .filter(({ name, address }) => name !== '' || address !== '')
    .map(({ name, address }) => ({
      key: `${name}\0${address}`,
      shown: name === '' ? address : `${name} <${address}>`,
      address: address === '' ? name : address,
      name,
    }))
}
