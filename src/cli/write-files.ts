import { randomBytes } from 'node:crypto'
import { access, constants, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { SourceTree } from '../project/load.js'
import { UsageError } from '../usage-error.js'
import { reasonOf } from '../wording.js'

/** A file of the project that changes. */
interface ChangedFile {
  /** Relative to the root, with `/`. */
  readonly path: string
  /** Where it is, links resolved. */
  readonly real: string
  readonly before: string
  readonly after: string
}

/**
 * The files to write, each as it was read.
 * @throws UsageError for one that is outside of the project, has another text by now, or is not UTF-8.
 */
export async function checkFiles(
  { root, files }: SourceTree,
  texts: ReadonlyMap<string, string>,
): Promise<readonly ChangedFile[]> {
  const changed: ChangedFile[] = []
  for (const [path, after] of texts) {
    const before = files.get(path) ?? ''
    const real = await realpath(join(root, path))
    const inside = relative(root, real)
    if (inside.startsWith(`..${sep}`) || inside === '..' || join(root, inside) !== real)
      throw new UsageError(`'${path}' is a link to a file outside of the project, which is not changed.`)
    await checkText(real, path, before)
    changed.push({ path, real, before, after })
  }
  return changed
}

async function checkText(real: string, path: string, before: string): Promise<void> {
  const bytes = await readFile(real)
  if (!bytes.equals(Buffer.from(before)))
    throw new UsageError(
      Buffer.from(bytes.toString()).equals(bytes)
        ? `'${path}' has changed since it was read. Run the command again.`
        : `'${path}' is not UTF-8; it is not changed.`,
    )
}

/**
 * Writes the files: each is there as a whole, old or new, at any time.
 * @throws UsageError when one cannot be written; none is then, where that can be known before.
 */
export async function writeFiles(changed: readonly ChangedFile[]): Promise<void> {
  for (const { real, path } of changed) {
    const writable = await access(real, constants.W_OK).then(
      async () => ((await stat(real)).mode & 0o222) !== 0,
      () => false,
    )
    if (!writable) throw new UsageError(`'${path}' cannot be written: it is read-only.`)
  }
  for (const { real, path, before, after } of changed) {
    const aside = join(dirname(real), `.distaudit-${randomBytes(6).toString('hex')}.tmp`)
    try {
      const { mode } = await stat(real)
      const file = await open(aside, 'wx', mode & 0o777)
      try {
        await file.writeFile(after)
        await file.chmod(mode & 0o777)
        await file.sync()
      } finally {
        await file.close()
      }
      await checkText(real, path, before)
      await rename(aside, real)
    } catch (error) {
      await rm(aside, { force: true })
      if (error instanceof UsageError) throw error
      throw new UsageError(`'${path}' cannot be written: ${reasonOf(error)}.`)
    }
  }
}
