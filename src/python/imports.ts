/** What Python files import and when, read from their lines: no grammar, so that a file of any Python version can be read. */

/**
 * `eager`: whenever the file is imported; `try`: without harm where it fails; `lazy`: by a function that somebody calls;
 * `typing`: for type checkers alone.
 */
export type ImportKind = 'eager' | 'try' | 'lazy' | 'typing'

interface PythonImport {
  /** As written, without the dots it begins with: '' in `from . import x`. */
  readonly module: string
  /** How many dots it begins with. */
  readonly level: number
  /** What stands after `import` in `from … import`: `*` too. Empty for `import …` and `import_module('…')`. */
  readonly names: readonly string[]
  readonly kind: ImportKind
}

export interface PythonFile {
  readonly imports: readonly PythonImport[]
  /** String literals that could be the name of a module, a program or a distribution. */
  readonly words: ReadonlySet<string>
  /** Only the beginning was read. */
  readonly cut: boolean
}

/** Most that is kept of one file. */
const MOST_IMPORTS = 2000
/** Characters of a statement in which names are looked for; each colon in it may begin an import. */
const LONGEST_IMPORT = 20_000
const MOST_WORDS = 2000
/** Most of a statement that is asked whether it opens a block. */
const LONGEST_HEADER = 1000

/** A block of statements, by what its header says of the imports in it. */
interface Block {
  readonly indent: number
  readonly outer: Block | undefined
  readonly what: 'try' | 'handler' | 'def' | 'typing' | 'other'
  /** Of a handler: its `try`, where it catches what a failed import raises. */
  readonly handles?: Block | undefined
  /** Of what stands behind a `try`: that block. */
  readonly after?: Block | undefined
  /** Of a `try`: a failed import is caught, and not raised again. */
  caught: boolean
  raised: boolean
}

const HEADER = /^(?:try|except|else|finally|(?:async\s+)?def|async|with|if|elif|for|while|class|match|case)\b/
const CAUGHT = /^except\s*(?::|\*?.*\b(?:ImportError|ModuleNotFoundError|OSError|Exception|BaseException)\b)/
const SUPPRESSED = /^with\s.*\bsuppress\(.*\b(?:ImportError|ModuleNotFoundError|OSError|Exception)\b/
const NEVER = /^if\s+(?:\w+\.)?TYPE_CHECKING\s*:/
const MAIN = /^if\s+__name__\s*==/
/** An import statement, also behind the colon of a header. */
const FROM = /(?:^|: ?)from ?([. ]{0,32})([A-Za-z_][\w.]*)? ?\bimport\b ?(.*)$/
const IMPORT = /(?:^|: ?)import (.*)$/
/** `import_module("")`: the literal's text is kept beside the line. */
const CALL = /\b(?:import_module|__import__)\(\s*\x00(\d+)\x00/g
const WORD = /^[A-Za-z_][\w.-]{0,63}$/

/** Reads a file. `text` may be Latin-1 for UTF-8: names that count are ASCII. */
export function pythonFile(text: string, cut: boolean, shared = new Map<string, string>()): PythonFile {
  const found: {
    readonly module: string
    readonly level: number
    names: readonly string[]
    block: Block | undefined
  }[] = []
  const words = new Set<string>()
  let block: Block | undefined
  // A piece of the text would hold all of it in memory.
  const own = (piece: string) => {
    const known = shared.get(piece)
    if (known !== undefined) return known
    const copy = [...piece].join('')
    shared.set(copy, copy)
    return copy
  }
  const add = (written: string, names: readonly string[], dots = '') => {
    if (found.length >= MOST_IMPORTS) return
    const level = dots.replace(/\s/g, '').length
    found.push({ module: own(written), level, names: names.map(own), block })
  }
  for (const { indent, statement, literals } of logicalLines(text)) {
    for (const literal of literals) if (words.size < MOST_WORDS && WORD.test(literal)) words.add(own(literal))
    let closed: Block | undefined
    while (block && block.indent >= indent) {
      if (block.indent === indent) closed = block
      block = block.outer
    }
    const header = HEADER.test(statement)
      ? headerOf(statement.slice(0, LONGEST_HEADER), indent, block, closed)
      : undefined
    if (header) block = header
    const handled = block?.what === 'handler' ? block.handles : undefined
    if (!handled && !statement.includes('import')) continue
    for (const part of statement.split(';')) {
      const one = part.trim().replace(/\s+/g, ' ')
      if (handled && /(?:^|: ?)raise\b/.test(one)) handled.raised = true
      if (one.includes('import')) importsIn(one.slice(0, LONGEST_IMPORT), literals, add)
    }
  }
  return {
    imports: found.map(({ module, level, names, block }) => ({ module, level, names, kind: kindIn(block) })),
    words,
    cut,
  }
}

function headerOf(statement: string, indent: number, outer: Block | undefined, closed: Block | undefined): Block {
  const made = (what: Block['what'], more: Partial<Block> = {}): Block => ({
    indent,
    outer,
    what,
    caught: false,
    raised: false,
    ...more,
  })
  if (/^try\s*:/.test(statement)) return made('try')
  if (/^(?:async\s+)?def\s/.test(statement) || MAIN.test(statement)) return made('def')
  if (NEVER.test(statement)) return made('typing')
  if (SUPPRESSED.test(statement)) return made('try', { caught: true })
  const opened = closed?.what === 'try' ? closed : closed?.after
  if (/^except\b/.test(statement)) {
    const catches = CAUGHT.test(statement)
    if (opened && catches) opened.caught = true
    return made('handler', { after: opened, handles: catches ? opened : undefined })
  }
  return made('other', { after: opened })
}

/** By the nearest block that says something. */
function kindIn(block: Block | undefined): ImportKind {
  let kind: ImportKind | undefined
  for (let one = block; one; one = one.outer) {
    if (one.what === 'typing') return 'typing'
    if (one.what === 'def') kind ??= 'lazy'
    else if (one.what === 'try' && one.caught && !one.raised) kind ??= 'try'
  }
  return kind ?? 'eager'
}

function importsIn(
  statement: string,
  literals: readonly string[],
  add: (module: string, names: readonly string[], dots?: string) => void,
): void {
  const from = FROM.exec(statement)
  if (from) {
    const [, dots = '', module = '', names = ''] = from
    add(module, itemsOf(names.replace(/[()]/g, ' ')), dots)
    return
  }
  const plain = IMPORT.exec(statement)
  if (plain) for (const module of itemsOf(plain[1] ?? '')) add(module, [])
  for (const [, index] of statement.matchAll(CALL)) {
    const [, dots = '', module = ''] = /^(\.*)(\w[\w.]*)$/.exec(literals[Number(index)] ?? '') ?? []
    if (module !== '') add(module, [], dots)
  }
}

/** `a as b, c.d` → `a`, `c.d`. */
const itemsOf = (list: string): readonly string[] =>
  list.split(',').flatMap(item => /^\s*([\w.]+|\*)/.exec(item)?.[1] ?? [])

interface LogicalLine {
  readonly indent: number
  /** Without comments; each string literal is its number between two NUL. */
  readonly statement: string
  readonly literals: readonly string[]
}

const PLAIN = /[^'"#()[\]{}\\\n\r\0]+/y

/** Statements of several lines as one. */
function* logicalLines(text: string): Generator<LogicalLine> {
  let at = 0
  while (at < text.length) {
    let indent = 0
    for (let unit = text[at]; unit === ' ' || unit === '\t' || unit === '\f'; unit = text[++at])
      indent = unit === ' ' ? indent + 1 : unit === '\t' ? indent - (indent % 8) + 8 : 0
    const literals: string[] = []
    let statement = ''
    let depth = 0
    for (; at < text.length; ) {
      const unit = text[at]
      if (unit === '\n' || unit === '\r') {
        at++
        if (depth === 0) break
        statement += ' '
      } else if (unit === '#') {
        at = lineEnd(text, at)
      } else if (unit === '\\') {
        at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 3 : 2
        statement += ' '
      } else if (unit === '"' || unit === "'") {
        const { start, end, next } = stringAt(text, at, unit)
        statement += `\0${literals.length}\0`
        literals.push(end - start <= 64 ? text.slice(start, end) : '')
        at = next
      } else {
        PLAIN.lastIndex = at
        const plain = PLAIN.exec(text)?.[0]
        if (plain !== undefined) statement += plain
        else if (unit === '(' || unit === '[' || unit === '{') depth++
        else if (unit === ')' || unit === ']' || unit === '}') depth = Math.max(0, depth - 1)
        if (plain === undefined && unit !== '\0') statement += unit
        at += plain?.length ?? 1
      }
    }
    if (statement.trim() !== '') yield { indent, statement: statement.trim(), literals }
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** The literal whose quote stands at `from`. One that is not closed ends with its line, or the text. */
function stringAt(text: string, from: number, quote: string) {
  const mark = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote
  const start = from + mark.length
  const inside = quote === '"' ? NOT_DOUBLE : NOT_SINGLE
  for (let at = start; at < text.length; at++) {
    inside.lastIndex = at
    at += inside.exec(text)?.[0].length ?? 0
    const unit = text[at]
    if (unit === '\\') at++
    else if (unit === '\n' && mark.length === 1) return { start, end: at, next: at }
    else if (unit === quote && text.startsWith(mark, at)) return { start, end: at, next: at + mark.length }
  }
  return { start, end: text.length, next: text.length }
}

const NOT_DOUBLE = /[^"\\\n]+/y
const NOT_SINGLE = /[^'\\\n]+/y
