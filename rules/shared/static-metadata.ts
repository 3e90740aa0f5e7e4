import type { Metadata } from '../../src/distribution/metadata.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { attempt } from '../../src/standards/error.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement, type Requirement } from '../../src/standards/requirement.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'
import { parseVersion } from '../../src/standards/version.js'
import { dependencies, isOptional } from './dependencies.js'
import { entries, isTable, texts } from './pyproject.js'
import { labelled } from './urls.js'

/** A key of `[project]`, and a field that is made of it. */
export interface KeyField {
  readonly key: string
  readonly field: string
}

/** Which fields come from which keys. A field of two keys is here twice. */
export const KEY_FIELDS: readonly KeyField[] = [
  { key: 'version', field: 'Version' },
  { key: 'description', field: 'Summary' },
  { key: 'readme', field: 'Description' },
  { key: 'readme', field: 'Description-Content-Type' },
  { key: 'requires-python', field: 'Requires-Python' },
  { key: 'license', field: 'License' },
  { key: 'license', field: 'License-Expression' },
  { key: 'authors', field: 'Author' },
  { key: 'authors', field: 'Author-email' },
  { key: 'maintainers', field: 'Maintainer' },
  { key: 'maintainers', field: 'Maintainer-email' },
  { key: 'keywords', field: 'Keywords' },
  { key: 'classifiers', field: 'Classifier' },
  { key: 'urls', field: 'Project-URL' },
  { key: 'dependencies', field: 'Requires-Dist' },
  { key: 'optional-dependencies', field: 'Requires-Dist' },
  { key: 'optional-dependencies', field: 'Provides-Extra' },
  { key: 'import-names', field: 'Import-Name' },
  { key: 'import-namespaces', field: 'Import-Namespace' },
]

export interface Difference {
  readonly key: string
  readonly at: Place
  readonly message: string
  /** Resolvers decide by it. */
  readonly resolution: boolean
}

/** Where PKG-INFO has something else than `[project]` says statically. Equality is the standards', not that of text. */
export function* differences(
  pyproject: Pyproject,
  metadata: Metadata,
  fixed: (key: string) => boolean,
): Iterable<Difference> {
  const { project } = pyproject
  if (!project) return
  const text = (key: string) => {
    const value = fixed(key) ? project[key] : undefined
    return typeof value === 'string' ? value : undefined
  }
  const at = (...path: readonly (string | number)[]) => pyproject.place('project', ...path)

  const version = text('version')
  const built = metadata.value('Version')
  if (version !== undefined && built !== undefined && !sameVersion(version, built))
    yield {
      key: 'version',
      at: at('version'),
      resolution: true,
      message: `project.version is ${show(version)}, but Version is ${show(built)}`,
    }

  const python = text('requires-python')
  const builtPython = metadata.value('Requires-Python') ?? ''
  if (python !== undefined && !sameSpecifiers(python, builtPython))
    yield {
      key: 'requires-python',
      at: at('requires-python'),
      resolution: true,
      message: `project.requires-python is ${show(python)}, but Requires-Python is ${builtPython === '' ? 'missing' : show(builtPython)}`,
    }

  const summary = text('description')
  const builtSummary = metadata.value('Summary') ?? ''
  if (summary !== undefined && !/[\r\n]/.test(summary.trim()) && blanks(summary) !== blanks(builtSummary))
    yield {
      key: 'description',
      at: at('description'),
      resolution: false,
      message: `project.description is not what Summary says: ${show(builtSummary)}`,
    }

  const license = text('license')
  const expression = metadata.value('License-Expression')
  const canonical = license === undefined ? undefined : attempt(parseLicenseExpression, license)?.toString()
  if (
    canonical !== undefined &&
    expression !== undefined &&
    attempt(parseLicenseExpression, expression)?.toString() !== canonical
  )
    yield {
      key: 'license',
      at: at('license'),
      resolution: false,
      message: `project.license is ${show(license ?? '')}, but License-Expression is ${show(expression)}`,
    }

  const lists: readonly (readonly [string, string, ReadonlySet<string>])[] = [
    ['classifiers', 'Classifier', new Set(metadata.all('Classifier').map(({ value }) => value.trim()))],
    ['keywords', 'Keywords', new Set((metadata.value('Keywords') ?? '').split(',').map(word => word.trim()))],
  ]
  for (const [key, field, found] of lists) {
    if (!fixed(key)) continue
    const missing = texts(project[key])
      .flatMap(([index, item]) => item.split(',').map(part => [index, part.trim()] as const))
      .filter(
        ([, item]) => item !== '' && !found.has(item) && !(key === 'classifiers' && item.startsWith('License ::')),
      )
    const [first] = missing
    if (first)
      yield {
        key,
        at: at(key, first[0]),
        resolution: false,
        message: `project.${key} has ${show(first[1])}${missing.length > 1 ? ` and ${missing.length - 1} more` : ''}, which ${field} lacks`,
      }
  }

  if (fixed('urls')) {
    const found = new Set(metadata.all('Project-URL').map(({ value }) => trimUrl(labelled(value).url)))
    for (const name of ['Home-page', 'Download-URL']) found.add(trimUrl(metadata.value(name) ?? ''))
    for (const [label, url] of entries(project.urls))
      if (typeof url === 'string' && !found.has(trimUrl(url)))
        yield {
          key: 'urls',
          at: at('urls', label),
          resolution: false,
          message: `project.urls has ${show(url)}, which no Project-URL has`,
        }
  }

  const needed = dependencies(metadata)
  if (fixed('dependencies')) {
    const wanted = texts(project.dependencies)
    yield* requirements(
      'dependencies',
      wanted,
      needed.filter(({ requirement }) => !isOptional(requirement)).map(({ requirement }) => requirement),
      index => at('dependencies', index),
    )
  }
  if (fixed('optional-dependencies') && isTable(project['optional-dependencies'])) {
    const optional = needed.map(({ requirement }) => requirement).filter(isOptional)
    const extras = new Set(metadata.all('Provides-Extra').map(({ value }) => canonicalName(value)))
    for (const [extra, list] of entries(project['optional-dependencies'])) {
      if (!extras.has(canonicalName(extra)))
        yield {
          key: 'optional-dependencies',
          at: at('optional-dependencies', extra),
          resolution: true,
          message: `project.optional-dependencies has the extra ${show(extra)}, which no Provides-Extra names`,
        }
      else {
        const missing = texts(list).find(([, item]) => !hasRequirement(item, optional))
        if (missing)
          yield {
            key: 'optional-dependencies',
            at: at('optional-dependencies', extra, missing[0]),
            resolution: true,
            message: `The extra ${show(extra)} has ${show(missing[1])}, which no Requires-Dist has`,
          }
      }
    }
  }
}

function* requirements(
  key: string,
  wanted: readonly (readonly [number, string])[],
  built: readonly Requirement[],
  at: (index: number) => Place,
): Iterable<Difference> {
  const lost = wanted.filter(([, text]) => !hasRequirement(text, built))
  const [first] = lost
  if (first)
    yield {
      key,
      at: at(first[0]),
      resolution: true,
      message: `project.${key} has ${show(first[1])}, which no Requires-Dist has`,
    }
}

/** Is the requirement among the others? Backends rewrite markers, so those are not compared. */
function hasRequirement(text: string, others: readonly Requirement[]): boolean {
  const wanted = attempt(parseRequirement, text)
  if (!wanted) return true
  const name = canonicalName(wanted.name)
  return others.some(other => canonicalName(other.name) === name && other.specifier.equals(wanted.specifier))
}

const show = (text: string) => (text.length > 100 ? `'${text.slice(0, 100)}…'` : `'${text}'`)
const blanks = (text: string) => text.trim().replace(/\s+/g, ' ')
const trimUrl = (url: string) => url.trim().replace(/\/$/, '')

function sameVersion(a: string, b: string): boolean {
  const [left, right] = [attempt(parseVersion, a), attempt(parseVersion, b)]
  return !left || !right || attempt(parseSpecifiers, `==${left.toString()}`)?.contains(right) === true
}

function sameSpecifiers(a: string, b: string): boolean {
  const [left, right] = [attempt(parseSpecifiers, a), attempt(parseSpecifiers, b)]
  return !left || !right || left.equals(right)
}
