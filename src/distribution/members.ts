import type { Member } from '../archive/archive.js'
import type { Members } from './distribution.js'

export function membersOf(list: readonly Member[]): Members {
  const byPath = new Map(list.map(member => [member.path, member]))
  return {
    list,
    files: list.filter(member => member.type === 'file'),
    get: path => byPath.get(path),
    has: path => byPath.has(path),
    [Symbol.iterator]: () => list[Symbol.iterator](),
  }
}

/** `.data/platlib` and `.data/purelib` are unpacked over the wheel's root. */
export function installedPath(path: string): string {
  return path.replace(/^[^/]+\.data\/(?:platlib|purelib)\//, '')
}
