// What Python's parsers say, computed from our facts: packaging.metadata.parse_email, csv, email, configparser, tomllib.

import { isDeepStrictEqual } from 'node:util'
import { parseEntryPoints } from '../../src/distribution/entry-points.js'
import { type MetadataField, parseMetadata } from '../../src/distribution/metadata.js'
import { parsePyproject, type TomlValue } from '../../src/distribution/pyproject.js'
import { parseRecord } from '../../src/distribution/record.js'
import { parseWheelFile } from '../../src/distribution/wheel-file.js'
import { coreField } from '../../src/standards/core-metadata.js'
import type { Kept } from '../../src/text/file.js'
import { strip } from '../../src/text/python.js'

export interface Sample {
  readonly archive: string
  readonly member: string
  readonly kind: 'metadata' | 'record' | 'wheel' | 'entry-points' | 'pyproject'
  readonly base64: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever the Python side printed
  readonly expected: any
}

export function keptOf(text: string | Uint8Array, member = 'm'): Kept {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return { member, bytes, size: bytes.length, cut: false }
}

/** Undefined when both sides agree. */
export function differs({ kind, base64, expected }: Sample): string | undefined {
  const kept = keptOf(new Uint8Array(Buffer.from(base64, 'base64')))
  if (kind === 'metadata') {
    // A description that is not text is printed as Python bytes; which bytes they are does not matter here.
    const { raw, unparsed } = expected
    return unequal(asParseEmail(kept), { raw, unparsed: withoutBodyBytes(unparsed) })
  }
  if (kind === 'record') return unequal(asCsv(kept, expected), expected)
  if (kind === 'wheel')
    return unequal(
      parseWheelFile(kept).fields.map(({ field, value }) => [field, value]),
      expected.items,
    )
  if (kind === 'entry-points') return unequal(asConfigParser(kept), expected)
  const parsed = parsePyproject(kept)
  if (expected.error !== undefined || parsed.error)
    return Boolean(expected.error) === Boolean(parsed.error)
      ? undefined
      : `${parsed.error?.message} / ${expected.error}`
  return unequal(plain(parsed.data ?? {}), pythonDates(expected.data)) ?? misplaced(kept)
}

function unequal(ours: unknown, theirs: unknown): string | undefined {
  if (isDeepStrictEqual(ours, theirs)) return undefined
  return `ours ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`
}

type Values = Record<string, string | readonly string[] | Record<string, string>>

function asParseEmail(kept: Kept) {
  const { fields, body, description, problems } = parseMetadata(kept)
  const raw: Values = {}
  const unparsed: Record<string, string[]> = {}
  const groups = new Map<string, MetadataField[]>()
  for (const field of fields) {
    const name = field.writtenName.toLowerCase()
    groups.set(name, [...(groups.get(name) ?? []), field])
  }
  for (const [name, group] of groups) {
    const row = coreField(name)
    const values = group.map(field => field.value)
    const value = row && group.every(field => field.utf8) ? rawValue(row.name, row.multiple, values) : undefined
    if (row && value !== undefined) raw[rawName(row.name)] = value
    else unparsed[name] = values
  }
  const isText =
    !problems.some(problem => problem.kind === 'body-not-utf8') && (body.text === '' || description?.from === 'body')
  if (!isText) unparsed.description = unparsed.description ?? []
  else if (body.text !== '') {
    if (typeof raw.description === 'string') {
      unparsed.description = [raw.description, body.text]
      delete raw.description
    } else if (unparsed.description) unparsed.description.push(body.text)
    else raw.description = body.text
  }
  return { raw, unparsed }
}

const PLURALS: Readonly<Record<string, string>> = {
  classifier: 'classifiers',
  platform: 'platforms',
  'supported-platform': 'supported_platforms',
  'project-url': 'project_urls',
  'license-file': 'license_files',
  'import-name': 'import_names',
  'import-namespace': 'import_namespaces',
  'home-page': 'home_page',
  'download-url': 'download_url',
}
const rawName = (name: string) => PLURALS[name.toLowerCase()] ?? name.toLowerCase().replaceAll('-', '_')

function rawValue(name: string, multiple: boolean, values: readonly string[]): Values[string] | undefined {
  const [only = ''] = values
  if (name === 'Keywords') return values.length === 1 ? only.split(',').map(strip) : undefined
  if (name === 'Project-URL') return projectUrls(values)
  if (name === 'Import-Name' && values.length === 1 && only === '') return []
  if (multiple) return values
  return values.length === 1 ? only : undefined
}

function projectUrls(values: readonly string[]): Record<string, string> | undefined {
  const urls: Record<string, string> = {}
  for (const value of values) {
    const comma = value.indexOf(',')
    const label = strip(comma < 0 ? value : value.slice(0, comma))
    if (Object.hasOwn(urls, label)) return undefined
    urls[label] = comma < 0 ? '' : strip(value.slice(comma + 1))
  }
  return urls
}

function withoutBodyBytes(unparsed: Record<string, readonly unknown[]>) {
  const entries = Object.entries(unparsed).map(([name, values]) => [
    name,
    values.filter(value => typeof value === 'string' && !/^b['"]/.test(value)),
  ])
  return Object.fromEntries(entries)
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the Python side printed
function asCsv(kept: Kept, expected: any): unknown {
  const record = parseRecord(kept)
  if (!record.utf8) return { utf8: false }
  if (record.problems.some(problem => problem.kind === 'field-too-long')) return { error: expected.error ?? 'expected' }
  // Blank lines are no rows here, and a row keeps three columns.
  expected.rows = expected.rows
    ?.filter((row: string[]) => row.length > 0)
    .map((row: string[]) => [...row.slice(0, 3), row.length])
  return { rows: record.rows.map(row => [...[row.value, row.hash, row.size].slice(0, row.columns), row.columns]) }
}

function asConfigParser(kept: Kept): unknown {
  const { groups, entries, problems } = parseEntryPoints(kept)
  const kinds = new Set(problems.map(problem => problem.kind))
  if (kinds.has('not-utf8')) return { utf8: false }
  const fatal = problems.find(
    problem => !['no-delimiter', 'not-utf8'].includes(problem.kind) && !isBadOption(problem, groups),
  )
  if (fatal) return { error: errorName(fatal.kind) }
  if (problems.length > 0) return { error: 'ParsingError' }
  const sections: Record<string, Record<string, string>> = {}
  for (const { name } of groups) if (name !== 'DEFAULT') sections[name] = {}
  for (const { group, name, target } of entries) sections[group] = { ...sections[group], [name]: target }
  return { sections }
}

/** A bad header after a good one is an option without delimiter for ConfigParser. */
function isBadOption(
  problem: { kind: string; line?: number | undefined },
  groups: readonly { line?: number | undefined }[],
) {
  return problem.kind === 'bad-section-header' && (groups[0]?.line ?? Number.POSITIVE_INFINITY) < (problem.line ?? 0)
}

function errorName(kind: string): string {
  if (kind === 'duplicate-section') return 'DuplicateSectionError'
  return kind === 'duplicate-option' ? 'DuplicateOptionError' : 'MissingSectionHeaderError'
}

function plain(value: TomlValue): unknown {
  if (typeof value === 'number')
    return {
      number: Number.isFinite(value) ? value || 0 : String(value).replace('Infinity', 'inf').replace('NaN', 'nan'),
    }
  if (typeof value === 'bigint') return { number: String(value) }
  if (value instanceof Date) return { date: normalDate(value.toISOString()) }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
  return value
}

/** JavaScript's dates have milliseconds, Python's microseconds. */
const normalDate = (text: string) =>
  text
    .replace(/Z$/, '+00:00')
    .replace(/(\.\d{3})\d*/, '$1')
    .replace(/\.000(?=$|[+-])/, '')

function pythonDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pythonDates)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only?.[0] === 'date' && typeof only[1] === 'string') return { date: normalDate(only[1]) }
  return Object.fromEntries(entries.map(([key, item]) => [key, pythonDates(item)]))
}

/** Every string value must stand where the places say. */
function misplaced(kept: Kept): string | undefined {
  const { data, locate, text } = parsePyproject(kept)
  const lines = text.split('\n')
  const visit = (value: TomlValue, path: readonly (string | number)[]): string | undefined => {
    const found = path.length > 0 ? locate(path) : undefined
    // Paths of more than 500 characters are not remembered.
    if (path.length > 0 && !found) return path.join('.').length > 400 ? undefined : `no place for ${path.join('.')}`
    const rest = found && (lines[found.line - 1] ?? '').slice(found.column - 1)
    if (typeof value === 'string' && !/^["']/.test(rest ?? ''))
      return `${path.join('.')} is not at ${found?.line}: ${rest}`
    if (
      typeof value === 'string' &&
      /^["'](?!["'])/.test(rest ?? '') &&
      !rest?.includes('\\') &&
      !rest?.slice(1).startsWith(value.split(/[\n"\t]/)[0] ?? '')
    )
      return `${path.join('.')} at ${found?.line} has ${rest}`
    if (typeof value === 'boolean' && !rest?.startsWith(String(value)))
      return `${path.join('.')} at ${found?.line} has ${rest}`
    if (Array.isArray(value)) return first(value.map((item, i) => () => visit(item, [...path, i])))
    if (typeof value === 'object' && !(value instanceof Date))
      return first(
        Object.entries(value).map(
          ([key, item]) =>
            () =>
              visit(item, [...path, key]),
        ),
      )
    return undefined
  }
  return data && visit(data, [])
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check()
    if (found !== undefined) return found
  }
  return undefined
}
