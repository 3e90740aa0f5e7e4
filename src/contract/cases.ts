import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { Draft, Place, Related } from '../finding.js'
import { groupBy } from '../group-by.js'
import { nameOf, within } from '../place.js'
import { plural, quote, some } from '../wording.js'
import type { Difference, Item, Verdict } from './items.js'

/** A difference that one file shows. */
export interface Case<T extends FieldDifference = FieldDifference> {
  readonly target: Sdist | Wheel
  readonly difference: T
}

export interface FieldDifference extends Difference {
  readonly field: string
  readonly note?: string
  /** It changes nothing wherever the file can be installed. */
  readonly moot?: boolean
}

/** Differences of one kind that a file shows, and others after it: one finding. */
export interface SharedCase<T extends FieldDifference> {
  readonly differences: readonly [T, ...T[]]
  readonly targets: readonly [Sdist | Wheel, ...(Sdist | Wheel)[]]
  /** One of them as each file shows it, with its own lines. */
  readonly shownBy: ReadonlyMap<Sdist | Wheel, T>
  /** Each of the files shows all of them. */
  readonly same: boolean
}

/** Differences that start with the same file, grouped by what `kindOf` considers one cause; those of no kind are omitted. */
export function sharedCases<T extends FieldDifference>(
  cases: Iterable<Case<T>>,
  kindOf: (difference: T, target: Sdist | Wheel) => string | undefined,
): readonly SharedCase<T>[] {
  const keys = (items: readonly Item[]) => items.map(({ key }) => key).join('\u0001')
  const equal = groupBy(cases, ({ difference, target }) => {
    const { field, verdict, given, found, note = '' } = difference
    const kind = kindOf(difference, target)
    return kind && [kind, field, verdict, keys(given), keys(found), note].join('\u0002')
  })
  equal.delete(undefined)
  const joined = groupBy(equal.values(), ([{ difference, target }]) =>
    [kindOf(difference, target), target.path].join('\u0002'),
  )
  return Array.from(joined.values(), groups => {
    const [first] = groups[0]
    const targets = new Set(groups.flatMap(group => group.map(({ target }) => target)))
    targets.delete(first.target)
    return {
      differences: mapped(groups, group => group[0].difference),
      targets: [first.target, ...targets],
      shownBy: new Map(groups.toReversed().flatMap(group => group.map(one => [one.target, one.difference] as const))),
      same: groups.every(({ length }) => length === targets.size + 1),
    }
  })
}

const mapped = <A, B>([first, ...more]: readonly [A, ...A[]], of: (one: A) => B): readonly [B, ...B[]] => [
  of(first),
  ...more.map(of),
]

/** Other files that a finding lists. */
const MOST_OTHERS = 10
/** Differences whose entries it lists. */
const MOST_PLACES = 3
/** Entries that a sentence names, and sentences. */
const MOST_NAMED = 10
const MOST_SENTENCES = 4

export interface Saying {
  /** Where the given entries of a difference are: `project.dependencies`, `Requires-Dist of PKG-INFO`. */
  readonly said: (difference: FieldDifference) => string
  readonly sdist: Sdist
  /** A sentence more, at the end. */
  readonly ending?: string | undefined
  readonly help?: string | undefined
  /** The key or line of the given side, where no entry has a place. */
  readonly place?: Place | undefined
  /** More places to fix. */
  readonly also?: readonly Related[]
}

/** A finding that names both files, lines and values; its place is in the file that differs from what was declared. */
export function toDraft<T extends FieldDifference>(
  { differences, targets, shownBy, same }: SharedCase<T>,
  saying: Saying,
): Draft {
  const [first, ...rest] = differences
  const [target, ...others] = targets
  const { field, given, found } = first
  const more =
    others.length === 0
      ? ''
      : ` ${plural(others.length, 'other file')} ${others.length === 1 ? 'has' : 'have'} ${same ? 'the same' : 'some of the same'} differences.`
  const ending = saying.ending === undefined ? '' : ` ${saying.ending}`
  const related: Related[] = []
  for (const difference of differences.slice(0, MOST_PLACES)) {
    const said = saying.said(difference)
    for (const item of difference.given)
      related.push({ ...itemPlace(item), path: saying.sdist.path, message: `${said}: ${quote(item.text)}` })
  }
  if (related.length === 0 && saying.place)
    related.push({ ...saying.place, path: saying.sdist.path, message: `${saying.said(first)}.` })
  for (const difference of rest.slice(0, MOST_PLACES))
    if (difference.found.length > 0)
      related.push({ ...placeIn(target, difference), path: target.path, message: `${fieldText(difference)}` })
  for (const other of others.slice(0, MOST_OTHERS))
    related.push({
      ...placeIn(other, shownBy.get(other) ?? first),
      path: other.path,
      message: `${other.filename} has ${same ? 'the same' : 'some of the same'} differences.`,
    })
  return {
    path: target.path,
    at: placeIn(target, first),
    message: `${sentences(differences, target, saying)}${ending}${more}`,
    related: [...related, ...(saying.also ?? [])],
    subject: [field, first.verdict, given[0]?.name ?? found[0]?.name ?? ''].join(' '),
    ...(saying.help !== undefined && { help: saying.help }),
  }
}

const fieldText = ({ field }: FieldDifference) => (field === 'entry-points' ? 'entry_points.txt' : field)

/** A sentence for all differences of a verdict in a field. */
function sentences(differences: readonly FieldDifference[], target: Sdist | Wheel, { said }: Saying): string {
  const groups = [
    ...groupBy(differences, one => [one.verdict, one.field, one.note ?? '', said(one)].join('\0')).values(),
  ]
  const told = groups.slice(0, MOST_SENTENCES).map(group => {
    const [first] = group
    const joined = {
      ...first,
      // What was inserted before one entry names that entry once.
      given: [...new Map(group.flatMap(({ given }) => given).map(one => [shown(one), one])).values()],
      found: group.flatMap(({ found }) => found),
    }
    return sentence(joined, said(first), `${fieldText(first)} of ${fileText(target)}`)
  })
  const rest = groups.slice(MOST_SENTENCES).reduce((sum, group) => sum + group.length, 0)
  if (rest > 0) told.push(`${plural(rest, 'more difference')} of this kind ${rest === 1 ? 'is' : 'are'} not listed.`)
  return told.join(' ')
}

const fileText = (target: Sdist | Wheel) => (target.kind === 'sdist' ? 'PKG-INFO' : target.filename)

/** The entry found, or else the line of the field, or of the file, where it is missing. */
function placeIn(target: Sdist | Wheel, { field, given, found }: FieldDifference): Place {
  const [item] = found
  const value = item?.text ?? given[0]?.text
  if (item) return { ...itemPlace(item), field, value }
  if (field === 'entry-points') {
    const written = target.entryPoints
    const group = written?.groups.find(({ name }) => given[0]?.name.startsWith(`${name}\0`))
    return {
      member: written?.member,
      ...(group ? { line: group.line, column: group.column, mark: group.name } : { line: written && 1 }),
      field,
      value,
    }
  }
  const { metadata } = target
  const last = metadata?.all(field).at(-1)
  return { ...(last ? nameOf(last) : { member: metadata?.member, line: metadata && 1 }), field, value }
}

/** An entry in its line; the value of the whole line if it is spelled differently. */
export function itemPlace({ at, text }: Item): Place {
  const { member, line, column, field, value, mark } = within(at, text)
  return { member, line, column, field, value, mark: mark ?? value }
}

function sentence({ verdict, given, found, field, note }: FieldDifference, said: string, where: string): string {
  const a = some(given.map(shown), MOST_NAMED)
  const b = some(found.map(shown), MOST_NAMED)
  const about = note === undefined || field === 'Description' ? '' : `, ${note}`
  if (field === 'Description' && (verdict === 'changed' || verdict === 'lost'))
    return `The description of ${where.replace('Description of ', '')} differs from the text of ${a}${note ? `; ${note}` : ''}.`
  if (field === 'Description' && verdict === 'added')
    return `${where.replace('Description of ', '')} has a description, but ${said.replace('Description of ', '')} does not.`
  const wordings: Readonly<Record<Verdict, string>> = {
    lost: `${said} has ${a}${about}, but ${where} does not.`,
    changed: `${said} has ${a}${about}, but ${where} has ${b} instead.`,
    tightened: `${said} has ${a}${about}, but ${where} has the stricter ${b} instead. Static entries must stay unchanged; others may be added.`,
    merged: `${said} has ${a}${about}, which ${where} merges into ${b}; static entries must stay separate.`,
    reordered: `${where} has ${b} where ${said} has ${a}${about}: the order differs.`,
    respelled: `${said} has ${a}${about}, which ${where} spells ${b}; the meaning is the same.`,
    added: `${where} has ${b}${about}, but ${said} does not.`,
    inserted: `${where} has ${b}${about} before ${a} from ${said}.`,
  }
  return wordings[verdict]
}

/** An entry without its line, which the places tell. */
const shown = ({ text }: Item): string => quote(text.trim())
