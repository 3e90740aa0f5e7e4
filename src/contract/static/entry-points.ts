import type { EntryPoint } from '../../distribution/entry-points.js'
import type { Place } from '../../finding.js'
import { entries, isTable, type Table } from '../../views/pyproject.js'
import type { Item } from '../items.js'
import type { Reading, Slot } from './slot.js'

const commandGroup = { scripts: 'console_scripts', 'gui-scripts': 'gui_scripts' } as const

export function* entryPoints({ project, pyproject, target }: Reading, key: string): Iterable<Slot> {
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
  const value = target
    .split(/([:[\],])/)
    .map(part => part.trim())
    .join('')
  return { key: `${group}\0${name}\0${value}`, text: `${name} = ${target.trim()}`, at, name: `${group}\0${name}` }
}
