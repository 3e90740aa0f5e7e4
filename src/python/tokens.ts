/** Python text as tokens, of any Python from 2 to the newest: what only some of them read is noted. */

import type { Field } from './tree.js'

export type TokenKind = 'name' | 'number' | 'string' | 'op' | 'newline' | 'indent' | 'dedent' | 'bad' | 'end'

/** What the tokens note next to themselves. */
export type Note = (what: string, at: number, since: number, before?: number) => void

/** A part of a string token: its prefix, and where its content lies. */
export interface StringToken {
  readonly prefix: string
  readonly start: number
  readonly end: number
  /** Of an f-string: where the expressions in its replacement fields begin and end. */
  readonly fields: readonly Field[]
}

const NO_FIELDS: readonly Field[] = []

const TAB = 8

const COMMENT = /#[^\n\r]*/y
/** Quotes and spaces of word processors, and what cannot be seen. */
const NO_NAME = /[\u00a0\u2000-\u206f\u3000-\u3003\u3008-\u3020\uff00-\uff0f\uff1a-\uff20\ufeff]/
const NAME = /[A-Za-z_\x80-\uffff][\w\x80-\uffff]*/y
const NUMBER =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[jJlL]?/y
const STRING = /([A-Za-z]{0,2})('''|"""|'|")/y
const PREFIX = /^(?:[rbuft]|br|rb|fr|rf|tr|rt|ur)?$/i
/** `f'{x=}'`. */
const DEBUGGING = /=[ \t]*[}!:]/y
const OPERATOR = /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|\*\*|\/\/|<<|>>|<>|[-+*/%&|^@<>=!]=|[-+*/%&|^@<>=~.,:;()[\]{}`]/y
/** What a line can begin with only outside brackets: one that is not closed ends there. */
const FRESH = /(?:def|class|import)[ \t]+[A-Za-z_]|from[ \t]+[.\w]+[ \t]+import\b/y

const PLAIN = {
  "'": /[^'\\\n\r]+/y,
  '"': /[^"\\\n\r]+/y,
  "'''": /[^'\\]+/y,
  '"""': /[^"\\]+/y,
}
type Mark = keyof typeof PLAIN
const FORMATTED = {
  "'": /[^'\\\n\r{}]+/y,
  '"': /[^"\\\n\r{}]+/y,
  "'''": /[^'\\{}]+/y,
  '"""': /[^"\\{}]+/y,
}
/** Most f-strings in one another that Python reads. */
const DEEPEST = 149
/** Most levels of indentation that it reads, with that of the module. */
const MOST_LEVELS = 100
/** Most brackets in one another. */
const MOST_BRACKETS = 200

export class Tokens {
  kind: TokenKind = 'newline'
  /** Of names and operators. */
  value = ''
  start = 0
  end = 0
  readonly text: string
  private readonly note: Note
  /** Of a string token. */
  string: StringToken = { prefix: '', start: 0, end: 0, fields: NO_FIELDS }
  private fields: Field[] = []
  /** `plainEnd` came over a backslash. */
  private hasEscape = false
  private depth = 0
  private at = 0
  private readonly indents: { readonly wide: number; readonly narrow: number }[] = [{ wide: 0, narrow: 0 }]
  private dedents = 0
  private isLineStart = true

  constructor(text: string, note: Note) {
    this.text = text
    this.note = note
    if (text.charCodeAt(0) === 0xfeff) this.at = 1
    this.next()
  }

  /** To go back to. */
  mark() {
    const { kind, value, start, end, string, depth, at, dedents, isLineStart } = this
    return { kind, value, start, end, string, depth, at, dedents, isLineStart, indents: [...this.indents] }
  }

  reset({ indents, ...rest }: ReturnType<Tokens['mark']>): void {
    Object.assign(this, rest)
    this.indents.splice(0, this.indents.length, ...indents)
  }

  /** Is the line indented more often than Python reads? */
  get isTooFar(): boolean {
    return this.indents.length > MOST_LEVELS
  }

  /** Are there more brackets around the token than Python reads? */
  get isTooNested(): boolean {
    return this.depth > MOST_BRACKETS
  }

  /** Goes to the next token. */
  next(): TokenKind {
    if (this.dedents > 0) {
      this.dedents--
      return this.give('dedent', this.at, this.at)
    }
    return this.isLineStart && this.indented() ? this.kind : this.token()
  }

  private give(kind: TokenKind, start: number, end: number, value = ''): TokenKind {
    this.kind = kind
    this.start = start
    this.end = end
    this.value = value
    this.at = end
    return kind
  }

  /** At the start of a logical line: gives an indent or a dedent, where there is one. */
  private indented(): boolean {
    const { text, indents } = this
    let wide = 0
    let narrow = 0
    let at = this.at
    for (;;) {
      const unit = text.charCodeAt(at)
      if (unit === 0x20) {
        wide++
        narrow++
      } else if (unit === 0x09) {
        wide += TAB - (wide % TAB)
        narrow++
      } else if (unit === 0x0c) {
        wide = 0
        narrow = 0
      } else if (unit === 0x0a || unit === 0x0d) {
        wide = 0
        narrow = 0
      } else if (unit === 0x23) {
        at = lineEnd(text, at) - 1
      } else if (unit === 0x5c && /[\r\n]/.test(text.charAt(at + 1))) {
        at++
      } else break
      at++
    }
    this.at = at
    this.isLineStart = false
    if (at >= text.length) wide = 0
    const last = indents.at(-1)!
    if (wide > last.wide) {
      if (narrow <= last.narrow) this.note('tabs and spaces mixed in the indentation', at, 200, 300)
      indents.push({ wide, narrow })
      if (this.isTooFar) this.note(BROKEN, at, 0)
      this.give('indent', at, at)
      return true
    }
    if (wide === last.wide) {
      if (narrow !== last.narrow && at < text.length)
        this.note('tabs and spaces mixed in the indentation', at, 200, 300)
      return false
    }
    let count = 0
    while (indents.length > 1 && wide < indents.at(-1)!.wide) {
      indents.pop()
      count++
    }
    if (wide > indents.at(-1)!.wide) {
      // Back to where no block began.
      this.note(BROKEN, at, 0)
      indents.push({ wide, narrow })
      count--
    } else if (narrow !== indents.at(-1)!.narrow && at < text.length)
      this.note('tabs and spaces mixed in the indentation', at, 200, 300)
    if (count === 0) return false
    this.dedents = count - 1
    this.give('dedent', at, at)
    return true
  }

  private token(): TokenKind {
    const { text } = this
    for (;;) {
      let { at } = this
      let unit = text.charCodeAt(at)
      while (unit === 0x20 || unit === 0x09 || unit === 0x0c) unit = text.charCodeAt(++at)
      if (unit === 0x23) {
        COMMENT.lastIndex = at
        COMMENT.test(text)
        at = COMMENT.lastIndex
        unit = text.charCodeAt(at)
      }
      this.at = at
      if (at >= text.length) return this.atEnd()
      if (unit === 0x0a || unit === 0x0d) {
        const end = unit === 0x0d && text.charCodeAt(at + 1) === 0x0a ? at + 2 : at + 1
        if (this.depth > 0) {
          FRESH.lastIndex = end
          if (!FRESH.test(text)) {
            this.at = end
            continue
          }
          this.depth = 0
        }
        this.isLineStart = true
        return this.give('newline', at, end)
      }
      if (unit === 0x5c) {
        const next = text.charCodeAt(at + 1)
        if (next === 0x0a || next === 0x0d) {
          this.at = next === 0x0d && text.charCodeAt(at + 2) === 0x0a ? at + 3 : at + 2
          continue
        }
        return this.give('bad', at, at + 1)
      }
      if (unit >= 0x30 && unit <= 0x39) return this.number()
      if (unit === 0x2e && isDigit(text.charCodeAt(at + 1))) return this.number()
      if (unit === 0x22 || unit === 0x27) return this.readString(at)
      if (isNameStart(unit)) {
        // A prefix is no longer than two letters.
        const second = text.charCodeAt(at + 1)
        const third = text.charCodeAt(at + 2)
        if (second === 0x22 || second === 0x27 || third === 0x22 || third === 0x27) {
          STRING.lastIndex = at
          const [, prefix = ''] = STRING.exec(text) ?? []
          if (prefix !== '' && PREFIX.test(prefix)) return this.readString(at)
        }
        NAME.lastIndex = at
        NAME.test(text)
        const name = text.slice(at, NAME.lastIndex)
        const isPlain = !/[^\x00-\x7f]/.test(name)
        if (!isPlain && NO_NAME.test(name)) return this.give('bad', at, at + 1)
        // Python compares names by their normal form.
        return this.give('name', at, NAME.lastIndex, isPlain ? name : name.normalize('NFKC'))
      }
      OPERATOR.lastIndex = at
      if (!OPERATOR.test(text)) return this.give('bad', at, at + 1)
      if (unit === 0x28 || unit === 0x5b || unit === 0x7b) {
        this.depth++
        if (this.isTooNested) this.note(BROKEN, at, 0)
      } else if (unit === 0x29 || unit === 0x5d || unit === 0x7d) this.depth = Math.max(0, this.depth - 1)
      return this.give('op', at, OPERATOR.lastIndex, text.slice(at, OPERATOR.lastIndex))
    }
  }

  private atEnd(): TokenKind {
    const end = this.text.length
    this.depth = 0
    if (this.kind !== 'newline' && this.kind !== 'dedent' && this.kind !== 'end') {
      this.isLineStart = true
      return this.give('newline', end, end)
    }
    return this.give('end', end, end)
  }

  private number(): TokenKind {
    const { text, at } = this
    NUMBER.lastIndex = at
    NUMBER.test(text)
    const end = Math.max(NUMBER.lastIndex, at + 1)
    const written = text.slice(at, end)
    if (/^\d$/.test(written)) return this.give('number', at, end, written)
    if (/[lL]$/.test(written)) this.note('a number with L', at, 200, 300)
    // In `0xA_E1` the letter is a digit.
    else if (/__|_$|^(?!0[xX]).*(?:_[.eEjJ]|[.+-]_)/.test(written) || isCutZero(written)) this.note(BROKEN, at, 0)
    else if (/^0+[1-7][0-7]*$/.test(written)) this.note('an octal number that begins with 0 alone', at, 200, 300)
    else if (written.includes('_')) this.note('an underscore in a number', at, 306)
    return this.give('number', at, end, written)
  }

  private readString(at: number): TokenKind {
    const { text } = this
    STRING.lastIndex = at
    const [all = '', prefix = '', mark = '"'] = STRING.exec(text) ?? []
    const start = at + all.length
    const lower = prefix.toLowerCase()
    if (lower === 'ur') this.note("a string with the prefix ur''", at, 200, 300)
    let end: number
    if (/[ft]/.test(lower)) {
      if (lower.includes('t')) this.note('a template string', at, 314)
      else this.note('an f-string', at, 306)
      this.fields = []
      end = this.formattedEnd(start, mark as Mark, lower.includes('r'), [])
    } else {
      this.hasEscape = false
      end = this.plainEnd(start, mark as Mark)
      if (end >= 0) this.contentFaults(lower, start, end)
    }
    if (end < 0) {
      // It ends with its line, or never.
      this.note(BROKEN, at, 0)
      end = mark.length === 3 ? text.length : lineEnd(text, start)
      return this.give('bad', at, end)
    }
    this.string = { prefix: lower, start, end, fields: /[ft]/.test(lower) ? this.fields : NO_FIELDS }
    return this.give('string', at, end + mark.length)
  }

  /** Where the closing quotes stand; -1 where there are none. */
  private plainEnd(start: number, mark: Mark): number {
    const { text } = this
    const plain = PLAIN[mark]
    for (let at = start; at < text.length; at++) {
      plain.lastIndex = at
      if (plain.test(text)) at = plain.lastIndex
      const unit = text.charCodeAt(at)
      if (unit === 0x5c) {
        this.hasEscape = true
        at += text.charCodeAt(at + 1) === 0x0d && text.charCodeAt(at + 2) === 0x0a ? 2 : 1
      } else if (text.startsWith(mark, at)) return at
      else if (mark.length === 1 && (unit === 0x0a || unit === 0x0d)) return -1
    }
    return -1
  }

  /** What the compiler refuses in a string that ends well. */
  private contentFaults(prefix: string, start: number, end: number): void {
    const isBytes = prefix.includes('b')
    const isRaw = prefix.includes('r')
    if (!isBytes && (isRaw || !this.hasEscape)) return
    const content = this.text.slice(start, end)
    if (isBytes && /[^\x00-\x7f]/.test(content)) this.note('a letter that is not ASCII in bytes', start, 200, 300)
    if (isRaw || !this.hasEscape) return
    for (const [one] of content.matchAll(ESCAPE))
      if (one.startsWith('\\x') ? one.length < 4 : !isBytes && isCutEscape(one)) {
        if (one.startsWith('\\x') || prefix === 'u') this.note(BROKEN, start, 0)
        // Without its prefix, such a string was bytes.
        else this.note(`the escape ${one} that is cut short`, start, 200, 300)
        return
      }
  }

  private formattedEnd(start: number, mark: Mark, raw: boolean, outer: readonly Mark[]): number {
    const { text } = this
    const plain = FORMATTED[mark]
    for (let at = start; at < text.length; at++) {
      plain.lastIndex = at
      if (plain.test(text)) at = plain.lastIndex
      const unit = text.charCodeAt(at)
      if (unit === 0x5c) {
        if (!raw && text.startsWith('N{', at + 1)) {
          const close = text.indexOf('}', at)
          if (close < 0) return -1
          at = close
        } else if (!raw && isCutEscape(text.slice(at, at + 10))) {
          this.note(BROKEN, at, 0)
          at++
        } else if (text.charCodeAt(at + 1) !== 0x7b && text.charCodeAt(at + 1) !== 0x7d)
          at += text.charCodeAt(at + 1) === 0x0d && text.charCodeAt(at + 2) === 0x0a ? 2 : 1
      } else if (unit === 0x7b) {
        if (text.charCodeAt(at + 1) === 0x7b) at++
        else {
          const close = this.fieldEnd(at + 1, [...outer, mark])
          if (close < 0) return -1
          at = close
        }
      } else if (unit === 0x7d) {
        if (text.charCodeAt(at + 1) === 0x7d) at++
        else this.note(BROKEN, at, 0)
      } else if (text.startsWith(mark, at)) return at
      else if (mark.length === 1 && (unit === 0x0a || unit === 0x0d)) return -1
    }
    return -1
  }

  /** Where the brace stands that closes a replacement field; -1 where there is none. `formats`: those around it. */
  private fieldEnd(start: number, outer: readonly Mark[], formats = 0): number {
    const { text } = this
    if (formats === 2) this.note('a replacement field in a format inside another format', start, 312)
    if (formats > 2) return -1
    const mark = outer.at(-1)!
    let depth = 0
    /** Where the expression ends, before a conversion or `=`. */
    let last: number | undefined
    const note = (what: string, at: number) => this.note(`${what} in a replacement field of an f-string`, at, 312)
    if (outer.length > DEEPEST) return -1
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === 0x28 || unit === 0x5b || unit === 0x7b) depth++
      else if (unit === 0x29 || unit === 0x5d) depth = Math.max(0, depth - 1)
      else if (unit === 0x7d) {
        if (depth === 0) {
          if (text.slice(start, at).trim() === '') this.note(BROKEN, at, 0)
          if (outer.length === 1) this.fields.push([start, last ?? at])
          return at
        }
        depth--
      } else if (unit === 0x5c) {
        note('a backslash', at)
        at++
      } else if (unit === 0x23) {
        note('a comment', at)
        at = lineEnd(text, at) - 1
      } else if (unit === 0x0a || unit === 0x0d) {
        if (outer.some(one => one.length === 1)) note('a line end', at)
      } else if (unit === 0x3a && depth === 0) {
        if (outer.length === 1) this.fields.push([start, last ?? at])
        return this.formatEnd(at + 1, outer, formats)
      } else if (unit === 0x21 && depth === 0 && text.charCodeAt(at + 1) !== 0x3d) last ??= at
      else if (unit === 0x3a && text.charCodeAt(at + 1) === 0x3d) this.note('the operator :=', at, 308)
      else if (unit === 0x3d && depth === 0) {
        DEBUGGING.lastIndex = at
        if (DEBUGGING.test(text) && !/[=!<>]/.test(text.charAt(at - 1))) {
          this.note('`=` in a replacement field of an f-string', at, 308)
          last ??= at
        }
      } else if (unit === 0x22 || unit === 0x27) {
        const inner = (text.startsWith(text.charAt(at).repeat(3), at) ? text.charAt(at).repeat(3) : text[at]) as Mark
        // An empty string looks like the beginning of a long one.
        const here: Mark = inner.length === 3 && mark === inner[0] ? (inner[0] as Mark) : inner
        const prefix = /[A-Za-z]{0,2}$/.exec(text.slice(Math.max(start, at - 2), at))?.[0].toLowerCase() ?? ''
        if (outer.some(one => (one.length === 1 ? here[0] === one : here === one)))
          note(`the quote ${outer.find(one => (one.length === 1 ? here[0] === one : here === one))}`, at)
        const end =
          prefix.includes('f') && PREFIX.test(prefix)
            ? this.formattedEnd(at + here.length, here, prefix.includes('r'), outer)
            : this.plainEnd(at + here.length, here)
        if (end < 0) return -1
        // What one of the outer strings could not hold.
        if (outer.some(one => one.length === 1) && text.slice(at, end).includes('\\')) note('a backslash', at)
        else if (!prefix.includes('f') && text.slice(at, end).includes('\\')) note('a backslash', at)
        at = end + here.length - 1
      }
    }
    return -1
  }

  /** The same behind the colon of a format. */
  private formatEnd(start: number, outer: readonly Mark[], formats: number): number {
    const { text } = this
    const mark = outer.at(-1)!
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === 0x7d) return at
      if (unit === 0x7b) {
        const close = this.fieldEnd(at + 1, outer, formats + 1)
        if (close < 0) return -1
        at = close
      } else if (text.startsWith(mark, at)) return -1
      else if (mark.length === 1 && (unit === 0x0a || unit === 0x0d)) return -1
    }
    return -1
  }
}

/** Escapes as far as their digits go. */
const ESCAPE = /\\(?:x[\da-fA-F]{0,2}|u[\da-fA-F]{0,4}|U[\da-fA-F]{0,8}|N(?:\{[^{}]*\})?|[\s\S])/g

/** Does an escape begin here whose digits, or whose name, end too early? */
const isCutEscape = (text: string): boolean =>
  /^\\(?:x(?![\da-fA-F]{2})|u(?![\da-fA-F]{4})|U(?!00(?:0[\da-fA-F]|10)[\da-fA-F]{4})|N(?!\{[^{}]))/.test(text)

/** Noted where a token is none. */
export const BROKEN = ''

/** `09` and `0_7`: no number of any Python, unless a fraction or an exponent follows. */
const isCutZero = (written: string): boolean =>
  /^0[\d_]+$/.test(written) && (/[89]/.test(written) || (written.includes('_') && /[1-7]/.test(written)))

const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39

const isNameStart = (unit: number) =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f || unit >= 0x80

function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x0a || unit === 0x0d) return at
  }
  return text.length
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\r\n': '',
  '\r': '',
}

/** What a string without replacement fields means. */
export function contentOf(text: string, { prefix, start, end }: StringToken): string {
  const written = text.slice(start, end)
  if (!written.includes('\\') || prefix.includes('r')) return written
  return written.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|(\r\n|[\s\S]))/g,
    (all, x, u, U, octal, other) => {
      const hex: string | undefined = x ?? u ?? U
      const code = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : -1
      if (code >= 0) return code <= 0x10ffff ? String.fromCodePoint(code) : all
      return SIMPLE[other] ?? all
    },
  )
}
