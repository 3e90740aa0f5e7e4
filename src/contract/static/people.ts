import { isTable, type Table } from '../../views/pyproject.js'
import { comparePeople, type Person } from '../people.js'
import type { Reading, Slot } from './slot.js'

const MOST_PEOPLE = 1000

export function* people({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const field = key === 'authors' ? 'Author' : 'Maintainer'
  const given = Array.isArray(project[key])
    ? (project[key] as readonly Table[]).flatMap((entry, index): readonly Person[] => {
        if (!isTable(entry)) return []
        const text = (value: unknown) => (typeof value === 'string' ? value : '')
        const person = { name: text(entry.name), email: text(entry.email), at: pyproject.place('project', key, index) }
        return person.name.trim() === '' && person.email.trim() === '' ? [] : [person]
      })
    : []
  // An invalid address has its own rule, whatever a backend made of it.
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
