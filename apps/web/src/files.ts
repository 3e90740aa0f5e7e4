import type { Input } from './messages.ts'

const DISTRIBUTION = /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar\.xz)$|\.publish\.attestation$|\.asc$/i
/** Folders below the one that was dropped. */
const DEEPEST = 3

/** The files as the reports name them: one that has the name of another gets a folder. */
export function named(files: Iterable<File>): readonly Input[] {
  const used = new Map<string, number>()
  return Array.from(files, blob => {
    const count = (used.get(blob.name) ?? 0) + 1
    used.set(blob.name, count)
    return { name: count === 1 ? blob.name : `${count}/${blob.name}`, blob }
  })
}

/** What was dropped: files as they are, and the distributions in folders. */
export async function dropped(data: DataTransfer): Promise<readonly File[]> {
  // They are gone once this function waits for something.
  const entries = Array.from(data.items, item => item.webkitGetAsEntry())
  const files = Array.from(data.files)
  if (!entries.some(entry => entry?.isDirectory)) return files
  const found: File[] = []
  for (const entry of entries) if (entry) await gather(entry, 0, found)
  return found
}

async function gather(entry: FileSystemEntry, depth: number, found: File[]): Promise<void> {
  if (entry.isFile) {
    if (depth === 0 || DISTRIBUTION.test(entry.name))
      found.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)))
    return
  }
  if (depth > DEEPEST) return
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  // It gives some of them at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const one of some) await gather(one, depth + 1, found)
  }
}
