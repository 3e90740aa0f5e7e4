import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** What git tracks in a repository: paths relative to its root, with `/`. */
export interface GitIndex {
  readonly paths: ReadonlySet<string>
  /** Folders of which the index lists no files: submodules, and what a sparse checkout leaves out. */
  readonly folders: readonly string[]
}

/** No index that people work with is larger: Linux has 9 MB. */
const LARGEST = 512 * 1024 * 1024

/** Reads the index of the repository at `root`; undefined when there is none, or none that can be understood. */
export async function readGitIndex(root: string): Promise<GitIndex | undefined> {
  try {
    const file = join(await gitFolder(root), 'index')
    const found = await stat(file)
    return !found.isFile() || found.size > LARGEST ? undefined : parseGitIndex(await readFile(file))
  } catch {
    return undefined
  }
}

/** `.git` itself, or what a `.git` file of a worktree or submodule points to. */
async function gitFolder(root: string): Promise<string> {
  const git = join(root, '.git')
  if (!(await stat(git)).isFile()) return git
  const target = /^gitdir: (.+?)\s*$/.exec(await readFile(git, 'utf8'))?.[1]
  return target === undefined ? git : resolve(root, target)
}

/** Bytes of an object name: SHA-1, or SHA-256 in a repository of that format. The index does not say which. */
const HASH_SIZES = [20, 32]

/** Reads a git index of version 2 to 4 (gitformat-index). Undefined for anything else, and for a split index. */
export function parseGitIndex(bytes: Uint8Array): GitIndex | undefined {
  for (const hashSize of HASH_SIZES) {
    const entries = readEntries(bytes, hashSize)
    if (entries) return entries
  }
  return undefined
}

/** Stat data before the object name. */
const STAT_SIZE = 40
const MODE_AT = 24
const TYPE_BITS = 0o170000
const GITLINK = 0o160000
const DIRECTORY = 0o040000
const EXTENDED = 0x4000
/** The length of the name; all bits are set for a longer one. */
const NAME_LENGTH = 0xfff

function readEntries(bytes: Uint8Array, hashSize: number): GitIndex | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const limit = bytes.length - hashSize
  if (limit < 12 || view.getUint32(0) !== 0x44495243) return undefined
  const version = view.getUint32(4)
  if (version < 2 || version > 4) return undefined
  const paths = new Set<string>()
  const folders: string[] = []
  let previous: Uint8Array = new Uint8Array(0)
  let at = 12
  for (let left = view.getUint32(8); left > 0; left--) {
    const flagsAt = at + STAT_SIZE + hashSize
    if (flagsAt + 2 > limit) return undefined
    const flags = view.getUint16(flagsAt)
    const nameAt = flagsAt + (version >= 3 && (flags & EXTENDED) !== 0 ? 4 : 2)
    const read =
      version === 4
        ? compressedName(bytes, nameAt, limit, previous)
        : plainName(bytes, nameAt, limit, at, flags & NAME_LENGTH)
    // Only a split index has entries without a name.
    if (!read || read.name.length === 0) return undefined
    const path = decoder.decode(read.name)
    const type = view.getUint32(at + MODE_AT) & TYPE_BITS
    if (type === GITLINK || type === DIRECTORY) folders.push(path.replace(/\/$/, ''))
    else paths.add(path)
    previous = read.name
    at = read.next
  }
  return endsWell(bytes, view, at, limit) ? { paths, folders } : undefined
}

const decoder = new TextDecoder()

/** A name up to a NUL; the entry is filled with NULs to a multiple of eight bytes. */
function plainName(bytes: Uint8Array, from: number, limit: number, entry: number, length: number) {
  const end = length < NAME_LENGTH ? from + length : bytes.indexOf(0, from)
  if (end < 0 || end >= limit || bytes[end] !== 0) return undefined
  return { name: bytes.subarray(from, end), next: entry + ((end - entry + 8) & ~7) }
}

/** Version 4: how many bytes of the name before to drop, and what follows them. */
function compressedName(bytes: Uint8Array, from: number, limit: number, previous: Uint8Array) {
  let at = from
  let byte = bytes[at++] ?? 0
  let drop = byte & 0x7f
  while (byte >= 0x80) {
    byte = bytes[at++] ?? 0
    drop = (drop + 1) * 128 + (byte & 0x7f)
    if (drop > previous.length) return undefined
  }
  const end = bytes.indexOf(0, at)
  if (drop > previous.length || end < 0 || end >= limit) return undefined
  const kept = previous.length - drop
  const name = new Uint8Array(kept + end - at)
  name.set(previous.subarray(0, kept))
  name.set(bytes.subarray(at, end), kept)
  return { name, next: end + 1 }
}

/** Only extensions may stand between the entries and the checksum, and none that keeps entries in another file. */
function endsWell(bytes: Uint8Array, view: DataView, from: number, limit: number): boolean {
  let at = from
  while (at + 8 <= limit) {
    const signature = decoder.decode(bytes.subarray(at, at + 4))
    if (signature === 'link' || !/^[A-Za-z]{4}$/.test(signature)) return false
    at += 8 + view.getUint32(at + 4)
  }
  return at === limit
}
