import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { Draft, Place, Related } from '../finding.js'
import { groupBy } from '../group-by.js'
import { nameOf, within } from '../place.js'
import { list, plural, quote } from '../wording.js'
import type { Difference, Item, Verdict } from './items.js'

/** A difference that one file shows. */
export interface Case<T extends FieldDifference = FieldDifference> {
  readonly target: Sdist | Wheel
  readonly difference: T
}

export interface FieldDifference extends Difference {
  readonly field: string
  readonly note?: string
}

/** The same difference in several files is one finding. */
export interface SharedCase<T extends FieldDifference> {
  readonly difference: T
  readonly cases: readonly Case<T>[]
}

export function sharedCases<T extends FieldDifference>(cases: Iterable<Case<T>>): readonly SharedCase<T>[] {
  const keys = (items: readonly Item[]) => items.map(({ key }) => key).join('\u0001')
  const groups = groupBy(cases, ({ difference: { field, verdict, given, found, note = '' } }) =>
    [field, verdict, keys(given), keys(found), note].join('\u0002'),
  )
  return Array.from(groups.values(), group => ({ difference: group[0].difference, cases: group }))
}

/** Other files that a finding lists. */
const MOST_OTHERS = 10

export interface Saying {
  /** Where the given entries are: `project.dependencies`, `Requires-Dist of PKG-INFO`. */
  readonly said: string
  readonly sdist: Sdist
  /** A sentence more, at the end. */
  readonly ending?: string
  /** The key or line of the given side, where no entry has a place. */
  readonly place?: Place | undefined
  /** More places to mend. */
  readonly also?: readonly Related[]
}

/** A finding that names both files, lines and values; it stands in the file that says other than was given. */
export function toDraft<T extends FieldDifference>({ difference, cases }: SharedCase<T>, saying: Saying): Draft {
  const [first, ...others] = cases
  if (!first) throw new Error('a shared case has at least one file')
  const { target } = first
  const { field, given, found } = difference
  const where = `${field === 'entry-points' ? 'entry_points.txt' : field} of ${fileText(target)}`
  const more =
    others.length === 0
      ? ''
      : ` ${plural(others.length, 'other file')} ${others.length === 1 ? 'says' : 'say'} the same.`
  const ending = saying.ending === undefined ? '' : ` ${saying.ending}`
  const places =
    given.length > 0 ? given.map(item => ({ at: itemPlace(item), text: item.text })) : [{ at: saying.place, text: '' }]
  const related: Related[] = places.flatMap(({ at, text }) =>
    at
      ? [
          {
            ...at,
            path: saying.sdist.path,
            message: text === '' ? `${saying.said}.` : `${saying.said} has ${quote(text)}.`,
          },
        ]
      : [],
  )
  for (const { target: other, difference: same } of others.slice(0, MOST_OTHERS))
    related.push({ ...placeIn(other, same), path: other.path, message: `${other.filename} says the same.` })
  return {
    path: target.path,
    at: placeIn(target, difference),
    message: `${sentence(difference, saying.said, where)}${ending}${more}`,
    related: [...related, ...(saying.also ?? [])],
    subject: [field, difference.verdict, given[0]?.name ?? found[0]?.name ?? ''].join(' '),
  }
}

const fileText = (target: Sdist | Wheel) => (target.kind === 'sdist' ? 'PKG-INFO' : target.filename)

/** The entry found; else the line of the field, or of the file, where it is missed. */
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

/** An entry in its line; the whole line's value where it is written in other words. */
export function itemPlace({ at, text }: Item): Place {
  const { member, line, column, field, value, mark } = within(at, text)
  return { member, line, column, field, value, mark: mark ?? value }
}

function sentence({ verdict, given, found, field, note }: FieldDifference, said: string, where: string): string {
  const [a, b] = [list(given.map(shown)), list(found.map(shown))]
  const about = note === undefined || field === 'Description' ? '' : `, ${note}`
  if (field === 'Description' && (verdict === 'changed' || verdict === 'lost'))
    return `The description of ${where.replace('Description of ', '')} is not the text of ${a}${note ? `; ${note}` : ''}.`
  const wordings: Readonly<Record<Verdict, string>> = {
    lost: `${said} has ${a}${about}, which ${where} lacks.`,
    changed: `${said} has ${a}${about}, but ${where} has ${b} instead.`,
    tightened: `${said} has ${a}${about}, but ${where} has the tighter ${b} instead; what is given must stay as it is, beside what is added.`,
    merged: `${said} has ${a}${about}, which ${where} merges into ${b}; entries that are given stay apart.`,
    once: `${said} has ${a}${about} more often than ${where}; a repeated entry must stay, too.`,
    reordered: `${where} has ${b} where ${said} has ${a}${about}: the order is another.`,
    respelled: `${said} has ${a}${about}, which ${where} writes as ${b}: the same, but in other words.`,
    added: `${where} has ${b}${about}, which ${said} lacks.`,
    inserted: `${where} has ${b}${about} before ${a} of ${said}.`,
  }
  return wordings[verdict]
}

function shown({ text, at }: Item): string {
  const file = at.member?.slice(at.member.lastIndexOf('/') + 1)
  return `${quote(text.trim())}${at.line === undefined ? '' : ` (line ${at.line}${file === undefined ? '' : ` of ${file}`})`}`
}
