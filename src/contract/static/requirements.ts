import type { Metadata } from '../../distribution/metadata.js'
import { canonicalName, isName } from '../../standards/name.js'
import { entries, texts } from '../../views/pyproject.js'
import { coreItems, requirementLines } from '../core-items.js'
import type { Item } from '../items.js'
import { itemsOfExtra, parsedLines, type Written } from '../requirement-items.js'
import type { Reading, Slot } from './slot.js'

export function* dependencyList({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const given = texts(project[key]).map(([index, text]) => ({ text, at: pyproject.place('project', key, index) }))
  yield requirementSlot(given, '', metadata)
}

function requirementSlot(given: readonly Written[], extra: string, metadata: Metadata): Slot {
  const wanted = parsedLines(given).map(line => ({ ...line, extras: [extra] }))
  const built = requirementLines(metadata).get(extra) ?? []
  // An invalid requirement has its own rule, whatever a backend made of it.
  const invalid = new Set(wanted.filter(({ requirement }) => !requirement).map(({ text }) => leadingName(text)))
  return {
    field: 'Requires-Dist',
    ordered: true,
    given: itemsOfExtra(
      wanted.filter(({ requirement }) => requirement),
      extra,
    ),
    found: itemsOfExtra(built, extra).filter(({ name, text }) => !invalid.has(name) && !invalid.has(leadingName(text))),
    ...(extra !== '' && { note: `extra ${extra}` }),
  }
}

const leadingName = (text: string) =>
  canonicalName(/^[\s]*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(text.slice(0, 500))?.[1] ?? '')

export function* optional({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const all = entries(project[key])
  // So has an invalid name of an extra.
  const table = all.filter(([extra]) => isName(extra))
  const invalid = new Set(all.flatMap(([extra]) => (isName(extra) ? [] : [bareName(extra)])))
  const given = table.map(([extra]): Item => {
    const name = canonicalName(extra)
    return { key: name, text: extra, at: pyproject.keyPlace('project', key, extra), name }
  })
  yield {
    field: 'Provides-Extra',
    ordered: false,
    given,
    found: coreItems(metadata, 'Provides-Extra').filter(({ text }) => !invalid.has(bareName(text))),
  }
  const lists = new Map<string, Written[]>()
  for (const [extra, items] of table) {
    const written = texts(items).map(([index, text]) => ({ text, at: pyproject.place('project', key, extra, index) }))
    lists.set(canonicalName(extra), [...(lists.get(canonicalName(extra)) ?? []), ...written])
  }
  const own = canonicalName(typeof project.name === 'string' ? project.name : '')
  for (const extra of lists.keys()) {
    const slot = requirementSlot(lists.get(extra) ?? [], extra, metadata)
    const kept = slot.found.some(({ name }) => name === own)
    // hatchling replaces the project's own extras with their requirements.
    yield kept || !slot.given.some(({ name }) => name === own)
      ? slot
      : requirementSlot(withoutSelf(lists, extra, own), extra, metadata)
  }
}

/** The same for what backends make of a name that is not valid. */
const bareName = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '')

/** Own extras that are replaced by their requirements; no project has more. */
const MOST_OWN = 100

/** The requirements of an extra, with the project's own extras replaced by their requirements. */
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
