import { withoutEnd } from '../text/ends.js'
import type { Member } from './archive.js'

/** Why a member cannot be unpacked, or not as its name says. */
export type UnpackFault =
  /** It, or what a link points to, lies outside of the directory that is unpacked into. */
  | 'outside'
  | 'link-outside'
  | 'link-absolute'
  /** uv alone: a target that goes down and up again, one that is empty. */
  | 'link-down-and-up'
  | 'link-empty'
  /** A target that takes a file for a directory. */
  | 'link-no-directory'
  | 'loop'
  /** A hard link without a file before it. */
  | 'hard-missing'
  /** A part of its path is a file, or for uv a link. */
  | 'parent-file'
  | 'parent-link'
  /** A file where a directory is, a directory where a file is, or through a link to nothing. */
  | 'onto-directory'
  | 'onto-file'
  | 'onto-nothing'

export interface UnpackNote {
  readonly member: Member
  readonly by: 'pip' | 'uv'
  readonly fault: UnpackFault
  /** The path in the way, where there is one. */
  readonly path?: string | undefined
}

/** A file that pip writes through a link that came earlier. */
interface Overwrite {
  readonly member: Member
  readonly link: 'symbolic' | 'hard'
  /** The file that gets the content, and whether it was there. */
  readonly path: string
  readonly existed: boolean
}

export interface Unpacked {
  readonly notes: readonly UnpackNote[]
  readonly overwrites: readonly Overwrite[]
  /** A path that pip and uv unpack differently, where neither refuses. */
  readonly differs: string | undefined
  /** False: the links took too many steps, and what came after was not followed. */
  readonly whole: boolean
}

interface Folder {
  readonly kind: 'folder'
  readonly up: Folder | undefined
  readonly children: Map<string, Entry>
}
/** An inode: hard links share it. */
interface File {
  readonly kind: 'file'
  content: Member
  /** Where it was first written; and how many names it has. */
  readonly path: string
  names: number
}
interface Link {
  readonly kind: 'link'
  readonly target: string
}
type Entry = Folder | File | Link

/** Links that Linux follows for one path, and uv. */
const MOST_HOPS = 40
const MOST_EXPANSIONS = 256
/** Steps that unpacking one archive may take here, and each member of it: far more than without crafted links. */
const BUDGET = 1_000_000
const BUDGET_EACH = 200
/** What a folder that is made weighs in steps: it stays in memory. */
const FOLDER = 16
const NESTED_COPIES = 8

const folder = (up?: Folder): Folder => ({ kind: 'folder', up, children: new Map() })
const partsOf = (path: string): string[] => path.split('/').filter(part => part !== '' && part !== '.')
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** As Python's `posixpath.normpath`. */
function normalized(path: string): string {
  const parts: string[] = []
  for (const part of partsOf(path)) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/') || '.'
}

class TooMuch extends Error {}

/**
 * What pip and uv make of the members, each on a file system that is only thought of; `uvNames`, `pipNames`: those that one of
 * them has by another name. Archives without links, and in which no path occurs twice or above another, need none of it.
 */
export function unpack(
  members: readonly Member[],
  uvNames: ReadonlyMap<Member, string> = new Map(),
  pipNames: ReadonlyMap<Member, string> = new Map(),
): Unpacked {
  if (uvNames.size === 0 && isSimple(members)) return { notes: [], overwrites: [], differs: undefined, whole: true }
  const notes: UnpackNote[] = []
  const overwrites: Overwrite[] = []
  const budget = { left: BUDGET + BUDGET_EACH * members.length }
  const spend = (steps: number) => {
    budget.left -= steps
    if (budget.left < 0) throw new TooMuch()
  }
  try {
    const pip = asPip(stripped(members, pipNames), notes, overwrites, spend)
    budget.left = BUDGET + BUDGET_EACH * members.length
    const uv = asUv(members, uvNames, notes, spend)
    if (notes.length > 0 || uv === undefined) return { notes, overwrites, differs: undefined, whole: true }
    const differs = difference(pip, uv, '')
    // What was overwritten has its content in the end.
    return { notes, overwrites: differs === undefined ? [] : overwrites, differs, whole: true }
  } catch (error) {
    if (error instanceof TooMuch) return { notes, overwrites, differs: undefined, whole: false }
    throw error
  }
}

function isSimple(members: readonly Member[]): boolean {
  const paths: { readonly path: string; readonly isFile: boolean }[] = []
  for (const { path, type } of members) {
    // pip takes a backslash for a slash where it looks for the top directory.
    if (type === 'symlink' || type === 'hardlink' || /[\\\0]/.test(path)) return false
    const plain = normalized(path)
    // pip takes the name of a lone file for the top directory.
    if (members.length === 1 && type !== 'directory') return false
    if (plain === '.' || path.includes('..') || (type !== 'directory' && /\/\.?$/.test(path))) return false
    // In the order of these, what is below a path comes right behind it. A set of all parents would grow with their depth squared.
    paths.push({ path: plain.replaceAll('/', '\0'), isFile: type !== 'directory' })
  }
  paths.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)))
  return paths.every(({ path, isFile }, i) => {
    const next = paths[i + 1]
    if (!next) return true
    if (next.path === path) return !isFile && !next.isFile
    return !isFile || !next.path.startsWith(`${path}\0`)
  })
}

type Spend = (steps: number) => void

// pip: tarfile with its data filter, into a directory, the top directory of all names left out.

function asPip(named: readonly Named[], notes: UnpackNote[], overwrites: Overwrite[], spend: Spend): Folder {
  const root = folder()
  const note = (member: Member, fault: UnpackFault, path?: string) => notes.push({ member, by: 'pip', fault, path })

  /** Where a path leads, as `os.path.realpath` tells: parts that are not there are taken as they are. */
  function real(path: string): Entry | 'outside' | 'loop' | 'parent-file' | undefined {
    if (path.startsWith('/')) return 'outside'
    const todo = path.split('/').reverse()
    const stack: (Entry | undefined)[] = [root]
    let hops = 0
    for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
      spend(1)
      const here = stack.at(-1)
      // Behind a file nothing may follow, not even an empty part.
      if (here?.kind === 'file') return 'parent-file'
      if (part === '' || part === '.') continue
      if (part === '..') {
        if (stack.length === 1) return 'outside'
        stack.pop()
        continue
      }
      const next = here?.kind === 'folder' ? here.children.get(part) : undefined
      if (next?.kind !== 'link') {
        stack.push(next)
        // A link leads to a folder by its path, not by what is above it.
        continue
      }
      if (++hops > MOST_HOPS) return 'loop'
      if (next.target.startsWith('/')) return 'outside'
      for (const each of partsOf(next.target).reverse()) todo.push(each)
    }
    return stack.at(-1)
  }

  /** The folder of a path as the system walks to it, made where it is missing; or why it cannot be. */
  function reach(
    path: string,
    make: boolean,
    start = root,
  ): Folder | 'parent-file' | 'onto-nothing' | 'loop' | 'missing' {
    const todo = partsOf(path).reverse()
    let here: Folder = start
    let hops = 0
    let linked = 0
    for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
      spend(1)
      const inLink = linked > 0
      if (inLink) linked--
      if (part === '..') {
        here = here.up ?? here
        continue
      }
      const next: Entry | undefined = here.children.get(part)
      if (next?.kind === 'folder') here = next
      else if (next?.kind === 'file') return 'parent-file'
      else if (next) {
        if (++hops > MOST_HOPS) return 'loop'
        const parts = partsOf(next.target).reverse()
        linked += parts.length
        for (const each of parts) todo.push(each)
      } else if (inLink) return make ? 'onto-nothing' : 'missing'
      else if (!make) return 'missing'
      else {
        spend(FOLDER)
        const made = folder(here)
        here.children.set(part, made)
        here = made
      }
    }
    return here
  }

  /** A file, link or folder by its path, through links; the last part alone is not followed when it is not to be. */
  function find(
    path: string,
    follow: boolean,
  ): { readonly into: Folder; readonly name: string; readonly entry: Entry | undefined } | undefined {
    let current = path
    let into: Folder = root
    for (let hops = 0; hops <= MOST_HOPS; hops++) {
      const parts = partsOf(current)
      const name = parts.pop()
      const above: Folder | string = reach(parts.join('/'), false, into)
      if (typeof above === 'string') return undefined
      if (name === undefined) return { into: above, name: '', entry: above }
      if (name === '..') return { into: above, name: '', entry: above.up ?? above }
      const entry = above.children.get(name)
      if (!follow || entry?.kind !== 'link') return { into: above, name, entry }
      into = above
      current = entry.target
    }
    return undefined
  }

  const replaced = (entry: Entry | undefined) => {
    if (entry?.kind === 'file') entry.names--
  }

  /** Writes what `source` is at the path of `member`; they differ where a link becomes a copy. */
  function place(member: Member, source: Named, path: string, depth: number): void {
    const plain = withoutEnd(path, /\//)
    const above = reach(parentOf(plain), true)
    if (typeof above === 'string') {
      note(member, above === 'missing' ? 'onto-nothing' : above, parentOf(plain))
      return
    }
    const last = plain.slice(plain.lastIndexOf('/') + 1)
    const entry = last === '' || last === '.' ? above : last === '..' ? (above.up ?? above) : above.children.get(last)
    switch (source.member.type) {
      case 'directory':
        if (entry === undefined) above.children.set(last, folder(above))
        else if (entry.kind === 'file' || (entry.kind === 'link' && find(plain, true)?.entry?.kind !== 'folder'))
          note(member, 'onto-file', plain)
        return
      case 'symlink':
        // No system makes a link without a target; from Python 3.14 on, the data filter makes it one to its own directory.
        if (entry?.kind === 'folder' || source.link === '') copyInstead(member, source, plain, depth)
        if (entry?.kind !== 'folder') {
          replaced(entry)
          above.children.set(last, { kind: 'link', target: normalized(source.link) })
        }
        return
      case 'hardlink': {
        // As the data filter writes it, before any link in it is followed.
        const linked = normalized(source.link)
        if (find(linked, true)?.entry === undefined) {
          copyInstead(member, source, plain, depth, false)
          return
        }
        // What is there is removed, also where the link cannot be made then: of a directory, or of what was removed.
        if (entry !== undefined && entry.kind !== 'folder') {
          replaced(entry)
          above.children.delete(last)
        }
        const target = find(linked, false)?.entry
        if (entry?.kind === 'folder' || target === undefined || target.kind === 'folder')
          copyInstead(member, source, plain, depth)
        else {
          if (target.kind === 'file') target.names++
          above.children.set(last, target)
        }
        return
      }
      default:
        write(member, source.member, plain, above, last, entry)
    }
  }

  function write(
    member: Member,
    content: Member,
    path: string,
    above: Folder,
    last: string,
    entry: Entry | undefined,
  ): void {
    if (entry?.kind === 'folder') {
      note(member, 'onto-directory', path)
      return
    }
    if (entry?.kind === 'file') {
      if (entry.names > 1) overwrites.push({ member, link: 'hard', path: entry.path, existed: true })
      entry.content = content
      return
    }
    if (entry === undefined) {
      above.children.set(last, { kind: 'file', content, path, names: 1 })
      return
    }
    const end = find(path, true)
    if (end === undefined) note(member, 'onto-nothing', entry.target)
    else if (end.entry?.kind === 'folder') note(member, 'onto-directory', entry.target)
    else {
      overwrites.push({
        member,
        link: 'symbolic',
        path: end.entry?.kind === 'file' ? end.entry.path : normalized(`${parentOf(path)}/${entry.target}`),
        existed: end.entry !== undefined,
      })
      if (end.entry?.kind === 'file') end.entry.content = content
      else end.into.children.set(end.name, { kind: 'file', content, path, names: 1 })
    }
  }

  /** Where a link cannot be made, tarfile takes the member it points to, and for a hard link only one before it. */
  function copyInstead(member: Member, source: Named, path: string, depth: number, isThere = true): void {
    const hard = source.member.type === 'hardlink'
    const wanted = normalized(hard ? source.link : `${parentOf(source.name)}/${source.link}`)
    let found: Named | undefined
    for (const each of named) {
      if (hard && each === source) break
      spend(1)
      if (each.plain === wanted) found = each
    }
    if (found === undefined) {
      // Once the system has refused to make it, tarfile passes over it.
      if (hard && !isThere) note(member, 'hard-missing', source.link)
    } else if (depth >= NESTED_COPIES) note(member, 'loop', path)
    else place(member, found, path, depth + 1)
  }

  for (const one of named) {
    const { member, name, link } = one
    const where = real(name)
    if (typeof where === 'string') {
      note(member, where)
      continue
    }
    if (member.type === 'device' || member.type === 'fifo' || member.type === 'unknown') continue
    if (member.type === 'symlink' || member.type === 'hardlink') {
      if (link.startsWith('/')) {
        note(member, 'link-absolute')
        continue
      }
      const there = real(member.type === 'symlink' ? `${parentOf(name)}/${link}`.replace(/^\//, '') : link)
      if (typeof there === 'string') {
        note(member, there === 'outside' ? 'link-outside' : there === 'parent-file' ? 'link-no-directory' : there)
        continue
      }
    }
    place(member, one, name, 0)
  }
  return root
}

interface Named {
  readonly member: Member
  /** Path and hard link target as pip has them. */
  readonly name: string
  readonly link: string
  readonly plain: string
}

/** The members without their common top directory, as pip names them. */
function stripped(members: readonly Member[], names: ReadonlyMap<Member, string>): Named[] {
  const split = (path: string): readonly [string, string] => {
    const plain = path.replace(/^\/+/, '').replace(/^\\+/, '')
    const at = plain.search(/[/\\]/)
    return at < 0 ? [plain, ''] : [plain.slice(0, at), plain.slice(at + 1)]
  }
  const paths = members.map(
    member => names.get(member) ?? (member.type === 'directory' ? withoutEnd(member.path, /\//) : member.path),
  )
  const top = split(paths[0] ?? '')[0]
  const leading = top !== '' && paths.every(path => split(path)[0] === top)
  return members.map((member, i) => {
    const path = paths[i] ?? ''
    const own = leading ? split(path)[1] : path
    const name = own.replace(/^\/+/, '')
    const link = member.link ?? ''
    const hard = member.type === 'hardlink' && leading && split(link)[0] === top
    return { member, name, link: hard ? split(link)[1] : link, plain: normalized(own) }
  })
}

// uv: the archive's own paths; a link is never written through, and made when all is there.

/** Undefined where uv refuses a member by its name or type alone. */
function asUv(
  members: readonly Member[],
  names: ReadonlyMap<Member, string>,
  notes: UnpackNote[],
  spend: Spend,
): Folder | undefined {
  const root = folder()
  let refused = false
  const links: {
    readonly member: Member
    readonly into: Folder
    readonly name: string
    readonly link: Link
    readonly resolved: string[]
  }[] = []
  const note = (member: Member, fault: UnpackFault, path?: string) => notes.push({ member, by: 'uv', fault, path })

  function above(member: Member, parts: readonly string[]): Folder | undefined {
    let here = root
    let path = ''
    for (const part of parts) {
      spend(1)
      path = path === '' ? part : `${path}/${part}`
      const next: Entry | undefined = here.children.get(part)
      if (next === undefined) {
        spend(FOLDER)
        const made = folder(here)
        here.children.set(part, made)
        here = made
      } else if (next.kind === 'folder') here = next
      else {
        note(member, next.kind === 'link' ? 'parent-link' : 'parent-file', path)
        return undefined
      }
    }
    return here
  }

  /** What a link points to, from the root; part by part, no link followed. */
  function targetOf(member: Member, start: readonly string[], text: string, strict: boolean): string[] | undefined {
    const parts = [...start]
    let down = false
    for (const part of partsOf(text)) {
      if (part !== '..') {
        parts.push(part)
        down = true
        continue
      }
      if (strict && down) {
        note(member, 'link-down-and-up')
        return undefined
      }
      if (parts.pop() === undefined) {
        note(member, 'link-outside')
        return undefined
      }
    }
    return parts
  }

  const entryAt = (parts: readonly string[]): Entry | undefined => {
    let here: Entry | undefined = root
    for (const part of parts) {
      spend(1)
      here = here?.kind === 'folder' ? here.children.get(part) : undefined
    }
    return here
  }

  for (const member of members) {
    const { type, link = '' } = member
    const path = names.get(member) ?? member.path
    const parts = partsOf(path)
    const isSpecial = type === 'device' || type === 'fifo' || type === 'unknown'
    if (isSpecial || path.startsWith('/') || path.includes('\\') || parts.includes('..')) {
      refused = true
      continue
    }
    if (parts.length === 0) {
      if (type !== 'directory') note(member, 'onto-directory')
      continue
    }
    const isLink = type === 'symlink' || type === 'hardlink'
    if (isLink && link === '') {
      note(member, 'link-empty')
      continue
    }
    if (isLink && link.startsWith('/')) {
      note(member, 'link-absolute')
      continue
    }
    const last = parts.pop()!
    const resolved = isLink ? targetOf(member, type === 'symlink' ? parts : [], link, type === 'symlink') : []
    if (resolved === undefined) continue
    const source = type === 'hardlink' ? entryAt(resolved) : undefined
    const whole = [...parts, last]
    if (type === 'hardlink' && (source?.kind !== 'file' || resolved.every((part, i) => part === whole[i]))) {
      note(member, 'hard-missing', link)
      continue
    }
    const into = above(member, parts)
    if (into === undefined) continue
    const old = into.children.get(last)
    if (type === 'directory') {
      if (old?.kind !== 'folder') into.children.set(last, folder(into))
      continue
    }
    if (old?.kind === 'folder' && old.children.size > 0) {
      note(member, 'onto-directory', path)
      continue
    }
    if (type === 'symlink') {
      const made: Link = { kind: 'link', target: link }
      into.children.set(last, made)
      links.push({ member, into, name: last, link: made, resolved })
    } else into.children.set(last, source?.kind === 'file' ? source : { kind: 'file', content: member, path, names: 1 })
  }

  const resolvedOf = new Map(links.map(({ link, resolved }) => [link, resolved]))
  for (const { member, into, name, link, resolved } of links) {
    if (into.children.get(name) !== link) continue
    let parts: readonly string[] = resolved
    const seen = new Set<string>()
    let end: Entry | 'nothing' | undefined
    while (end === undefined) {
      const key = parts.join('/')
      if (seen.has(key) || seen.size > MOST_EXPANSIONS) {
        note(member, 'loop')
        break
      }
      seen.add(key)
      spend(1 + parts.length)
      let here: Entry = root
      end = root
      for (const [i, part] of parts.entries()) {
        const next: Entry | undefined = here.kind === 'folder' ? here.children.get(part) : undefined
        if (next === undefined) {
          end = 'nothing'
          break
        }
        if (next.kind === 'link') {
          parts = [...(resolvedOf.get(next) ?? []), ...parts.slice(i + 1)]
          end = undefined
          break
        }
        here = next
        end = next
      }
    }
    const wantsFolder = /(?:^|\/)\.{0,2}$/.test(link.target)
    if (typeof end === 'object' && end.kind === 'file' && wantsFolder) note(member, 'link-no-directory')
  }
  return refused ? undefined : root
}

/** The first path that the two have differently; pip has left out the top directory where there is one for all. */
function difference(pip: Folder, uv: Folder, prefix: string): string | undefined {
  const [only] = uv.children.values()
  const inside = uv.children.size === 1 && only?.kind === 'folder' ? only : uv
  const a = firstDifference(pip, inside, prefix)
  return a !== undefined && inside !== uv && firstDifference(pip, uv, prefix) === undefined ? undefined : a
}

function firstDifference(a: Folder, b: Folder, prefix: string): string | undefined {
  const todo: (readonly [Folder, Folder, string])[] = [[a, b, prefix]]
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [left, right, path] = next
    for (const name of new Set([...left.children.keys(), ...right.children.keys()])) {
      const [x, y] = [left.children.get(name), right.children.get(name)]
      const full = path === '' ? name : `${path}/${name}`
      if (x?.kind === 'folder' && y?.kind === 'folder') todo.push([x, y, full])
      else if (!isSame(x, y)) return full
    }
  }
  return undefined
}

function isSame(a: Entry | undefined, b: Entry | undefined): boolean {
  if (a?.kind === 'link' && b?.kind === 'link') return normalized(a.target) === normalized(b.target)
  if (a?.kind !== 'file' || b?.kind !== 'file') return false
  const [x, y] = [a.content, b.content]
  return x === y || (x.size === y.size && x.sha256 !== '' && x.sha256 === y.sha256)
}
