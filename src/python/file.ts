import { decodeLatin1, decodeUtf8 } from '../text/utf8.js'
import { type PythonImport, type PythonModule, readModule } from './module.js'

/** A Python file, read when it is asked. */
export interface PythonFile {
  /** Only the beginning was kept, or nothing: it was dropped before anyone read it. */
  readonly cut: boolean
  /** Bytes that were kept: what a reading costs. */
  readonly size: number
  /** Decoded anew each time. */
  readonly text: string
  readonly module: PythonModule
  readonly imports: readonly PythonImport[]
  /** Frees the bytes: what was not read by then is unknown. */
  drop(): void
}

/** In the first two lines. */
const CODING = /^(?:[ \t\f]*(?:#[^\n]*)?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)/

export function pythonFile(content: Uint8Array, cut: boolean): PythonFile {
  let bytes = content
  let module: PythonModule | undefined
  let isLost = false
  const moduleOf = (text: string): PythonModule => {
    const found = readModule(text)
    if (!cut && !isLost) return found
    // What is missing, and what cannot be read, may be in the rest: where a string was cut, its lines are no code.
    const whole = found.broken ? readModule(text.split('\n', found.broken.line - 1).join('\n')) : found
    return { ...whole, isOpen: true, broken: undefined }
  }
  const textOf = () => {
    const { text, utf8 } = decodeUtf8(bytes)
    return utf8 ? text : decodeLatin1(bytes)
  }
  /** Where bytes stand that are not UTF-8, although no comment names another encoding. */
  const undecodable = (text: string) => {
    const { text: lenient, utf8 } = decodeUtf8(bytes)
    const [, encoding = 'utf-8'] = CODING.exec(text) ?? []
    if (utf8 || cut || !/^utf-?8\b/i.test(encoding)) return undefined
    const before = lenient.slice(0, lenient.indexOf('\ufffd'))
    return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
  }
  return {
    get cut() {
      return cut || isLost
    },
    size: content.length,
    get text() {
      return textOf()
    },
    get module() {
      if (module) return module
      const text = textOf()
      const found = moduleOf(text)
      module = { ...found, broken: found.broken ?? undecodable(text) }
      return module
    },
    get imports() {
      return this.module.imports
    },
    drop() {
      // A rule that ran out of time did not come to it.
      isLost = module === undefined && bytes.length > 0
      bytes = new Uint8Array()
    },
  }
}
