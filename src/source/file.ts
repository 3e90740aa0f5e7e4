import { type FileHandle, open } from 'node:fs/promises'
import type { ByteSource } from './source.js'

/** Reads until the buffer is full or the file ends; the system may give less than was asked for. */
async function fill(handle: FileHandle, buffer: Buffer, offset: number): Promise<number> {
  let done = 0
  while (done < buffer.length) {
    const { bytesRead } = await handle.read(buffer, done, buffer.length - done, offset + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return done
}

/** A source over a file. Rejects with the system's error (ENOENT, EACCES, EISDIR …) when it cannot be opened or read. */
export async function fileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r')
  let size: number
  try {
    const stat = await handle.stat()
    if (!stat.isFile())
      throw Object.assign(new Error(`not a regular file: ${path}`), { code: stat.isDirectory() ? 'EISDIR' : 'EINVAL' })
    size = stat.size
  } catch (error) {
    await handle.close()
    throw error
  }
  return {
    size,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset))
      if (wanted === 0) return new Uint8Array(0)
      const buffer = Buffer.allocUnsafeSlow(wanted)
      const done = await fill(handle, buffer, offset)
      return done === wanted ? buffer : buffer.subarray(0, done)
    },
    close: () => handle.close(),
  }
}
