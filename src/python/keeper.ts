import type { Consumer, MemberHeader } from '../archive/archive.js'
import { joined } from '../bytes.js'
import { type PythonFile, pythonFile } from './file.js'

const KiB = 1024
/** Most that is kept of one file: what follows are tables, not imports. */
const LARGEST = 256 * KiB
/** Most that is kept of one archive. */
const TOTAL = 64 * KiB * KiB

/** Keeps the Python files that go by; each is read when it is asked. */
export function pythonKeeper() {
  let left = TOTAL
  return {
    wants: ({ type, path, size }: MemberHeader) => type === 'file' && size > 0 && left > 0 && /[^/]\.py$/.test(path),

    consumer(found: (file: PythonFile) => void): Consumer {
      const chunks: Uint8Array[] = []
      let size = 0
      let kept = 0
      return {
        write(chunk) {
          const part = chunk.subarray(0, Math.max(0, Math.min(LARGEST - kept, left)))
          size += chunk.length
          kept += part.length
          left -= part.length
          if (part.length > 0) chunks.push(part.slice())
        },
        end() {
          found(pythonFile(joined(chunks), size > kept))
        },
      }
    },
  }
}
