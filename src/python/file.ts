import { decodeLatin1, decodeUtf8 } from '../text/utf8.js'
import { type PythonImport, type PythonModule, readModule } from './module.js'

/** A Python file, read when it is asked. */
export interface PythonFile {
  /** Only the beginning was kept, or nothing: it was dropped before anyone read it. Or it was nested too deeply to be read. */
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

const encodingOf = (text: string): string | undefined => CODING.exec(text)?.[1]

/** The encodings of Python by their families, and those that other projects add to it. */
const ENCODINGS =
  /^(?:u(?:tf)?_?(?:7|8|16|32)(?:_?(?:be|le|sig|ucs[24]))?|utf_8_.*|cp65001|unicode\w*|u[_s]?_?ascii|us|ascii|646|ansi_x3\w*|(?:iso_)?latin_?\d{1,2}|latin|(?:iso_)?latin_1_.*|l\d{1,2}|8859|(?:cs)?iso_?8859(?:_?\d{1,2})?(?:_\d{4}|_[ei])?|iso_8859_1_.*|iso_(?:ir|646|celtic|2022)\w*|iso2022\w*|cs\w+|(?:cp_?|ibm_?|windows_?|x_windows_)?\d{3,5}\w?|(?:cp_?|ebcdic_cp_)\w\w|(?:gb|big5|euc|ks|ksc|ms|ms_kanji|shift|sjis|s_jis|x_mac|mac|maccentral|koi|hp|tis|hz|ujis|u_jis|johab|ptcp|pt|kz|rk|strk|arabic|cyrillic|greek|hebrew|thai|turkish|vietnamese|roman|r8|chinese|korean|dbcs|mbcs|oem|ansi|jisx|raw|idna|punycode|charmap|hkscs|palmos|ruscii|uhc|asmo|ecma|elot)\w*|future_\w+|pyxl|hy|no_fstrings|mypy|type_hints)$/

/** A class: an object with functions of its own takes 2 kB, and a wheel may have 100,000 of them. */
class KeptFile implements PythonFile {
  readonly size: number
  #bytes: Uint8Array
  #wasCut: boolean
  #module: PythonModule | undefined

  constructor(bytes: Uint8Array, cut: boolean) {
    this.size = bytes.length
    this.#bytes = bytes
    this.#wasCut = cut
  }

  get cut(): boolean {
    return this.#wasCut
  }

  get text(): string {
    const { text, utf8 } = decodeUtf8(this.#bytes)
    return utf8 ? text : decodeLatin1(this.#bytes)
  }

  get module(): PythonModule {
    if (this.#module) return this.#module
    const { text } = this
    const found = moduleOf(text, this.cut)
    const broken = this.cut
      ? found.broken
      : (unknownEncoding(text) ?? found.broken ?? undecodable(this.#bytes, encodingOf(text)))
    this.#module = broken === found.broken ? found : { ...found, broken }
    this.#wasCut ||= found.isUnread
    return this.#module
  }

  get imports(): readonly PythonImport[] {
    return this.module.imports
  }

  drop(): void {
    // A rule that ran out of time did not come to it.
    if (this.#module === undefined && this.#bytes.length > 0) this.#wasCut = true
    this.#bytes = NOTHING
  }
}

const NOTHING = new Uint8Array()

export const pythonFile = (content: Uint8Array, cut: boolean): PythonFile => new KeptFile(content, cut)

function moduleOf(text: string, cut: boolean): PythonModule {
  const found = readModule(text)
  if (!cut) return found
  // What is missing, and what cannot be read, may be in the rest: where a string was cut, its lines are no code.
  const whole = found.broken ? readModule(text.split('\n', found.broken.line - 1).join('\n')) : found
  return { ...whole, isOpen: true, broken: undefined, undefinedName: undefined }
}

function unknownEncoding(text: string): PythonModule['broken'] {
  const encoding = encodingOf(text)
  const plain = encoding?.toLowerCase().replace(/[-_.]+/g, '_')
  if (encoding === undefined || plain === undefined || ENCODINGS.test(plain)) return undefined
  const before = text.slice(0, text.indexOf(encoding))
  return {
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
    why: `it names the encoding '${encoding}', which Python does not have`,
  }
}

/** Where bytes stand that are not UTF-8, although no comment names another encoding. */
function undecodable(bytes: Uint8Array, encoding = 'utf-8'): PythonModule['broken'] {
  const { text, utf8 } = decodeUtf8(bytes)
  if (utf8 || !/^utf-?8\b/i.test(encoding)) return undefined
  const before = text.slice(0, text.indexOf('\ufffd'))
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}
