import type { WasmFile } from './file.js'
import type { Image } from './image.js'
import { collected, isPython, keepsExport, moduleName } from './symbols.js'

const LONGEST_NAME = 4096
const MOST_ENTRIES = 1_000_000

/** A place in the module that moves on. */
interface Cursor {
  at: number
  readonly end: number
}

/** Reads a WebAssembly module (core specification, "Binary Format"; tool-conventions, "Dynamic Linking"). */
export function parseWasm(path: string, image: Image): WasmFile {
  const problems: string[] = []
  const version = image.u32(4, true)
  const found = collected()
  const needed: string[] = []
  const runtimePaths: string[] = []
  let first: string | undefined
  let shared = false
  let memory64 = false
  let debugSize = 0
  const cursor: Cursor = { at: 8, end: image.size }
  for (let index = 0; version === 1 && index < MOST_ENTRIES && cursor.at < cursor.end; index++) {
    if (!image.want(cursor.at, Math.min(6, cursor.end - cursor.at))) break
    const id = image.u8(cursor.at++)
    const size = unsigned(cursor)
    const section: Cursor = { at: cursor.at, end: cursor.at + size }
    if (size < 0 || section.end > image.size) {
      problems.push(`section ${index} lies outside the file`)
      break
    }
    cursor.at = section.end
    if (id === 0) {
      const name = text(section)
      if (index === 0) first = name
      if (name.startsWith('.debug_')) debugSize += size
      if (name === 'dylink.0' && index === 0 && image.want(section.at, section.end - section.at)) dylink(section)
    } else if ((id === 2 || id === 5 || id === 7) && image.want(section.at, size)) {
      if (id === 2) imports(section)
      else if (id === 7) exportsOf(section)
      else if (unsigned(section) > 0) limits(section)
    }
  }
  for (const name of found.exports) found.imports.delete(name)
  return {
    format: 'wasm',
    path,
    size: image.size,
    problems,
    debugSize,
    version,
    first,
    dylink: first === 'dylink.0',
    needed,
    runtimePaths,
    shared,
    memory64,
    imports: found.imports,
    weak: found.weak,
    exports: found.exports,
  }

  /** LEB128, at most five bytes; -1 when it does not end. */
  function unsigned(from: Cursor): number {
    let value = 0
    for (let index = 0; index < 5 && from.at < from.end; index++) {
      const byte = image.u8(from.at++)
      value += (byte & 0x7f) * 2 ** (7 * index)
      if (byte < 0x80) return value
    }
    return -1
  }
  /** A 64-bit LEB128 whose value does not matter. */
  function skipLong(from: Cursor): void {
    for (let index = 0; index < 10 && from.at < from.end; index++) if (image.u8(from.at++) < 0x80) return
  }
  function text(from: Cursor): string {
    const length = unsigned(from)
    const start = from.at
    if (length < 0 || start + length > from.end) {
      from.at = from.end
      return ''
    }
    from.at = start + length
    return image.text(start, Math.min(length, LONGEST_NAME))
  }
  function limits(from: Cursor): void {
    const flags = image.u8(from.at++)
    shared ||= (flags & 2) !== 0
    memory64 ||= (flags & 4) !== 0
    skipLong(from)
    if ((flags & 1) !== 0) skipLong(from)
  }
  function dylink(from: Cursor): void {
    while (from.at < from.end) {
      const kind = image.u8(from.at++)
      const size = unsigned(from)
      const part: Cursor = { at: from.at, end: from.at + size }
      if (size < 0 || part.end > from.end) {
        problems.push('a part of dylink.0 lies outside it')
        return
      }
      from.at = part.end
      if (kind !== 2 && kind !== 5) continue
      for (let left = Math.min(unsigned(part), 4096); left > 0 && part.at < part.end; left--)
        (kind === 2 ? needed : runtimePaths).push(text(part))
    }
  }
  function imports(from: Cursor): void {
    for (let left = Math.min(unsigned(from), MOST_ENTRIES); left > 0 && from.at < from.end; left--) {
      const module = text(from)
      const name = text(from)
      const kind = image.u8(from.at++)
      if (isPython(name) && (module === 'env' || module === 'GOT.mem' || module === 'GOT.func')) found.imports.add(name)
      if (kind === 0) skipLong(from)
      else if (kind === 1) {
        from.at++
        tableLimits(from)
      } else if (kind === 2) limits(from)
      else if (kind === 3) from.at += 2
      else if (kind === 4) {
        from.at++
        skipLong(from)
      } else return
    }
  }
  function tableLimits(from: Cursor): void {
    const flags = image.u8(from.at++)
    skipLong(from)
    if ((flags & 1) !== 0) skipLong(from)
  }
  function exportsOf(from: Cursor): void {
    const module = moduleName(path)
    for (let left = Math.min(unsigned(from), MOST_ENTRIES); left > 0 && from.at < from.end; left--) {
      const name = text(from)
      from.at++
      skipLong(from)
      if (keepsExport(name, module)) found.exports.add(name)
    }
  }
}
