import { constants, fstatSync, read } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { devNull } from 'node:os'
import { promisify } from 'node:util'
import { isUnspeakable, NOT_UTF8 } from '../wording.js'
import { MediumError, mediumError } from './medium-error.js'
import type { ByteSource } from './source.js'

type Read = (
  buffer: Uint8Array,
  at: number,
  length: number,
  position: number,
) => Promise<{ readonly bytesRead: number }>

/** Reads until the buffer is full or the file ends; the system may give less than was asked for. */
async function fill(read: Read, buffer: Uint8Array, offset: number): Promise<number> {
  let done = 0
  while (done < buffer.length) {
    const { bytesRead } = await read(buffer, done, buffer.length - done, offset + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return done
}

/** Without waiting: to open a FIFO would take until somebody writes into it. Windows has no such flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** A source over a file. Rejects with the system's reason (ENOENT, EACCES …) when it is none, or cannot be opened or read. */
export async function fileSource(path: string): Promise<ByteSource> {
  // A path that Node does not even pass on to the system is not a bug of ours either.
  const handle = await open(path, READ).catch((error: unknown) => {
    throw isUnspeakable(path) ? new MediumError(NOT_UTF8, { cause: error }) : mediumError(error)
  })
  let size: number
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw new MediumError(`not a regular file: ${path}`)
    size = stat.size
  } catch (error) {
    await handle.close()
    throw fromSystem(error)
  }
  return sourceOf(
    size,
    (...range) => handle.read(...range),
    () => handle.close(),
  )
}

const readDescriptor = promisify(read)

/** A source over a file that is open, and that stays open. */
export async function descriptorSource(descriptor: number): Promise<ByteSource> {
  const { size } = fstatSync(descriptor)
  return sourceOf(
    size,
    (...range) => readDescriptor(descriptor, ...range),
    async () => {},
  )
}

const sourceOf = (size: number, read: Read, close: () => Promise<void>): ByteSource => ({
  size,
  async read(offset, length, room) {
    const wanted = Math.max(0, Math.min(length, size - offset))
    if (wanted === 0) return new Uint8Array(0)
    const buffer = room ? room.subarray(0, wanted) : Buffer.allocUnsafeSlow(wanted)
    const done = await fill(read, buffer, offset).catch((error: unknown) => {
      throw fromSystem(error)
    })
    return done === wanted ? buffer : buffer.subarray(0, done)
  },
  close: () =>
    close().catch((error: unknown) => {
      throw fromSystem(error)
    }),
})

/** The system names the call that failed. Node's own errors do not, and mean that we asked for something impossible. */
const fromSystem = (error: unknown): unknown =>
  error instanceof Error && 'syscall' in error ? mediumError(error) : error

/** The text of a file that a person names. Rejects for a pipe or a device, which may never end; the null device is empty. */
export async function readText(path: string, largest = Number.POSITIVE_INFINITY): Promise<string> {
  const found = await stat(path)
  if (!found.isFile() && !found.isDirectory() && path !== devNull) throw new Error('it is not a regular file')
  if (found.size > largest) throw new Error(`it is larger than ${largest / 1024 / 1024} MB`)
  return readFile(path, 'utf8')
}
