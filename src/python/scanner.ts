import type { Consumer, MemberHeader } from '../archive/archive.js'
import { type PythonFile, pythonFile } from './imports.js'

const KiB = 1024
/** Most that is read of one file: what follows are tables, not imports. */
const LARGEST = 256 * KiB
/** Most that is read of one archive. */
const TOTAL = 64 * KiB * KiB

/** Reads the imports of the Python files that go by. */
export function importScanner() {
  // Names repeat from file to file.
  const shared = new Map<string, string>()
  const decoder = new TextDecoder('latin1')
  let left = TOTAL
  return {
    wants: ({ type, path, size }: MemberHeader) => type === 'file' && size > 0 && left > 0 && /[^/]\.py$/.test(path),

    consumer(found: (file: PythonFile) => void): Consumer {
      let text = ''
      let size = 0
      return {
        write(chunk) {
          const part = chunk.subarray(0, Math.max(0, Math.min(LARGEST - size, left)))
          size += chunk.length
          left -= part.length
          if (part.length > 0) text += decoder.decode(part)
        },
        end() {
          found(pythonFile(text, size > text.length, shared))
        },
      }
    },
  }
}
