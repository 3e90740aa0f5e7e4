import type { Metadata } from '../distribution/metadata.js'
import type { Finding, SourceLocation } from '../finding.js'
import { attempt } from '../standards/error.js'
import { parseLicenseExpression } from '../standards/license-expression.js'
import { canonicalName } from '../standards/name.js'
import { tryVersion } from '../standards/version.js'
import { linesOf } from '../text/lines.js'
import { itemsAt } from './document.js'
import type { ProjectFolder, SourceFiles } from './folder.js'
import { sortedClauses } from './requirement.js'
import { declaredIn, staticMetadata } from './static-metadata.js'

/** A distribution that does not say what the project's files say now. */
export interface Unfit {
  readonly path: string
  readonly filename: string
  /** The build file, relative to the repository root. */
  readonly file: string
  /** Metadata fields that differ. */
  readonly fields: readonly string[]
}

/** Fields with one value, and in what form backends keep it. */
const SINGLE: Readonly<Record<string, (value: string) => string>> = {
  Version: value => tryVersion(value.trim())?.toString() ?? value.trim(),
  // Old versions of setuptools write `UNKNOWN` for an empty one.
  Summary: value =>
    value
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^UNKNOWN$/, ''),
  // Poetry writes `<4.0` for `^3.9`, and earlier versions of it `<4`.
  'Requires-Python': value => sortedClauses(value).split(',').map(withoutZeros).join(),
  'License-Expression': value => attempt(parseLicenseExpression, value)?.toString() ?? value.trim(),
}

function withoutZeros(clause: string): string {
  let end = clause.length
  while (clause.endsWith('.0', end)) end -= 2
  return clause.slice(0, end)
}

/** Fields with a list. */
const LISTS: Readonly<Record<string, (value: string) => string>> = {
  Classifier: value => value.trim(),
  'Provides-Extra': canonicalName,
}

/**
 * Fields of which a distribution says something else than the project's files. Only what these state as it stands is compared,
 * in a form that no backend changes.
 */
export function differingFields(folder: ProjectFolder, metadata: Metadata): readonly string[] {
  const stated = staticMetadata(folder, declaredIn(folder), { readme: undefined, paths: [] }).metadata
  if (!stated) return []
  const single = Object.entries(SINGLE).filter(([field, form]) => {
    const value = stated.value(field)
    const built = metadata.value(field)
    return value !== undefined && built !== undefined && form(value) !== form(built)
  })
  const lists = Object.entries(LISTS).filter(([field, form]) => {
    const values = new Set(stated.all(field).map(({ value }) => form(value)))
    const built = new Set(metadata.all(field).map(({ value }) => form(value)))
    // Backends may add items where a list is not declared, or not all of it.
    const isOwn = values.size > 0 && folder.pyproject?.document.project !== undefined && !isDynamic(folder, field)
    return [...values].some(value => !built.has(value)) || (isOwn && [...built].some(value => !values.has(value)))
  })
  return [...single, ...lists].map(([field]) => field)
}

const isDynamic = ({ pyproject }: ProjectFolder, field: string): boolean =>
  pyproject !== undefined &&
  itemsAt(pyproject.document, 'project', 'dynamic').includes(
    field === 'Classifier' ? 'classifiers' : 'optional-dependencies',
  )

const plain = (text: string) => text.replace(/[\s"'`]+/g, '').toLowerCase()
/** Shorter texts are part of many others. */
const SHORTEST = 3

/** Does a place in the project's files show what a finding about a distribution that differs from them says? */
export function isShown({ location }: Finding, source: SourceLocation, { files, readmes }: SourceFiles): boolean {
  if (source.column === undefined || readmes?.has(source.path)) return true
  const line = linesOf(files.get(source.path) ?? '').text(source.line) ?? ''
  const written = line.slice(source.column - 1, (source.endColumn ?? source.column + 1) - 1)
  // Where something is missing, the table without it has a header: a key says that it is there by now.
  if (location.value === undefined) return written.startsWith('[')
  const [here, there] = [plain(written), plain(location.value)]
  return here.includes(there) || (here.length >= SHORTEST && there.includes(here))
}
