import { groupBy } from '../group-by.js'
import type {
  BeforeAfter,
  Comparison,
  Difference,
  FileChange,
  FileEntry,
  FolderEntry,
  NamedLibrary,
  RequirementChange,
  Side,
} from '../show/difference.js'
import { parentsOf } from '../show/folders.js'
import { list, plural, sizeText, some, thousands } from '../wording.js'
import { ORIGIN_WORDS } from './native-words.js'

/** `+` is new, `-` is gone, `~` is changed, and a blank says how it is. */
export interface DifferenceRow {
  readonly sign: '+' | '-' | '~' | ' '
  readonly text: string
  /** Said in a column at the right. */
  readonly aside?: string | undefined
}

export interface DifferenceSection {
  readonly title: string
  readonly rows: readonly DifferenceRow[]
}

/** `demo 1.0 → 1.1`, `demo 1.0: sdist → wheel`, or what the two files are called. */
export function titleOf({ old, new: now }: Difference): string {
  if (now.project === null || old.project !== now.project) return `${old.filename} → ${now.filename}`
  const said = ({ version }: Side) => version ?? '?'
  if (old.version === now.version)
    return `${now.project} ${said(now)}${old.kind === now.kind ? '' : `: ${old.kind} → ${now.kind}`}`
  return old.kind === now.kind
    ? `${now.project} ${said(old)} → ${said(now)}`
    : `${now.project} ${said(old)} (${old.kind}) → ${said(now)} (${now.kind})`
}

/** `No differences.`, or what else the result is in a sentence. */
export function verdictOf({ identical, different }: Difference): string {
  if (identical) return 'The files are identical.'
  return different ? '' : 'No differences in what the files contain.'
}

/**
 * What differs, part by part; a part in which nothing does is left out. A folder that only one of the two has is one row,
 * unless `everyFile` is asked for.
 */
export function sectionsOf(difference: Difference, everyFile = false): readonly DifferenceSection[] {
  const { metadata, requirements, tags, entryPoints, modules, libraries, symbols, licenses, components, files } =
    difference
  const sections: readonly (readonly [string, readonly DifferenceRow[]])[] = [
    ['Problems', problemRows(difference)],
    ['Size', sizeRows(difference)],
    ['Metadata', metadataRows(metadata)],
    ['Requirements', requirementRows(requirements)],
    [
      'Tags',
      tags
        ? [
            ...(tags.old === tags.new ? [] : [row('~', `${tags.old} → ${tags.new}`)]),
            ...pair('-', tags.removed),
            ...pair('+', tags.added),
          ]
        : [],
    ],
    [
      'Entry points',
      [
        ...entryPoints.removed.map(({ name, target }) => row('-', `${name} = ${target}`)),
        ...entryPoints.added.map(({ name, target }) => row('+', `${name} = ${target}`)),
        ...entryPoints.changed.map(one => row('~', `${one.name} = ${arrow(one)}`)),
      ],
    ],
    ['Modules', [...pair('-', modules.removed), ...pair('+', modules.added)]],
    [
      'Libraries',
      [
        ...libraries.removed.map(one => row('-', libraryText(one))),
        ...libraries.added.map(one => row('+', libraryText(one))),
        ...libraries.changed.map(one => row('~', `${libraryText(one.old)} → ${libraryText(one.new)}`)),
      ],
    ],
    ['Required of the system', symbols.map(one => row('~', `${one.name}: ${arrow(one)}`))],
    ['License texts', [...pair('-', licenses.removed), ...pair('+', licenses.added)]],
    [
      'SBOM components',
      [
        ...pair('-', components.removed),
        ...pair('+', components.added),
        ...components.changed.map(one => row('~', `${one.name}: ${arrow(one)}`)),
      ],
    ],
    ['Files', fileRows(files, everyFile)],
  ]
  return sections.flatMap(([title, rows]) => (rows.length > 0 ? [{ title, rows }] : []))
}

const row = (sign: DifferenceRow['sign'], text: string, aside?: string): DifferenceRow => ({
  sign,
  text,
  ...(aside !== undefined && { aside }),
})

/** Many names in one row. */
const pair = (sign: '+' | '-', names: readonly string[]): readonly DifferenceRow[] =>
  names.length === 0 ? [] : [row(sign, some(names, 10))]

/** The longest value of a field that is shown as a whole. */
const LONGEST = 200

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  const points = [...line.slice(0, LONGEST * 4)]
  return points.length > LONGEST ? `${points.slice(0, LONGEST).join('')}…` : line
}

const arrow = ({ old, new: now }: BeforeAfter): string =>
  `${shortened(old ?? '(none)')} → ${shortened(now ?? '(none)')}`

const withExtra = (text: string, extra: string | undefined): string =>
  extra === undefined || text.includes('extra') ? shortened(text) : `${shortened(text)} (extra ${extra})`

/** Those that everyone needs come before those of extras. */
function requirementRows({ added, removed, changed }: Difference['requirements']): readonly DifferenceRow[] {
  const rows = (isWanted: (one: { readonly extra?: string | undefined }) => boolean) => [
    ...removed.filter(isWanted).map(one => row('-', withExtra(one.text, one.extra))),
    ...added.filter(isWanted).map(one => row('+', withExtra(one.text, one.extra))),
    ...changed.filter(isWanted).map(requirementRow),
  ]
  return [...rows(({ extra }) => extra === undefined), ...rows(({ extra }) => extra !== undefined)]
}

function problemRows(difference: Difference): readonly DifferenceRow[] {
  const of = ({ problems, filename }: Side) =>
    problems.length === 0
      ? []
      : [row(' ', `${filename} has ${plural(problems.length, 'problem')}: ${problems[0]?.message ?? ''}`)]
  return [...of(difference.old), ...of(difference.new)]
}

const MINUS = '−'

/** `1.2 kB → 1.4 kB (+0.2 kB, +17%)` */
function sizeChange(old: number, now: number): string {
  const more = now - old
  const sign = more < 0 ? MINUS : '+'
  const share = old > 0 ? `, ${sign}${Math.round((Math.abs(more) / old) * 100)}%` : ''
  return `${sizeText(old)} → ${sizeText(now)} (${sign}${sizeText(Math.abs(more))}${share})`
}

function sizeRows({ old, new: now }: Difference): readonly DifferenceRow[] {
  const sized = (label: string, a: number, b: number) => (a === b ? [] : [row(' ', `${label} ${sizeChange(a, b)}`)])
  return [
    ...sized('file', old.size, now.size),
    ...sized('unpacked', old.unpacked, now.unpacked),
    ...sized('debug data', old.debug, now.debug),
    ...(old.files === now.files ? [] : [row(' ', `${thousands(old.files)} → ${plural(now.files, 'file')}`)]),
  ]
}

function metadataRows({ fields, lists, python, description }: Difference['metadata']): readonly DifferenceRow[] {
  return [
    // The title says the version.
    ...fields
      .filter(({ field }) => field !== 'Version')
      .map(change =>
        change.old === null
          ? row('+', `${change.field}: ${shortened(change.new ?? '')}`)
          : change.new === null
            ? row('-', `${change.field}: ${shortened(change.old)}`)
            : row('~', `${change.field}: ${arrow(change)}`),
      ),
    ...(python ? [row('~', `Requires-Python: ${arrow(python)}${effect(python)}`)] : []),
    ...lists.flatMap(({ field, added, removed }) => [
      ...removed.map(text => row('-', `${field}: ${shortened(text)}`)),
      ...added.map(text => row('+', `${field}: ${shortened(text)}`)),
    ]),
    ...(description ? [row('~', 'Description')] : []),
  ]
}

/** ` (now admits 3.15; no longer admits 3.8)` */
function effect({ admitted, excluded }: Pick<RequirementChange, 'admitted' | 'excluded'>): string {
  const parts = [
    ...(admitted.length > 0 ? [`now admits ${list(admitted)}`] : []),
    ...(excluded.length > 0 ? [`no longer admits ${list(excluded)}`] : []),
  ]
  return parts.length > 0 ? ` (${parts.join('; ')})` : ''
}

const requirementRow = (change: RequirementChange): DifferenceRow =>
  row('~', `${arrow(change)}${effect(change)}${change.extra === undefined ? '' : ` (extra ${change.extra})`}`)

function libraryText({ name, from, distribution, version }: NamedLibrary): string {
  const place = from === 'distribution' ? `from ${distribution ?? ''}` : ORIGIN_WORDS[from]
  return `${name} (${version === undefined ? place : `${version}, ${place}`})`
}

/** Files that change with every build: they are told last, and only with nothing else in a summary. */
const isDerived = ({ path }: FileEntry): boolean => /\.(?:dist|egg)-info\/(?!licenses\/)|(?:^|\/)PKG-INFO$/.test(path)

function fileRows(
  { added, removed, changed, renamed, same, folders }: Difference['files'],
  everyFile: boolean,
): readonly DifferenceRow[] {
  const counts = [
    [added.length, 'added'],
    [removed.length, 'removed'],
    [renamed.length, 'renamed'],
    [changed.length, 'changed'],
  ] as const
  const said = counts.filter(([count]) => count > 0).map(([count, what]) => `${thousands(count)} ${what}`)
  if (said.length === 0) return []
  const own = [...changed.filter(one => !isDerived(one.new)), ...changed.filter(one => isDerived(one.new))]
  return [
    row(' ', `${list(said)}, ${thousands(same)} unchanged`),
    ...loneRows('-', removed, everyFile ? [] : folders.removed),
    ...loneRows('+', added, everyFile ? [] : folders.added),
    ...renamed.map(one => row('~', `${one.old.path} → ${one.new.path}`, sizeText(one.new.size))),
    ...own.map(one => row('~', one.new.path, changeText(one))),
  ]
}

/** Folders come before the files that are in none of them. */
function loneRows(
  sign: '+' | '-',
  files: readonly FileEntry[],
  folders: readonly FolderEntry[],
): readonly DifferenceRow[] {
  const whole = new Set(folders.map(({ path }) => path))
  return [
    ...folders.map(one => row(sign, one.path, `${plural(one.files, 'file')}, ${sizeText(one.size)}`)),
    ...files
      .filter(({ path }) => !parentsOf(path).some(folder => whole.has(folder)))
      .map(({ path, size }) => row(sign, path, sizeText(size))),
  ]
}

function changeText({ old, new: now }: FileChange): string {
  const more = now.size - old.size
  return more === 0 ? sizeText(now.size) : `${more < 0 ? MINUS : '+'}${sizeText(Math.abs(more))}`
}

/** Files that no other is compared with, under titles. */
export function loneSections({ added, removed, unread }: Comparison): readonly DifferenceSection[] {
  return [
    {
      title: 'Only in one of the two',
      rows: [
        ...removed.map(({ filename, size }) => row('-', filename, sizeText(size))),
        ...added.map(({ filename, size }) => row('+', filename, sizeText(size))),
      ],
    },
    { title: 'Not compared', rows: unread.map(({ path, message }) => row(' ', `${path}: ${message}`)) },
  ].filter(({ rows }) => rows.length > 0)
}

/** As many rows as there is room for: of each sign the first ones, in turn, so that none hides another. */
export function firstRows(rows: readonly DifferenceRow[], most: number): readonly DifferenceRow[] {
  if (rows.length <= most) return rows
  const groups = [...groupBy(rows, ({ sign }) => sign).values()]
  const taken = new Set<DifferenceRow>()
  for (let at = 0; taken.size < most; at++)
    for (const group of groups) {
      const one = group[at]
      if (one && taken.size < most) taken.add(one)
    }
  return rows.filter(one => taken.has(one))
}

/** The texts that differ, of all files. */
export const diffsOf = ({ files }: Difference): readonly string[] => files.changed.flatMap(({ diff }) => diff ?? [])
