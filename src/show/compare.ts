import { licenseKey } from '../contract/core-items.js'
import { samePythons } from '../contract/marker-worlds.js'
import { groupBy } from '../group-by.js'
import { basename } from '../platform/subject.js'
import { CORE_FIELDS } from '../standards/core-metadata.js'
import { attempt } from '../standards/error.js'
import { pythonsOf } from '../standards/python-versions.js'
import { parseSpecifiers } from '../standards/specifier.js'
import { compareDotted } from '../text/dotted.js'
import { libraryStem } from '../views/sboms.js'
import { compareCodeUnits } from '../wording.js'
import { compareRequirements } from './compare-requirements.js'
import type {
  BeforeAfter,
  Difference,
  FieldChange,
  FileEntry,
  FolderEntry,
  ListChange,
  NamedLibrary,
  Sets,
  Side,
} from './difference.js'
import { parentsOf } from './folders.js'
import { matchFiles, type Pair } from './match.js'
import type { ShownDistribution, ShownFile } from './shown.js'

/** What differs between two files. */
export function compare(before: ShownDistribution, after: ShownDistribution): Difference {
  const files = filesBetween(before, after)
  const sameKind = before.kind === after.kind
  const parts = {
    metadata: metadataBetween(before, after),
    requirements: compareRequirements(before.requirements, after.requirements),
    tags: tagsBetween(before, after),
    entryPoints: entryPointsBetween(before, after),
    modules: sameKind ? sets(before.derived.modules, after.derived.modules) : NOTHING,
    files,
    libraries: sameKind ? librariesBetween(before, after) : { ...NOTHING, changed: [] },
    symbols: sameKind ? symbolsBetween(before, after) : [],
    licenses: sets(licenseIds(before), licenseIds(after)),
    components: sameKind ? componentsBetween(before, after) : { ...NOTHING, changed: [] },
  }
  const [a, b] = [before.file.digests.sha256, after.file.digests.sha256]
  return {
    old: sideOf(before),
    new: sideOf(after),
    identical: a !== undefined && a === b,
    different: isDifferent(parts) || before.kind !== after.kind,
    ...parts,
  }
}

const NOTHING: Sets<never> = { added: [], removed: [] }

function isDifferent({
  metadata,
  requirements,
  tags,
  entryPoints,
  files,
  ...rest
}: Omit<Difference, 'old' | 'new' | 'identical' | 'different'>): boolean {
  const lists = [
    metadata.fields,
    metadata.lists,
    ...[requirements, entryPoints, files, rest.libraries, rest.components].flatMap(one => [
      one.added,
      one.removed,
      one.changed,
    ]),
    files.renamed,
    ...[rest.modules, rest.licenses].flatMap(one => [one.added, one.removed]),
    rest.symbols,
  ]
  return (
    metadata.description || metadata.python !== undefined || tags !== undefined || lists.some(list => list.length > 0)
  )
}

const sideOf = ({ path, filename, kind, project, version, file, weight, problems }: ShownDistribution): Side => ({
  path,
  filename,
  kind,
  project,
  version,
  size: file.size,
  unpacked: weight.total,
  debug: weight.debug.size,
  files: weight.files,
  problems,
})

/** What only one of two lists has, sorted. */
function sets(before: Iterable<string>, after: Iterable<string>): Sets {
  const [olds, news] = [new Set(before), new Set(after)]
  return {
    added: [...news].filter(one => !olds.has(one)).sort(compareCodeUnits),
    removed: [...olds].filter(one => !news.has(one)).sort(compareCodeUnits),
  }
}

/** Told elsewhere, or not by the metadata. */
const ELSEWHERE = new Set(['requires_dist', 'requires_python', 'description', 'dynamic', 'keywords'])

const FIELDS = new Map(CORE_FIELDS.map(({ name }) => [name.toLowerCase().replaceAll('-', '_'), name]))

function metadataBetween(before: ShownDistribution, after: ShownDistribution): Difference['metadata'] {
  const [olds, news] = [before.dist_info.metadata ?? {}, after.dist_info.metadata ?? {}]
  const fields: FieldChange[] = []
  const lists: ListChange[] = []
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort(compareCodeUnits)
  for (const key of keys) {
    if (ELSEWHERE.has(key)) continue
    const field = FIELDS.get(key) ?? key
    const [a, b] = [own(olds, key), own(news, key)]
    if (key === 'license_expression') {
      const [old, now] = [first(a), first(b)]
      if ((old && licenseKey(old)) !== (now && licenseKey(now))) fields.push({ field, old, new: now })
    } else if (Array.isArray(a) || Array.isArray(b)) {
      const change = sets(texts(a), texts(b))
      if (change.added.length + change.removed.length > 0) lists.push({ field, ...change })
    } else {
      const [old, now] = [single(a), single(b)]
      if (oneLine(old) !== oneLine(now)) fields.push({ field, old, new: now })
    }
  }
  const keywords = sets(before.derived.keywords, after.derived.keywords)
  if (keywords.added.length + keywords.removed.length > 0) lists.push({ field: 'Keywords', ...keywords })
  return {
    fields,
    lists,
    python: pythonBetween(single(own(olds, 'requires_python')), single(own(news, 'requires_python'))),
    description: prose(before) !== prose(after),
  }
}

const own = (table: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(table, key) ? table[key] : undefined
const single = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const first = (value: unknown): string | null => (Array.isArray(value) ? single(value[0]) : single(value))
const oneLine = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim()

/** Entries of a list as texts; a link is its label and its address. */
function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.map((entry: unknown) => {
    if (typeof entry === 'string') return entry.trim()
    const { label, url } = entry as { readonly label: string | null; readonly url: string }
    return label === null ? url : `${label}, ${url}`
  })
}

/** Line ends and whitespace at the end say nothing. */
const prose = ({ description }: ShownDistribution): string =>
  (description?.text ?? '')
    .split(/\r\n|\r|\n/)
    .map(line => line.trimEnd())
    .join('\n')
    .trim()

function pythonBetween(old: string | null, now: string | null): Difference['metadata']['python'] {
  const set = (text: string | null) => (text === null ? undefined : attempt(parseSpecifiers, text))
  const [a, b] = [set(old), set(now)]
  const any = attempt(parseSpecifiers, '')
  if ((old !== null && !a) || (now !== null && !b) || !any)
    return oneLine(old) === oneLine(now) ? undefined : { old, new: now, admitted: [], excluded: [] }
  if (samePythons(a ?? any, b ?? any)) return undefined
  const { added, removed } = sets(pythonsOf(a), pythonsOf(b))
  return { old, new: now, admitted: byVersion(added), excluded: byVersion(removed) }
}

/** `2.7`, `3.9`, `3.10` */
const byVersion = (versions: readonly string[]): readonly string[] => [...versions].sort(compareDotted)

function tagsBetween(before: ShownDistribution, after: ShownDistribution): Difference['tags'] {
  if (!before.tags || !after.tags) return undefined
  const all = ({ pyver, abi, arch }: ShownDistribution) => [...pyver, ...abi, ...arch]
  const change = sets(all(before), all(after))
  if (change.added.length + change.removed.length === 0) return undefined
  return { old: before.tags.meaning, new: after.tags.meaning, ...change }
}

function entryPointsBetween(before: ShownDistribution, after: ShownDistribution): Difference['entryPoints'] {
  const table = ({ entryPoints }: ShownDistribution) =>
    new Map(entryPoints.map(({ group, name, target }) => [`${group}: ${name}`, oneLine(target)]))
  const { added, removed, changed } = tables(table(before), table(after))
  const named = (list: readonly (readonly [string, string])[]) => list.map(([name, target]) => ({ name, target }))
  return { added: named(added), removed: named(removed), changed }
}

/** What two tables have differently, by key. */
function tables(olds: ReadonlyMap<string, string>, news: ReadonlyMap<string, string>) {
  const only = (these: ReadonlyMap<string, string>, those: ReadonlyMap<string, string>) =>
    [...these].filter(([key]) => !those.has(key)).sort(([a], [b]) => compareCodeUnits(a, b))
  const changed = [...olds].flatMap(([name, old]): (BeforeAfter & { readonly name: string })[] => {
    const now = news.get(name)
    return now === undefined || now === old ? [] : [{ name, old, new: now }]
  })
  return {
    added: only(news, olds),
    removed: only(olds, news),
    changed: changed.sort((a, b) => compareCodeUnits(a.name, b.name)),
  }
}

const entryOf = ({ path, size, kind }: ShownFile): FileEntry => ({ path, size, kind })

function filesBetween(before: ShownDistribution, after: ShownDistribution): Difference['files'] {
  const { same, changed, renamed, added, removed } = matchFiles(before, after)
  const byPath = (a: FileEntry, b: FileEntry) => compareCodeUnits(a.path, b.path)
  const changes = (pairs: readonly Pair[]) =>
    pairs
      .map(pair => ({ old: entryOf(pair.old), new: entryOf(pair.new) }))
      .sort((a, b) => byPath(a.new, b.new) || byPath(a.old, b.old))
  return {
    added: added.map(entryOf).sort(byPath),
    removed: removed.map(entryOf).sort(byPath),
    changed: changes(changed),
    renamed: changes(renamed),
    same: same.length,
    folders: { added: foldersOf(added, after.files), removed: foldersOf(removed, before.files) },
  }
}

/** The outermost folders of which no file but several of `alone` are among `all`. */
function foldersOf(alone: readonly ShownFile[], all: readonly ShownFile[]): readonly FolderEntry[] {
  const inside = new Map<string, number>()
  for (const { path, type } of all)
    if (type !== 'directory') for (const folder of parentsOf(path)) inside.set(folder, (inside.get(folder) ?? 0) + 1)
  const found = new Map<string, { files: number; size: number }>()
  for (const { path, size } of alone)
    for (const folder of parentsOf(path)) {
      const sum = found.get(folder) ?? { files: 0, size: 0 }
      sum.files++
      sum.size += size
      found.set(folder, sum)
    }
  const isWhole = (folder: string, { files }: { readonly files: number }) => files > 1 && files === inside.get(folder)
  return [...found]
    .filter(([folder, sum]) => isWhole(folder, sum))
    .filter(([folder]) => !parentsOf(folder).some(outer => isWhole(outer, found.get(outer) ?? { files: 0 })))
    .map(([path, sum]) => ({ path, ...sum }))
    .sort((a, b) => compareCodeUnits(a.path, b.path))
}

/** What binaries load, each once: by name without hashes and versions, and where it comes from. */
function loadedBy({ natives }: ShownDistribution): ReadonlyMap<string, NamedLibrary> {
  const all = natives.flatMap(({ libraries }) => libraries)
  const groups = groupBy(all, ({ name }) => libraryStem(name))
  return new Map(
    [...groups].map(([stem, list]) => {
      const [one] = [...list].sort((a, b) => compareCodeUnits(a.name, b.name) || compareCodeUnits(a.from, b.from))
      const { name, from, distribution, version } = one ?? list[0]
      return [
        stem,
        {
          name: basename(name),
          from,
          ...(distribution !== undefined && { distribution }),
          ...(version !== undefined && { version }),
        },
      ]
    }),
  )
}

function librariesBetween(before: ShownDistribution, after: ShownDistribution): Difference['libraries'] {
  const [olds, news] = [loadedBy(before), loadedBy(after)]
  const byName = (a: NamedLibrary, b: NamedLibrary) => compareCodeUnits(a.name, b.name)
  const only = (these: ReadonlyMap<string, NamedLibrary>, those: ReadonlyMap<string, NamedLibrary>) =>
    [...these].flatMap(([stem, one]) => (those.has(stem) ? [] : [one])).sort(byName)
  const changed = [...olds].flatMap(([stem, old]) => {
    const now = news.get(stem)
    return now && saidOf(old) !== saidOf(now) ? [{ old, new: now }] : []
  })
  return {
    added: only(news, olds),
    removed: only(olds, news),
    changed: changed.sort((a, b) => byName(a.new, b.new) || byName(a.old, b.old)),
  }
}

/** A hash in the name is not a change. */
const saidOf = ({ name, from, distribution, version }: NamedLibrary): string =>
  JSON.stringify([name.replace(/-[0-9a-f]{8,64}(?=\.)/, ''), from, distribution, version])

/** The highest version of each kind of symbol, and what the system must have. */
function symbolsBetween(before: ShownDistribution, after: ShownDistribution): Difference['symbols'] {
  const { added, removed, changed } = tables(demandsOf(before), demandsOf(after))
  return [
    ...changed,
    ...added.map(([name, now]) => ({ name, old: null, new: now })),
    ...removed.map(([name, old]) => ({ name, old, new: null })),
  ].sort((a, b) => compareCodeUnits(a.name, b.name))
}

function demandsOf({ natives, platform }: ShownDistribution): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const symbol of natives.flatMap(({ libraries }) => libraries.flatMap(({ symbols }) => symbols ?? []))) {
    const [, prefix, version] = /^(.{1,200}?)_([0-9]+(?:\.[0-9]+)*)$/s.exec(symbol) ?? [symbol, symbol, '']
    if (prefix === undefined || version === undefined) continue
    const known = found.get(prefix)
    if (known === undefined || compareDotted(version, known) > 0) found.set(prefix, version)
  }
  for (const [arch, version] of Object.entries(platform?.minimumOs ?? {})) found.set(`system on ${arch}`, version)
  const lowest = platform?.pythonAbi.abi3Lowest
  if (lowest !== undefined) found.set('stable ABI of Python', lowest)
  return found
}

const licenseIds = ({ licenses }: ShownDistribution): readonly string[] =>
  licenses.files.flatMap(one => one.licenses.map(ids => ids.join(' or ')))

function componentsBetween(before: ShownDistribution, after: ShownDistribution): Difference['components'] {
  const table = ({ sboms }: ShownDistribution) =>
    new Map(sboms.flatMap(({ components }) => components.map(({ name, version }) => [name, version ?? ''] as const)))
  const { added, removed, changed } = tables(table(before), table(after))
  const named = (list: readonly (readonly [string, string])[]) => list.map(one => one.join(' ').trim())
  return { added: named(added), removed: named(removed), changed }
}
