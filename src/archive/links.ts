import { beginnings } from '../text/beginnings.js'
import type { Member } from './archive.js'

/** Where a link leads once every link on its way is followed. */
type Reach =
  /** To a member of the tree, or a directory that contains some. */
  | 'inside'
  /** Out of the tree. */
  | 'outside'
  /** To an absolute path, a drive or a network share. */
  | 'absolute'
  /** To a place of the tree where nothing is; for a hard link, no file before it. */
  | 'missing'
  /** Round in circles, or through more links than systems follow. */
  | 'loop'
  /** Nobody knows: the links of the archive took too many steps. */
  | 'unfollowed'

interface LinkFact {
  readonly member: Member
  readonly link: string
  readonly reach: Reach
  /** Path in the archive that it leads to; '' is the archive's root. Absent where it leads elsewhere, or nobody knows. */
  readonly target: string | undefined
}

/** A member whose own path goes through a symbolic link that comes before it. */
interface ThroughLink {
  readonly member: Member
  /** Path of the first link on its way. */
  readonly link: string
  readonly outside: boolean
}

export interface Links {
  readonly links: readonly LinkFact[]
  readonly through: readonly ThroughLink[]
  /** False: the links took too many steps, and what came after was not followed. */
  readonly whole: boolean
}

/** Links that systems follow for one path. */
const MOST_HOPS = 40
/** Steps, weighted by length, that following the links of one archive may take; reached by crafted ones only. */
const BUDGET = 10_000_000
const BUDGET_EACH = 4_000
/** Weight of a step next to the characters it looks at. */
const STEP = 64

/** POSIX roots, drive letters and network shares. */
export const isAbsolute = (path: string): boolean => /^(?:[/\\]|[A-Za-z]:)/.test(path)

interface Walked {
  readonly reach: Exclude<Reach, 'missing'>
  readonly path: string
  /** The first symbolic link on the way. */
  readonly first: string | undefined
}

/**
 * Follows every link as the file system would: a symbolic link's target is relative to its directory, a hard link's to the
 * root of the archive. A link is judged as it is when its turn comes and once more when all links are there, and the worse
 * counts, since installers unpack in order and what they leave is used later. `top` is the directory that installers strip;
 * leaving it is leaving the tree.
 */
export function followLinks(members: readonly Member[], top: string | undefined): Links {
  if (!members.some(isLink)) return { links: [], through: [], whole: true }
  const isKnown = knownPaths(members)
  const symlinks = new Map<string, string>()
  const budget = { left: BUDGET + BUDGET_EACH * members.length }
  const follow = (start: string, text: string) => within(walk(start, text, symlinks, budget), top)
  const through: ThroughLink[] = []
  const early = new Map<Member, Walked>()
  /** Files so far: a hard link needs one of them. */
  const files = new Set<string>()
  const served = new Set<Member>()

  for (const member of members) {
    const path = clean(member.path)
    if (path === undefined) continue
    const parent = parentOf(path)
    const place = symlinks.size === 0 ? undefined : follow('', member.type === 'file' ? path : parent)
    if (place?.first !== undefined && place.reach !== 'unfollowed')
      through.push({ member, link: place.first, outside: place.reach !== 'inside' })
    if (member.type === 'file') files.add(path)
    if (!isLink(member)) continue
    early.set(member, startOf(member, parent, follow))
    if (member.type === 'symlink') symlinks.set(path, member.link ?? '')
    else if (files.has(early.get(member)?.path ?? '')) {
      files.add(path)
      served.add(member)
    }
  }
  const links = members.filter(isLink).map((member): LinkFact => {
    const path = clean(member.path) ?? ''
    const late = startOf(member, parentOf(path), follow)
    const first = early.get(member)
    const worse = first !== undefined && first.reach !== 'inside' ? first : late
    const link = member.link ?? ''
    if (worse.reach !== 'inside') return { member, link, reach: worse.reach, target: undefined }
    const there = member.type === 'hardlink' ? served.has(member) : isKnown(worse.path)
    return { member, link, reach: there ? 'inside' : 'missing', target: worse.path }
  })
  return { links, through, whole: budget.left >= 0 }
}

function isLink(member: Member): boolean {
  return member.type === 'symlink' || member.type === 'hardlink'
}

function startOf(member: Member, parent: string, follow: (start: string, text: string) => Walked): Walked {
  const link = member.link ?? ''
  if (isAbsolute(link)) return { reach: 'absolute', path: '', first: undefined }
  const start = member.type === 'symlink' ? parent : ''
  const walked = follow(start, link)
  // On Windows a backslash separates too.
  if (walked.reach !== 'inside' || !link.includes('\\')) return walked
  const onWindows = follow(start, link.replaceAll('\\', '/'))
  return onWindows.reach === 'inside' ? walked : onWindows
}

function within(walked: Walked, top: string | undefined): Walked {
  const { reach, path } = walked
  if (reach !== 'inside' || top === undefined || path === top || path.startsWith(`${top}/`)) return walked
  return { ...walked, reach: 'outside' }
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** Parts joined without `.` and empty ones; undefined when `..` leaves the root. */
export function clean(path: string): string | undefined {
  // Nearly every path is so already, and needs no second text.
  if (!UNCLEAN.test(path)) return path
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** A part that is empty, `.` or `..`. */
const UNCLEAN = /(?:^|\/)\.{0,2}(?:\/|$)/

/** Every member and every directory above one. */
function knownPaths(members: readonly Member[]): (path: string) => boolean {
  const paths = new Set(members.flatMap(({ path }) => clean(path) ?? []))
  const isAbove = beginnings(paths)
  return path => path === '' || paths.has(path) || isAbove(`${path}/`)
}

/** Goes from `start` along `text` part by part, into every link that is there. */
function walk(start: string, text: string, symlinks: ReadonlyMap<string, string>, budget: { left: number }): Walked {
  if (budget.left < 0) return { reach: 'unfollowed', path: start, first: undefined }
  const todo = text.split('/').reverse()
  let path = start
  let hops = 0
  let first: string | undefined
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    budget.left -= STEP + path.length
    if (budget.left < 0) return { reach: 'unfollowed', path, first }
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (path === '') return { reach: 'outside', path, first }
      path = parentOf(path)
      continue
    }
    const next = path === '' ? part : `${path}/${part}`
    const target = symlinks.get(next)
    if (target === undefined) {
      path = next
      continue
    }
    first ??= next
    hops++
    budget.left -= 16 * target.length
    if (hops > MOST_HOPS) return { reach: 'loop', path, first }
    if (isAbsolute(target)) return { reach: 'absolute', path, first }
    for (const each of target.split('/').reverse()) todo.push(each)
  }
  return { reach: 'inside', path, first }
}
