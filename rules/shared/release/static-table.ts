import type { Sdist, Wheel } from '../../../src/distribution/distribution.js'
import type { EntryPoint } from '../../../src/distribution/entry-points.js'
import type { Metadata } from '../../../src/distribution/metadata.js'
import type { Pyproject } from '../../../src/distribution/pyproject.js'
import type { Place } from '../../../src/finding.js'
import { coreField } from '../../../src/standards/core-metadata.js'
import { canonicalName } from '../../../src/standards/name.js'
import { normalizeLabel } from '../../../src/standards/url-label.js'
import { tryVersion } from '../../../src/standards/version.js'
import { versionKey } from '../../../src/standards/version-range.js'
import { globMatcher, globProblem } from '../globs.js'
import { dynamicKeys, entries, isTable, type Table, texts } from '../pyproject.js'
import { readmeFile } from '../readme.js'
import {
  coreItems,
  importKey,
  licenseKey,
  linesOf,
  proseKey,
  pythonItem,
  requirementLines,
  splitKeywords,
  urlItem,
} from './core-items.js'
import { compareItems, type Difference, type Item } from './items.js'
import { comparePeople, type Person } from './people.js'
import { itemsOfExtra, parsedLines, type Written } from './requirement-items.js'

/** Keys that may be static and dynamic at once (PEP 808): arrays and tables. */
export const EXTENDABLE: ReadonlySet<string> = new Set([
  'license-files',
  'authors',
  'maintainers',
  'keywords',
  'classifiers',
  'urls',
  'scripts',
  'gui-scripts',
  'entry-points',
  'dependencies',
  'optional-dependencies',
  'import-names',
  'import-namespaces',
])

export interface StaticDifference extends Difference {
  /** Key of `[project]`. */
  readonly key: string
  /** Core metadata field in its specified spelling, or `entry-points`. */
  readonly field: string
  /** The key is listed in `dynamic` too. */
  readonly both: boolean
  /** Of the key, where no entry has a place of its own. */
  readonly keyPlace: Place
  /** More to say than the entries do. */
  readonly note?: string
}

/** What is compared with `[project]`: PKG-INFO of the sdist, or a wheel. */
export type Target = Sdist | Wheel

interface Slot {
  readonly field: string
  readonly ordered: boolean
  readonly given: readonly Item[]
  readonly found: readonly Item[]
  readonly note?: string
}

interface Reading {
  readonly pyproject: Pyproject
  readonly project: Table
  readonly sdist: Sdist
  readonly target: Target
  readonly metadata: Metadata
  readonly both: boolean
}

const KNOWN = new WeakMap<Sdist, WeakMap<Target, readonly StaticDifference[]>>()

/** The differences, which several rules look at: they are found once. */
export function staticDifferences(sdist: Sdist, target: Target): readonly StaticDifference[] {
  const ofSdist = KNOWN.get(sdist) ?? new WeakMap<Target, readonly StaticDifference[]>()
  KNOWN.set(sdist, ofSdist)
  const known = ofSdist.get(target) ?? [...computeDifferences(sdist, target)]
  ofSdist.set(target, known)
  return known
}

/**
 * Where a file says something else than `[project]` says statically. A key that is not in `dynamic` must be equal; of a key
 * in both, the static entries must survive in order. Values that cannot be read have rules of their own.
 */
function* computeDifferences(sdist: Sdist, target: Target): Iterable<StaticDifference> {
  const { pyproject } = sdist
  const { metadata } = target
  const project = pyproject?.project
  if (!pyproject || !project || !metadata) return
  const dynamic = new Set(dynamicKeys(pyproject))
  for (const [key, read] of READERS) {
    const both = dynamic.has(key)
    if (!Object.hasOwn(project, key) || (both && !EXTENDABLE.has(key))) continue
    const keyPlace = pyproject.place('project', key)
    for (const { given, found, field, ordered, note } of read(
      { pyproject, project, sdist, target, metadata, both },
      key,
    )) {
      if (found.length === 0 && (!canHave(metadata, field) || isInRequiresTxt(target, field))) continue
      const differences = compareItems(given, found, ordered)
      for (const difference of differences)
        yield { ...difference, key, field, both, keyPlace, ...(note !== undefined && { note }) }
      // Another project has other metadata altogether.
      if (key === 'name' && differences.length > 0) return
    }
  }
}

/** Had the field a meaning in this version of the metadata? Before 2.1, sdists said little: what is absent proves nothing. */
function canHave(metadata: Metadata, field: string): boolean {
  const since = coreField(field)?.since
  return since === undefined || metadata.atLeast(since < '2.1' ? '2.1' : since)
}

/** Setuptools up to 67 wrote the dependencies of an sdist to requires.txt only. */
function isInRequiresTxt(target: Target, field: string): boolean {
  if (target.kind === 'wheel' || field !== 'Requires-Dist' || target.metadata?.atLeast('2.2')) return false
  const none = (target.metadata?.all('Requires-Dist').length ?? 0) === 0
  return none && [...target.texts.keys()].some(path => path.endsWith('.egg-info/requires.txt'))
}

type Reader = (reading: Reading, key: string) => Iterable<Slot>

function* scalar(
  reading: Reading,
  key: string,
  field: string,
  toItem: (text: string, at: Place) => Item,
): Iterable<Slot> {
  const value = reading.project[key]
  if (typeof value !== 'string' || value.trim() === '') return
  const [line] = linesOf(reading.metadata, field)
  const found = line ? [toItem(line.value, line)] : []
  yield { field, ordered: false, given: [toItem(value, reading.pyproject.place('project', key))], found }
}

const simple =
  (field: string, keyOf: (text: string) => string) =>
  (text: string, at: Place): Item => ({
    key: keyOf(text),
    text,
    at,
    name: field,
  })

/** What backends make of a second line differs. */
const oneLine = (text: string) => (/[\r\n]/.test(text.trim()) ? '' : text.trim().replace(/\s+/g, ' '))

function* list(reading: Reading, key: string, field: string, keyOf: (text: string) => string): Iterable<Slot> {
  const given = texts(reading.project[key]).map(([index, text]): Item => {
    const value = keyOf(text)
    return {
      key: value,
      text: text.trim(),
      at: reading.pyproject.place('project', key, index),
      name: value.replace(/;.*/, ''),
    }
  })
  yield {
    field,
    ordered: true,
    given: given.filter(item => item.key !== ''),
    found: coreItems(reading.metadata, field),
  }
}

function* importNames(reading: Reading, key: string): Iterable<Slot> {
  const field = key === 'import-names' ? 'Import-Name' : 'Import-Namespace'
  for (const slot of list(reading, key, field, importKey)) {
    // `import-names = []` says that there is none, until a provider adds one.
    const none = slot.given.length === 0 && !reading.both && field === 'Import-Name'
    const at = reading.pyproject.place('project', key)
    yield {
      ...slot,
      ordered: false,
      found: reading.both ? slot.found.filter(item => item.key !== '') : slot.found,
      given: none ? [{ key: '', text: '[]', at, name: '' }] : slot.given,
    }
  }
}

function* keywords({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const given = texts(project[key]).flatMap(([index, text]) =>
    splitKeywords(text).map(word => ({
      key: word,
      text: word,
      at: pyproject.place('project', key, index),
      name: word,
    })),
  )
  yield { field: 'Keywords', ordered: true, given, found: coreItems(metadata, 'Keywords') }
}

function* urls({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const found = [...coreItems(metadata, 'Project-URL')]
  const given = entries(project[key]).flatMap(([label, url]): readonly Item[] => {
    if (typeof url !== 'string' || label.includes(',')) return []
    const at = pyproject.place('project', 'urls', label)
    return [urlItem(label.trim(), url.trim(), `${label}, ${url.trim()}`, at)]
  })
  const present = new Set(found.map(item => item.key))
  // Home-page and Download-URL are older forms of these two labels.
  const older = given.filter(item => !present.has(item.key) && olderForm(metadata, item))
  yield { field: 'Project-URL', ordered: false, given: given.filter(item => !older.includes(item)), found }
}

const OLDER_FIELDS = new Map([
  ['homepage', 'Home-page'],
  ['download', 'Download-URL'],
  ['downloadurl', 'Download-URL'],
])

function olderForm(metadata: Metadata, { name, key }: Item): boolean {
  const url = key.slice(key.indexOf('\0') + 1)
  const field = OLDER_FIELDS.get(normalizeLabel(name))
  return field !== undefined && metadata.value(field)?.trim() === url
}

const MOST_PEOPLE = 1000

function* people({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const field = key === 'authors' ? 'Author' : 'Maintainer'
  const given = Array.isArray(project[key])
    ? (project[key] as readonly Table[]).flatMap((entry, index): readonly Person[] => {
        if (!isTable(entry)) return []
        const text = (value: unknown) => (typeof value === 'string' ? value : '')
        const person = { name: text(entry.name), email: text(entry.email), at: pyproject.place('project', key, index) }
        return person.name.trim() === '' && person.email.trim() === '' ? [] : [person]
      })
    : []
  // What is no address has a rule of its own, whatever a backend made of it.
  if (
    given.length > MOST_PEOPLE ||
    given.some(({ email }) => email !== '' && !/^[^\s<>@,]+@[^\s<>@,]+$/.test(email.trim()))
  )
    return
  const compared = comparePeople(given, metadata, field)
  if (!compared) return
  yield { field: `${field}-email`, ordered: true, ...compared.email }
  yield { field, ordered: true, ...compared.name }
}

function* license({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const value = project[key]
  const at = pyproject.place('project', key)
  const [expression] = linesOf(metadata, 'License-Expression')
  const [older] = linesOf(metadata, 'License')
  if (typeof value === 'string') {
    const wanted = licenseKey(value)
    const name = 'License-Expression'
    if (expression || metadata.atLeast('2.4'))
      yield {
        field: name,
        ordered: false,
        given: [{ key: wanted, text: value, at, name }],
        found: expression ? [{ key: licenseKey(expression.value), text: expression.value, at: expression, name }] : [],
      }
    else if (older) yield* [licenseText(value, at, older)]
  } else if (isTable(value) && typeof value.text === 'string' && older)
    yield licenseText(value.text, pyproject.place('project', key, 'text'), older)
}

/** Text that spans lines is folded in many ways. */
function licenseText(text: string, at: Place, line: Place & { readonly value: string }): Slot {
  const words = (value: string) =>
    value
      .split(/[\s|]+/)
      .join(' ')
      .trim()
  const item = (value: string, place: Place) => ({ key: words(value), text: value, at: place, name: 'License' })
  return { field: 'License', ordered: false, given: [item(text, at)], found: [item(line.value, line)] }
}

/** Patterns times paths that are tried. */
const MOST_MATCHES = 2_000_000

function* licenseFiles({ project, pyproject, sdist, metadata }: Reading, key: string): Iterable<Slot> {
  if (!Array.isArray(project[key])) return
  const found = coreItems(metadata, 'License-File')
  const top = sdist.top === undefined ? '' : `${sdist.top}/`
  const inTree = sdist.members.files.flatMap(({ path }) => (path.startsWith(top) ? [path.slice(top.length)] : []))
  const globs = texts(project[key])
    .filter(([, glob]) => globProblem(glob) === undefined)
    .map(([index, glob]) => ({ index, glob, matches: globMatcher(glob) }))
  if (globs.length * found.length > MOST_MATCHES) return
  const file = pyproject.get('project', 'license', 'file')
  const listed = found.filter(({ text }) => text !== file)
  // Each pattern stands for the first file that it lets through.
  const given = globs.flatMap(({ index, glob, matches }): readonly Item[] => {
    const at = pyproject.place('project', key, index)
    const match = found.find(({ text }) => matches(text))
    if (!match && (globs.length * inTree.length > MOST_MATCHES || !inTree.some(path => matches(path)))) return []
    return [{ key: match?.key ?? `? ${glob}`, text: glob, at, name: glob }]
  })
  const unasked = listed.filter(({ text }) => !globs.some(({ matches }) => matches(text)))
  const matched = given.flatMap(({ key: path }) => found.filter(item => item.key === path).slice(0, 1))
  yield { field: 'License-File', ordered: false, given, found: [...matched, ...unasked] }
}

function* dependencyList({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const given = texts(project[key]).map(([index, text]) => ({ text, at: pyproject.place('project', key, index) }))
  yield requirementSlot(given, '', metadata)
}

function requirementSlot(given: readonly Written[], extra: string, metadata: Metadata): Slot {
  const wanted = parsedLines(given).map(line => ({ ...line, extras: [extra] }))
  const built = requirementLines(metadata).get(extra) ?? []
  // What is no requirement has a rule of its own, whatever a backend made of it.
  const invalid = new Set(wanted.filter(({ requirement }) => !requirement).map(({ text }) => leadingName(text)))
  return {
    field: 'Requires-Dist',
    ordered: true,
    given: itemsOfExtra(
      wanted.filter(({ requirement }) => requirement),
      extra,
    ),
    found: itemsOfExtra(built, extra).filter(({ name }) => !invalid.has(name)),
    ...(extra !== '' && { note: `extra ${extra}` }),
  }
}

const leadingName = (text: string) =>
  canonicalName(/^[\s]*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(text.slice(0, 500))?.[1] ?? '')

function* optional({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const table = entries(project[key])
  const given = table.map(([extra]): Item => {
    const name = canonicalName(extra)
    return { key: name, text: extra, at: pyproject.place('project', key, extra), name }
  })
  yield { field: 'Provides-Extra', ordered: false, given, found: coreItems(metadata, 'Provides-Extra') }
  const lists = new Map<string, Written[]>()
  for (const [extra, items] of table) {
    const written = texts(items).map(([index, text]) => ({ text, at: pyproject.place('project', key, extra, index) }))
    lists.set(canonicalName(extra), [...(lists.get(canonicalName(extra)) ?? []), ...written])
  }
  const own = canonicalName(String(project.name ?? ''))
  for (const extra of lists.keys()) {
    const slot = requirementSlot(lists.get(extra) ?? [], extra, metadata)
    const kept = slot.found.some(({ name }) => name === own)
    // Hatchling puts what the project's own extras ask for in their place.
    yield kept || !slot.given.some(({ name }) => name === own)
      ? slot
      : requirementSlot(withoutSelf(lists, extra, own), extra, metadata)
  }
}

/** Own extras whose requirements are put in place; nobody has more. */
const MOST_OWN = 100

/** What an extra asks for, with the requirements of the project's own extras in place of those. */
function withoutSelf(lists: ReadonlyMap<string, readonly Written[]>, extra: string, own: string): readonly Written[] {
  const result = new Map<string, Written>()
  const visited = new Set([extra])
  // The set grows while it is walked.
  for (const one of visited)
    for (const line of lists.get(one) ?? []) {
      const [parsed] = parsedLines([line])
      const requirement = parsed?.requirement
      if (!requirement || canonicalName(requirement.name) !== own) result.set(line.text, line)
      else for (const other of requirement.extras) if (visited.size < MOST_OWN) visited.add(canonicalName(other))
    }
  return [...result.values()]
}

const commandGroup = { scripts: 'console_scripts', 'gui-scripts': 'gui_scripts' } as const

function* entryPoints({ project, pyproject, target }: Reading, key: string): Iterable<Slot> {
  const written = target.entryPoints
  // An sdist has none of its own; what setuptools leaves in it is compared where it is there.
  if (!written && target.kind === 'sdist') return
  if (written?.problems.length) return
  const found = written?.entries ?? []
  const inGroup = (group: string, table: Table | undefined, path: readonly string[]): Slot => ({
    field: 'entry-points',
    ordered: false,
    given: entries(table).flatMap(([name, value]) =>
      typeof value === 'string' ? [pointItem(group, name, value, pyproject.place('project', ...path, name))] : [],
    ),
    found: found.filter(point => point.group === group).map(point => pointItem(group, point.name, point.target, point)),
  })
  const value = project[key]
  if (key === 'scripts' || key === 'gui-scripts') {
    if (isTable(value)) yield inGroup(commandGroup[key], value, [key])
    return
  }
  const commands: readonly string[] = Object.values(commandGroup)
  const groups = entries(value).filter(([group, table]) => isTable(table) && !commands.includes(group))
  for (const [group, table] of groups) yield inGroup(group, isTable(table) ? table : undefined, [key, group])
  const known = new Set([...commands, ...groups.map(([group]) => group)])
  const others = new Set(found.map(({ group }) => group).filter(group => !known.has(group)))
  for (const group of others) yield inGroup(group, undefined, [key])
}

function pointItem(group: string, name: string, target: string, at: Place | EntryPoint): Item {
  const value = target.replace(/\s*([:[\],])\s*/g, '$1').trim()
  return { key: `${group}\0${name}\0${value}`, text: `${name} = ${target.trim()}`, at, name: `${group}\0${name}` }
}

function* readme({ pyproject, sdist, metadata }: Reading): Iterable<Slot> {
  const file = readmeFile(pyproject)
  const text = pyproject.get('project', 'readme', 'text')
  const kept =
    file && sdist.top !== undefined ? sdist.texts.get(`${sdist.top}/${file.path.replace(/^\.\//, '')}`) : undefined
  const source = typeof text === 'string' ? text : kept && !kept.cut && kept.utf8 ? kept.text : undefined
  const at = file?.at ?? pyproject.place('project', 'readme')
  const [line] = linesOf(metadata, 'Description')
  if (source !== undefined && source.trim() !== '') {
    const folded = line !== undefined && metadata.description?.from === 'header'
    const item = (value: string, place: Place) => ({
      key: proseKey(value.replace(/^\uFEFF/, ''), folded),
      text: value,
      at: place,
      name: 'Description',
    })
    const given = { ...item(source, at), text: file?.path ?? 'project.readme.text' }
    const found = line ? [item(line.value, line)] : []
    const difference = found[0] ? firstDifference(given.key, found[0].key) : ''
    yield { field: 'Description', ordered: false, given: [given], found, note: difference }
  }
  const stated = pyproject.get('project', 'readme', 'content-type') ?? typeBySuffix(file?.path)
  const [type] = linesOf(metadata, 'Description-Content-Type')
  if (typeof stated !== 'string' || !line) return
  const main = (value: string) => (value.split(';', 1)[0] ?? '').trim().toLowerCase()
  const item = (value: string, place: Place) => ({ key: main(value), text: value, at: place, name: 'type' })
  yield {
    field: 'Description-Content-Type',
    ordered: false,
    given: [item(stated, at)],
    found: type ? [item(type.value, type)] : [],
  }
}

const typeBySuffix = (path: string | undefined) =>
  path === undefined
    ? undefined
    : /\.md$/i.test(path)
      ? 'text/markdown'
      : /\.rst$/i.test(path)
        ? 'text/x-rst'
        : undefined

/** The first line that differs, counted from the top of the text. */
function firstDifference(given: string, found: string): string {
  const [a, b] = [given.split('\n'), found.split('\n')]
  const index = a.findIndex((line, i) => line !== b[i])
  const at = index < 0 ? a.length : index
  return `line ${at + 1} of the text: ${a[at] === undefined ? 'nothing more' : JSON.stringify(a[at].slice(0, 80))} there, ${
    b[at] === undefined ? 'nothing more' : JSON.stringify(b[at].slice(0, 80))
  } here`
}

const READERS: readonly (readonly [key: string, read: Reader])[] = [
  [
    'name',
    (reading, key) =>
      scalar(
        reading,
        key,
        'Name',
        simple('Name', text => canonicalName(text.trim())),
      ),
  ],
  ['version', (reading, key) => scalar(reading, key, 'Version', simple('Version', versionKeyOf))],
  ['description', (reading, key) => summaries(reading, key)],
  ['readme', readme],
  ['requires-python', (reading, key) => scalar(reading, key, 'Requires-Python', pythonItem)],
  ['license', license],
  ['license-files', licenseFiles],
  ['authors', people],
  ['maintainers', people],
  ['keywords', keywords],
  ['classifiers', (reading, key) => list(reading, key, 'Classifier', text => text.trim())],
  ['urls', urls],
  ['scripts', entryPoints],
  ['gui-scripts', entryPoints],
  ['entry-points', entryPoints],
  ['dependencies', dependencyList],
  ['optional-dependencies', optional],
  ['import-names', importNames],
  ['import-namespaces', importNames],
]

/** Equal versions have equal keys. */
function versionKeyOf(text: string): string {
  const version = tryVersion(text)
  return version ? versionKey(version, false) : text.trim()
}

function* summaries(reading: Reading, key: string): Iterable<Slot> {
  for (const slot of scalar(reading, key, 'Summary', simple('Summary', oneLine)))
    if (slot.given[0]?.key !== '') yield slot
}
