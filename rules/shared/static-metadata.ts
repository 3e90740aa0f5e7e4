import type { Metadata } from '../../src/distribution/metadata.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { quote } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement, type Requirement } from '../../src/standards/requirement.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'
import { parseVersion } from '../../src/standards/version.js'
import { dependencies, isOptional } from './dependencies.js'
import { backendOf, dynamicKeys, entries, type Table, texts } from './pyproject.js'
import { labelled } from './urls.js'

/** Which fields come from which keys of `[project]`. A field of two keys is here twice. */
export const KEY_FIELDS: readonly (readonly [key: string, field: string])[] = [
  ['version', 'Version'],
  ['description', 'Summary'],
  ['readme', 'Description'],
  ['readme', 'Description-Content-Type'],
  ['requires-python', 'Requires-Python'],
  ['license', 'License'],
  ['license', 'License-Expression'],
  ['authors', 'Author'],
  ['authors', 'Author-email'],
  ['maintainers', 'Maintainer'],
  ['maintainers', 'Maintainer-email'],
  ['keywords', 'Keywords'],
  ['classifiers', 'Classifier'],
  ['urls', 'Project-URL'],
  ['dependencies', 'Requires-Dist'],
  ['optional-dependencies', 'Requires-Dist'],
  ['optional-dependencies', 'Provides-Extra'],
  ['import-names', 'Import-Name'],
  ['import-namespaces', 'Import-Namespace'],
]

export interface Difference {
  readonly at: Place
  readonly message: string
  /** Installers decide by it. */
  readonly resolution: boolean
}

interface Compared {
  readonly pyproject: Pyproject
  readonly project: Table
  readonly metadata: Metadata
  /** Value of a key that is static only and a string. */
  readonly text: (key: string) => string | undefined
  readonly isStatic: (key: string) => boolean
}

/** Where PKG-INFO has something else than `[project]` says statically. Equality is that of the standards, not of text. */
export function* differences(pyproject: Pyproject, metadata: Metadata): Iterable<Difference> {
  const { project } = pyproject
  if (!project) return
  const dynamic = new Set(dynamicKeys(pyproject))
  const isStatic = (key: string) => !dynamic.has(key) && Object.hasOwn(project, key)
  const text = (key: string) => {
    const value = isStatic(key) ? project[key] : undefined
    return typeof value === 'string' ? value : undefined
  }
  const compared = { pyproject, project, metadata, text, isStatic }
  const other = differentName(compared)
  if (other) yield other
  else {
    yield* differentTexts(compared)
    yield* differentLists(compared)
    yield* differentUrls(compared)
    yield* differentDependencies(compared)
    yield* differentExtras(compared)
  }
}

function differentName({ pyproject, text, metadata }: Compared): Difference | undefined {
  const name = text('name')
  const built = metadata.value('Name')
  if (name === undefined || built === undefined || canonicalName(name) === canonicalName(built)) return undefined
  const message = `project.name is ${quote(name)}, but Name is ${quote(built)}: another project is built from this sdist`
  return { at: pyproject.place('project', 'name'), resolution: true, message }
}

type Same = (written: string, built: string) => boolean

/** Text that is not valid has rules of its own: here it equals everything. */
const SINGLE: readonly (readonly [key: string, field: string, resolution: boolean, same: Same])[] = [
  ['version', 'Version', true, sameVersion],
  ['requires-python', 'Requires-Python', true, sameSpecifiers],
  ['description', 'Summary', false, sameSummary],
  ['license', 'License-Expression', false, sameLicense],
]

function* differentTexts({ pyproject, text, metadata }: Compared): Iterable<Difference> {
  for (const [key, field, resolution, same] of SINGLE) {
    const written = text(key)
    const built = metadata.value(field)
    // Not every metadata version has License-Expression.
    if (written === undefined || (built === undefined && key === 'license') || same(written, built ?? '')) continue
    const message = `project.${key} is ${quote(written)}, but ${field} is ${built === undefined ? 'missing' : quote(built)}`
    yield { at: pyproject.place('project', key), resolution, message }
  }
}

function sameVersion(a: string, b: string): boolean {
  const [left, right] = [attempt(parseVersion, a), attempt(parseVersion, b)]
  return !left || !right || attempt(parseSpecifiers, `==${left.toString()}`)?.contains(right) === true
}

function sameSpecifiers(a: string, b: string): boolean {
  const [left, right] = [attempt(parseSpecifiers, a), attempt(parseSpecifiers, b)]
  return !left || !right || left.equals(right)
}

/** What backends make of a second line differs. */
function sameSummary(a: string, b: string): boolean {
  const blanks = (text: string) => text.trim().replace(/\s+/g, ' ')
  return /[\r\n]/.test(a.trim()) || blanks(a) === blanks(b)
}

function sameLicense(a: string, b: string): boolean {
  const [left, right] = [attempt(parseLicenseExpression, a), attempt(parseLicenseExpression, b)]
  return !left || !right || left.toString() === right.toString()
}

function* differentLists({ pyproject, project, isStatic, metadata }: Compared): Iterable<Difference> {
  const lists: readonly (readonly [string, string, readonly string[]])[] = [
    ['classifiers', 'Classifier', metadata.all('Classifier').map(({ value }) => value)],
    ['keywords', 'Keywords', (metadata.value('Keywords') ?? '').split(',')],
  ]
  for (const [key, field, built] of lists) {
    if (!isStatic(key)) continue
    const found = new Set(built.map(item => item.trim()))
    const written = texts(project[key]).flatMap(([index, item]) =>
      item.split(key === 'keywords' ? ',' : '\n').map(part => ({ index, item: part.trim() })),
    )
    // Some backends drop licence classifiers beside an expression.
    const missing = written.filter(({ item }) => item !== '' && !found.has(item) && !item.startsWith('License ::'))
    const [first] = missing
    if (!first) continue
    const more = missing.length > 1 ? ` and ${missing.length - 1} more` : ''
    const message = `project.${key} has ${quote(first.item)}${more}, which ${field} lacks`
    yield { at: pyproject.place('project', key, first.index), resolution: false, message }
  }
}

function* differentUrls({ pyproject, project, isStatic, metadata }: Compared): Iterable<Difference> {
  if (!isStatic('urls')) return
  const bare = (url: string) => url.trim().replace(/\/$/, '')
  const found = new Set(metadata.all('Project-URL').map(({ value }) => bare(labelled(value).url)))
  for (const name of ['Home-page', 'Download-URL']) found.add(bare(metadata.value(name) ?? ''))
  for (const [label, url] of entries(project.urls)) {
    if (typeof url !== 'string' || found.has(bare(url)) || label.includes(',')) continue
    const message = `project.urls has ${quote(url)}, which no Project-URL has`
    yield { at: pyproject.place('project', 'urls', label), resolution: false, message }
  }
}

function* differentDependencies({ pyproject, project, isStatic, metadata }: Compared): Iterable<Difference> {
  if (!isStatic('dependencies')) return
  const has = finder(pyproject, metadata, requirement => !isOptional(requirement))
  const lost = texts(project.dependencies).find(([, text]) => !has(text))
  if (!lost) return
  const message = `project.dependencies has ${quote(lost[1])}, which no Requires-Dist has`
  yield { at: pyproject.place('project', 'dependencies', lost[0]), resolution: true, message }
}

function* differentExtras({ pyproject, project, isStatic, metadata }: Compared): Iterable<Difference> {
  if (!isStatic('optional-dependencies')) return
  const declared = new Set(metadata.all('Provides-Extra').map(({ value }) => canonicalName(value)))
  const has = finder(pyproject, metadata, isOptional)
  for (const [extra, list] of entries(project['optional-dependencies'])) {
    const key = ['project', 'optional-dependencies', extra] as const
    const lost = texts(list).find(([, text]) => !has(text))
    if (!declared.has(canonicalName(extra))) {
      const message = `project.optional-dependencies has the extra ${quote(extra)}, which no Provides-Extra names`
      yield { at: pyproject.place(...key), resolution: true, message }
    } else if (lost) {
      const message = `The extra ${quote(extra)} has ${quote(lost[1])}, which no Requires-Dist has`
      yield { at: pyproject.place(...key, lost[0]), resolution: true, message }
    }
  }
}

/**
 * Tells whether a requirement is in Requires-Dist. Backends rewrite markers, so those do not count; poetry-core rewrites
 * specifiers too (`~=8.1` becomes `>=8.1,<9.0`), and hatchling puts the requirements of the project's own extras in place of
 * those extras.
 */
function finder(pyproject: Pyproject, metadata: Metadata, counts: (requirement: Requirement) => boolean) {
  const byNameOnly = backendOf(pyproject) === 'poetry-core'
  const own = canonicalName(metadata.value('Name') ?? '')
  const built = new Map<string, Requirement[]>()
  for (const { name, requirement } of dependencies(metadata)) {
    if (!counts(requirement)) continue
    const list = built.get(name)
    if (list) list.push(requirement)
    else built.set(name, [requirement])
  }
  return (text: string): boolean => {
    const wanted = attempt(parseRequirement, text)
    if (!wanted || canonicalName(wanted.name) === own) return true
    const same = built.get(canonicalName(wanted.name)) ?? []
    return byNameOnly ? same.length > 0 : same.some(({ specifier }) => specifier.equals(wanted.specifier))
  }
}
