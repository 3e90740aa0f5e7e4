import { append } from '../append.js'
import { scopeFaults } from './scopes.js'
import { BROKEN, contentOf, type TokenKind, Tokens } from './tokens.js'
import type { Alias, Argument, Construct, Expression, Field, Handler, Literal, Statement, Tree } from './tree.js'
import { expressionsIn, walrusesIn } from './walk.js'

/**
 * Reads Python text of any version. What cannot be read is one broken statement, and reading goes on with the next line. The
 * trees of f-strings' replacement fields are not made. Never throws.
 */
/** Most constructs that are kept of one text. */
const MOST_CONSTRUCTS = 1000

export function parsePython(text: string): Tree {
  return new Parser(text).module()
}

/** Expressions in one another. Each of the 200 brackets that Python allows may be two, and lambdas are some more. */
const DEEPEST = 700
/** Blocks that Python keeps on its stack within one function, up to 3.12. */
const MOST_BLOCKS = 20

const KEYWORDS = new Set(
  'False None True and as assert break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
)

/** Binary operators by how strongly they bind; comparisons and `not` apart. */
const BINDING: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  in: 4,
  is: 4,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '==': 4,
  '!=': 4,
  '<>': 4,
  '|': 5,
  '^': 6,
  '&': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '//': 10,
  '%': 10,
  '@': 10,
}
const NOT = 3

interface Sign {
  readonly at: number
  readonly operator: string
}
const NO_SIGNS: readonly Sign[] = []
const AUGMENTED = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=', '^=', '>>=', '<<=', '**='])

const EQUALS = /(?:\s|\\\r?\n|#[^\n\r]*[\n\r])*=(?!=)/y

const NO_SYNTAX = new Error('no syntax')
/** Nested more deeply than is read here: Python may read it. */
const TOO_DEEP = new Error('too deep')

interface Params {
  readonly params: string[]
  readonly parts: Expression[]
  readonly defaults: Expression[]
  readonly annotations: Expression[]
  readonly known: Set<string>
}

interface Around {
  readonly isFunction: boolean
  readonly isAsync: boolean
  readonly isClass: boolean
  readonly isLoop: boolean
  /** In a `finally:`, and in no loop in it. */
  readonly isFinally: boolean
  /** How many functions are around it. */
  readonly functions: number
  /** Loops, `with` and `try` around it, in the same function. */
  readonly blocks: number
  /** Where the function first returns a value, once it does. */
  readonly given: { at: number | undefined } | undefined
}

const OUTSIDE: Around = {
  isFunction: false,
  isAsync: false,
  isClass: false,
  isLoop: false,
  isFinally: false,
  functions: 0,
  blocks: 0,
  given: undefined,
}

const inFunction = ({ functions }: Around, isAsync: boolean): Around => ({
  ...OUTSIDE,
  isFunction: true,
  isAsync,
  functions: functions + 1,
  given: { at: undefined },
})

class Parser {
  private readonly text: string
  private readonly tokens: Tokens
  private readonly constructs: Construct[] = []
  private readonly known = new Set<string>()
  private broken: number | undefined
  private unread: number | undefined
  private depth = 0
  private yields = 0
  /** Asynchronous comprehensions that are no generators. */
  private asyncs = 0
  /** `await` outside of asynchronous functions, of the statement that is read: only generators may contain it. */
  private readonly awaits: number[] = []
  private readonly hasWalrus: boolean
  /** Where a statement stands: what may be left or given from here. */
  private around = OUTSIDE

  constructor(text: string) {
    this.text = text
    this.hasWalrus = text.includes(':=')
    this.tokens = new Tokens(text, (what, at, since, before) => this.note(what, at, since, before))
  }

  private note(what: string, at: number, since: number, before?: number): void {
    if (what === BROKEN) this.broken ??= at
    else if (!this.known.has(what)) {
      this.known.add(what)
      this.constructs.push({ what, at, since, before })
    }
  }

  /** All of these are kept, since some may never run. */
  private noteLate(what: string, at: number, before: number): void {
    if (this.constructs.length < MOST_CONSTRUCTS) this.constructs.push({ what, at, since: 200, before, isLate: true })
  }

  module(): Tree {
    const body: Statement[] = []
    while (this.tokens.kind !== 'end') {
      if (this.tokens.kind === 'indent' || this.tokens.kind === 'dedent' || this.tokens.kind === 'newline') {
        if (this.tokens.kind === 'indent') this.broken ??= this.tokens.start
        this.tokens.next()
      } else this.statement(body)
    }
    this.refuseLateFutures(body)
    const { constructs, unread } = this
    // What is behind it may be a part of it.
    if (unread !== undefined) {
      const broken = this.broken !== undefined && this.broken < unread ? this.broken : undefined
      return { body, constructs: constructs.filter(({ at }) => at < unread), broken, unread }
    }
    if (this.broken === undefined && /\b(?:global|nonlocal)\b/.test(this.text))
      for (const { what, at, before } of scopeFaults(body, this.hasWalrus))
        if (what === undefined) this.refuse(at)
        else this.note(what, at, 200, before)
    return { body, constructs, broken: this.broken, unread }
  }

  /** Only comments and the docstring may come before what changes the language. */
  private refuseLateFutures([first, ...rest]: readonly Statement[]): void {
    const isFuture = (one: Statement) => one.kind === 'from' && one.level === 0 && one.module === '__future__'
    if (!first) return
    let isLate = !isFuture(first) && !(first.kind === 'expression' && first.value.kind === 'string')
    for (const one of rest) {
      if (!isFuture(one)) isLate = true
      else if (isLate) this.refuse(one.at)
    }
  }

  // Tokens.

  private is(value: string): boolean {
    const { kind } = this.tokens
    return (kind === 'op' || kind === 'name') && this.tokens.value === value
  }

  private isAt(kind: TokenKind): boolean {
    return this.tokens.kind === kind
  }

  private take(value: string): boolean {
    if (!this.is(value)) return false
    this.tokens.next()
    return true
  }

  private expect(value: string): void {
    if (!this.take(value)) throw NO_SYNTAX
  }

  /** The next token without taking this one. */
  private peek<T>(look: (tokens: Tokens) => T): T {
    const mark = this.tokens.mark()
    const { constructs, broken } = this
    const count = constructs.length
    this.tokens.next()
    const found = look(this.tokens)
    for (const { what } of constructs.splice(count)) this.known.delete(what)
    this.broken = broken
    this.tokens.reset(mark)
    return found
  }

  private name(): string {
    const { kind, value, start } = this.tokens
    if (kind !== 'name' || (KEYWORDS.has(value) && value !== 'nonlocal')) throw NO_SYNTAX
    this.noteName(value, start)
    this.tokens.next()
    return value
  }

  /** Words of Python 3 that are names in Python 2, or were before 3.7. */
  private noteName(value: string, at: number): void {
    if (value === 'async' || value === 'await') this.note(`the name \`${value}\``, at, 200, 307)
    else if (value === 'nonlocal') this.note('the name `nonlocal`', at, 200, 300)
  }

  // Statements.

  /** A grammar reads it, and no compiler takes it. */
  private refuse(at: number): void {
    this.broken = Math.min(this.broken ?? at, at)
  }

  /** The block of a function, a class or a loop. */
  private blockIn(what: 'function' | 'async function' | 'class' | 'loop'): readonly Statement[] {
    const { around } = this
    if (what === 'loop') this.around = this.inBlock(1, { ...around, isLoop: true, isFinally: false })
    else if (what === 'class') this.around = { ...OUTSIDE, isClass: true, functions: around.functions }
    else this.around = inFunction(around, what === 'async function')
    const { given } = this.around
    const { yields } = this
    const body = this.block()
    // An asynchronous generator gives nothing back.
    if (what === 'async function' && this.yields > yields && given?.at !== undefined) this.refuse(given.at)
    this.around = around
    return body
  }

  /** What stands in so many blocks more. */
  private inBlock(more: number, around: Around): Around {
    const blocks = around.blocks + more
    if (blocks > MOST_BLOCKS)
      this.note(`more than ${MOST_BLOCKS} loops, \`with\` and \`try\` in one another`, this.tokens.start, 313)
    return { ...around, blocks }
  }

  private statement(into: Statement[]): void {
    const at = this.tokens.start
    const { depth, around } = this
    const length = into.length
    const count = this.constructs.length
    try {
      this.oneStatement(into)
      for (const one of this.awaits.splice(0)) this.refuse(one)
    } catch (error) {
      if (error !== NO_SYNTAX && error !== TOO_DEEP) throw error
      this.depth = depth
      this.around = around
      this.awaits.length = 0
      into.length = length
      // What looks like a construct in text that is none says nothing.
      for (const { what } of this.constructs.splice(count)) this.known.delete(what)
      if (error === TOO_DEEP && !this.tokens.isTooNested) this.unread ??= at
      else this.broken = Math.min(this.broken ?? at, at)
      into.push({ kind: 'broken', at, body: this.skipLine() })
    }
  }

  /** To the next line; the statements of the block that begins there. */
  private skipLine(): readonly Statement[] {
    while (this.tokens.kind !== 'newline' && this.tokens.kind !== 'end') this.tokens.next()
    if (this.tokens.kind === 'newline') this.tokens.next()
    return this.isAt('indent') ? this.indented() : []
  }

  private indented(): readonly Statement[] {
    // Python reads no such text.
    if (this.tokens.isTooFar) return this.skipIndented()
    const body: Statement[] = []
    this.tokens.next()
    while (this.tokens.kind !== 'dedent' && this.tokens.kind !== 'end') {
      if (this.tokens.kind === 'indent') {
        this.broken ??= this.tokens.start
        append(body, this.indented())
      } else if (this.tokens.kind === 'newline') this.tokens.next()
      else this.statement(body)
    }
    if (this.tokens.kind === 'dedent') this.tokens.next()
    return body
  }

  private skipIndented(): readonly Statement[] {
    let depth = 0
    do {
      if (this.tokens.kind === 'indent') depth++
      if (this.tokens.kind === 'dedent') depth--
      this.tokens.next()
    } while (depth > 0 && this.tokens.kind !== 'end')
    return []
  }

  private block(): readonly Statement[] {
    this.expect(':')
    if (this.tokens.kind !== 'newline') {
      const body: Statement[] = []
      this.simpleStatements(body)
      return body
    }
    this.tokens.next()
    // An empty block: a header of Jinja, or text that was cut.
    if (!this.isAt('indent')) throw NO_SYNTAX
    return this.indented()
  }

  private oneStatement(into: Statement[]): void {
    const { kind, value, start: at } = this.tokens
    if (kind === 'op' && value === '@') {
      into.push(this.decorated())
      return
    }
    if (kind !== 'name') {
      this.simpleStatements(into)
      return
    }
    switch (value) {
      case 'if':
        into.push(this.ifStatement())
        return
      case 'while': {
        this.tokens.next()
        const test = this.namedExpression()
        const body = this.blockIn('loop')
        into.push({ kind: 'while', at, test, body, otherwise: this.elseBlock() })
        return
      }
      case 'for':
        into.push(this.forStatement(at))
        return
      case 'try':
        into.push(this.tryStatement())
        return
      case 'with':
        into.push(this.withStatement(at))
        return
      case 'def':
      case 'class':
        into.push(value === 'def' ? this.def(at, []) : this.classStatement(at, []))
        return
      case 'async':
        if (
          this.peek(({ kind, value }) => kind === 'name' && (value === 'def' || value === 'for' || value === 'with'))
        ) {
          this.note('`async`', at, 305)
          this.tokens.next()
          if (this.is('def')) into.push(this.def(at, [], true))
          else if (!this.around.isAsync) throw NO_SYNTAX
          else into.push(this.is('for') ? this.forStatement(at) : this.withStatement(at))
          return
        }
        break
      case 'match': {
        const found = this.matchStatement()
        if (found) {
          into.push(found)
          return
        }
        break
      }
      default:
    }
    this.simpleStatements(into)
  }

  private ifStatement(): Statement {
    const tests: { readonly at: number; readonly test: Expression; readonly body: readonly Statement[] }[] = []
    do {
      const at = this.tokens.start
      this.tokens.next()
      tests.push({ at, test: this.namedExpression(), body: this.block() })
    } while (this.is('elif'))
    let otherwise = this.elseBlock()
    for (const one of tests.reverse()) otherwise = [{ kind: 'if', ...one, otherwise }]
    return otherwise[0]!
  }

  private elseBlock(): readonly Statement[] {
    return this.take('else') ? this.block() : []
  }

  private forStatement(at: number): Statement {
    this.expect('for')
    const target = this.targets()
    this.expect('in')
    const { start } = this.tokens
    const isOpen = this.is('(')
    const iterable = this.plainExpressions()
    if (!isTargetWhole(target) || iterable.kind === 'star') throw NO_SYNTAX
    if (!isOpen && iterable.kind === 'tuple' && iterable.items.some(({ kind }) => kind === 'star'))
      this.note('unpacking in `for` without parentheses', start, 309)
    const body = this.blockIn('loop')
    return { kind: 'for', at, target, iterable, body, otherwise: this.elseBlock() }
  }

  /** Of `for`: no `in` belongs to it. */
  private targets(): Expression {
    const at = this.tokens.start
    const items: Expression[] = []
    let isTuple = false
    while (!this.is('in')) {
      const start = this.tokens.start
      items.push(this.take('*') ? { kind: 'star', at: start, value: this.binary(5) } : this.binary(5))
      if (!this.take(',')) break
      isTuple = true
    }
    const [only] = items
    if (!only) throw NO_SYNTAX
    return isTuple ? { kind: 'tuple', at, items } : only
  }

  private tryStatement(): Statement {
    const at = this.tokens.start
    this.tokens.next()
    const { around } = this
    this.around = this.inBlock(1, around)
    const body = this.block()
    const handlers: Handler[] = []
    while (this.is('except')) {
      // What follows a bare `except:` is never asked.
      const last = handlers.at(-1)
      if (last && last.type === undefined) this.refuse(last.at)
      handlers.push(this.handler())
    }
    this.around = around
    const otherwise = this.elseBlock()
    const last = this.take('finally') ? this.finallyBlock() : []
    if (handlers.length === 0 && last.length === 0) throw NO_SYNTAX
    return { kind: 'try', at, body, handlers, otherwise, last }
  }

  private finallyBlock(): readonly Statement[] {
    const { around } = this
    this.around = this.inBlock(1, { ...around, isFinally: true })
    const body = this.block()
    this.around = around
    return body
  }

  private handler(): Handler {
    const at = this.tokens.start
    this.tokens.next()
    if (this.is(':')) return { at, type: undefined, name: undefined, body: this.block() }
    if (this.take('*')) this.note('`except*`', at, 311)
    const first = this.expression()
    if (this.take('as')) return { at, type: first, name: this.name(), body: this.block() }
    if (!this.is(',')) return { at, type: first, name: undefined, body: this.block() }
    const items = [first]
    while (this.take(',')) if (!this.is(':')) items.push(this.expression())
    const [, second] = items
    // Python 2 gives the exception the second name; from 3.14 on it is another exception.
    if (items.length === 2 && (second?.kind === 'name' || second?.kind === 'tuple'))
      this.note('`except` with a comma and without parentheses', at, 314)
    else this.note('`except` of several without parentheses', at, 314)
    const name = second?.kind === 'name' && items.length === 2 ? second.name : undefined
    return { at, type: { kind: 'tuple', at: first.at, items }, name, body: this.block() }
  }

  private withStatement(at: number): Statement {
    this.expect('with')
    const items = this.is('(') && this.isParenthesizedWith(at) ? this.withItems(true) : this.withItems(false)
    const { around } = this
    this.around = this.inBlock(items.length, around)
    const body = this.block()
    this.around = around
    return { kind: 'with', at, items, body }
  }

  /** `with (a as b, c):` and not `with (a, b).c as d:`. */
  private isParenthesizedWith(at: number): boolean {
    const mark = this.tokens.mark()
    const { constructs, broken } = this
    const count = constructs.length
    let hasAs = false
    let depth = 0
    do {
      if (this.tokens.kind === 'op') {
        if ('([{'.includes(this.tokens.value)) depth++
        else if (')]}'.includes(this.tokens.value)) depth--
      } else if (depth === 1 && this.tokens.kind === 'name' && this.tokens.value === 'as') hasAs = true
      this.tokens.next()
    } while (depth > 0 && this.tokens.kind !== 'newline' && this.tokens.kind !== 'end')
    const closes = this.is(':')
    for (const { what } of constructs.splice(count)) this.known.delete(what)
    this.broken = broken
    this.tokens.reset(mark)
    if (closes && hasAs) this.note('`with` and parentheses around its items', at, 309)
    return closes && hasAs
  }

  private withItems(isParenthesized: boolean) {
    const items: { value: Expression; target: Expression | undefined }[] = []
    if (isParenthesized) this.expect('(')
    do {
      if (isParenthesized && this.is(')')) break
      const value = this.expression()
      items.push({ value, target: this.take('as') ? this.withTarget() : undefined })
    } while (this.take(','))
    if (isParenthesized) this.expect(')')
    return items
  }

  private withTarget(): Expression {
    const target = this.binary(5)
    if (!isTargetWhole(target)) throw NO_SYNTAX
    return target
  }

  private decorated(): Statement {
    const { start } = this.tokens
    const decorators: Expression[] = []
    while (this.take('@')) {
      const decorator = this.namedExpression()
      if (!isPlainDecorator(decorator)) this.note('a decorator that is no name or call of one', decorator.at, 309)
      decorators.push(decorator)
      if (this.tokens.kind !== 'newline') throw NO_SYNTAX
      this.tokens.next()
    }
    const isAsync = this.is('async')
    if (isAsync) {
      this.note('`async`', this.tokens.start, 305)
      this.tokens.next()
    }
    return this.is('class') ? this.classStatement(start, decorators) : this.def(start, decorators, isAsync)
  }

  private def(at: number, decorators: readonly Expression[], isAsync = false): Statement {
    this.expect('def')
    const name = this.name()
    const typeParams = this.typeParams('function')
    this.expect('(')
    const { params, stars, parts, defaults, annotations, required } = this.params(')', true)
    this.expect(')')
    if (this.is('->')) {
      this.tokens.next()
      annotations.push(this.expression())
    }
    append(parts, annotations)
    const { yields } = this
    const body = this.blockIn(isAsync ? 'async function' : 'function')
    const isDeferred = isAsync || this.yields > yields
    this.yields = yields
    return {
      kind: 'def',
      at,
      name,
      typeParams,
      decorators,
      params,
      stars,
      required,
      parts,
      defaults,
      annotations,
      body,
      isDeferred,
    }
  }

  private params(
    close: string,
    annotated: boolean,
  ): Omit<Params, 'known'> & { readonly required: string[]; readonly stars: string[] } {
    const params: string[] = []
    const stars: string[] = []
    const parts: Expression[] = []
    const defaults: Expression[] = []
    const annotations: Expression[] = []
    const found: Params = { params, parts, defaults, annotations, known: new Set() }
    const required: string[] = []
    let hasDefault = false
    let isKeyword = false
    while (!this.is(close)) {
      const at = this.tokens.start
      if (this.take('/')) {
        if (params.length === 0) throw NO_SYNTAX
        this.note('a `/` among the parameters', at, 308)
      } else if (this.take('*')) {
        isKeyword = true
        if (this.is(',')) this.note('keyword-only parameters', at, 300)
        else {
          this.param(found, annotated, true)
          stars.push(params.at(-1) ?? '')
        }
      } else if (this.take('**')) {
        isKeyword = true
        this.param(found, annotated, false)
        stars.push(params.at(-1) ?? '')
      } else if (this.is('(')) {
        this.note('a tuple among the parameters', at, 200, 300)
        parts.push(this.atom())
        if (this.take('=')) parts.push(this.expression())
      } else {
        const isDefault = this.param(found, annotated, false)
        if (!isDefault) required.push(params.at(-1) ?? '')
        // What follows `*` may have a default or not.
        if (hasDefault && !isDefault && !isKeyword) this.refuse(at)
        hasDefault ||= isDefault
      }
      if (!this.take(',')) break
    }
    return { params, stars, parts, defaults, annotations, required }
  }

  /** Does it have a default value? */
  private param({ params, parts, defaults, annotations, known }: Params, annotated: boolean, isStar: boolean): boolean {
    const { start } = this.tokens
    const name = this.name()
    if (known.has(name)) this.refuse(start)
    known.add(name)
    params.push(name)
    if (annotated && this.take(':')) {
      const at = this.tokens.start
      this.note('annotations of parameters', at, 300)
      if (isStar && this.take('*')) this.note('an unpacked annotation of a parameter', at, 311)
      annotations.push(this.expression())
    }
    const isDefault = this.take('=')
    if (isDefault) {
      const value = this.expression()
      parts.push(value)
      defaults.push(value)
    }
    return isDefault
  }

  private typeParams(what: string): readonly string[] {
    if (!this.is('[')) return []
    this.note(`type parameters of a ${what}`, this.tokens.start, 312)
    this.tokens.next()
    const known = new Set<string>()
    while (!this.is(']')) {
      if (!this.take('*')) this.take('**')
      const { start } = this.tokens
      const name = this.name()
      if (known.has(name)) this.refuse(start)
      known.add(name)
      if (this.take(':')) this.expression()
      const at = this.tokens.start
      if (this.take('=')) {
        this.note('a default of a type parameter', at, 313)
        this.take('*')
        this.expression()
      }
      if (!this.take(',')) break
    }
    this.expect(']')
    return [...known]
  }

  private classStatement(at: number, decorators: readonly Expression[]): Statement {
    this.expect('class')
    const name = this.name()
    const typeParams = this.typeParams('class')
    const args = this.take('(') ? this.args() : []
    return { kind: 'class', at, name, typeParams, decorators, args, body: this.blockIn('class') }
  }

  /** Undefined where `match` is a name. */
  private matchStatement(): Statement | undefined {
    const { start: at } = this.tokens
    const mark = this.tokens.mark()
    const { depth, broken } = this
    const count = this.constructs.length
    try {
      this.tokens.next()
      const { kind, value } = this.tokens
      const opens = kind === 'op' ? '([{-~*'.includes(value) || value === '...' : kind !== 'name' || !INFIX.has(value)
      if (!opens || kind === 'newline') throw NO_SYNTAX
      const subject = this.starExpressions()
      this.expect(':')
      if (this.tokens.kind !== 'newline') throw NO_SYNTAX
      this.tokens.next()
      if (!this.isAt('indent')) throw NO_SYNTAX
      this.tokens.next()
      if (!this.is('case')) throw NO_SYNTAX
      this.note('`match`', at, 310)
      const cases: { names: readonly string[]; body: readonly Statement[] }[] = []
      let takesAll = false
      while (this.is('case')) {
        // What follows a pattern that takes all is never asked.
        if (takesAll) this.refuse(this.tokens.start)
        takesAll = this.peek(tokens => {
          if (tokens.kind !== 'name' || KEYWORDS.has(tokens.value)) return false
          tokens.next()
          return tokens.value === ':'
        })
        this.tokens.next()
        const names = this.pattern()
        cases.push({ names, body: this.block() })
        while (this.isAt('newline')) this.tokens.next()
      }
      if (!this.isAt('dedent')) throw NO_SYNTAX
      this.tokens.next()
      return { kind: 'match', at, subject, cases, takesAll }
    } catch (error) {
      if (error !== NO_SYNTAX) throw error
      this.depth = depth
      this.broken = broken
      for (const { what } of this.constructs.splice(count)) this.known.delete(what)
      this.tokens.reset(mark)
      return undefined
    }
  }

  /** The names that a pattern and its guard may bind. */
  private pattern(): readonly string[] {
    const names: string[] = []
    let depth = 0
    let last = ''
    while (depth > 0 || !this.is(':')) {
      const { kind, value } = this.tokens
      if (kind === 'newline' || kind === 'end' || kind === 'bad') throw NO_SYNTAX
      if (kind === 'op' && '([{'.includes(value)) depth++
      else if (kind === 'op' && ')]}'.includes(value)) depth--
      else if (kind === 'name' && value === 'if' && depth === 0) {
        this.tokens.next()
        const guard = this.namedExpression()
        if (guard.kind === 'walrus') names.push(guard.target.name)
        break
      } else if (kind === 'name' && last !== '.' && !KEYWORDS.has(value) && value !== '_') names.push(value)
      last = kind === 'op' ? value : ''
      this.tokens.next()
    }
    return names
  }

  private simpleStatements(into: Statement[]): void {
    do {
      if (this.tokens.kind === 'newline') break
      into.push(this.simpleStatement())
    } while (this.take(';'))
    if (this.tokens.kind !== 'newline') throw NO_SYNTAX
    this.tokens.next()
  }

  private simpleStatement(): Statement {
    const { kind, value, start: at } = this.tokens
    if (kind !== 'name') return this.expressionStatement()
    switch (value) {
      case 'import':
        this.tokens.next()
        return { kind: 'import', at, names: this.aliases(true) }
      case 'from':
        return this.fromStatement()
      case 'pass':
      case 'break':
      case 'continue':
        if (value !== 'pass' && !this.around.isLoop) this.refuse(at)
        if (value === 'continue' && this.around.isFinally) this.note('`continue` in a `finally` block', at, 308)
        this.tokens.next()
        return value === 'pass' ? { kind: 'other', at, parts: [] } : { kind: value, at }
      case 'return':
        if (!this.around.isFunction) this.refuse(at)
        this.tokens.next()
        if (this.isStatementEnd()) return { kind: 'return', at, value: undefined }
        if (this.around.given) this.around.given.at ??= at
        return { kind: 'return', at, value: this.bareExpressions('return') }
      case 'raise':
        return this.raiseStatement()
      case 'global':
      case 'nonlocal': {
        if (value === 'nonlocal' && !this.peek(({ kind }) => kind === 'name')) break
        this.tokens.next()
        if (value === 'nonlocal') {
          this.note('`nonlocal`', at, 300)
          if (this.around.functions === 0) this.refuse(at)
        }
        const names = [this.name()]
        while (this.take(',')) names.push(this.name())
        return { kind: value, at, names }
      }
      case 'del': {
        this.tokens.next()
        const target = this.starExpressions()
        if (!isTarget(target)) throw NO_SYNTAX
        return { kind: 'delete', at, targets: target.kind === 'tuple' ? target.items : [target] }
      }
      case 'assert': {
        this.tokens.next()
        const parts = [this.expression()]
        if (this.take(',')) parts.push(this.expression())
        return { kind: 'other', at, parts }
      }
      case 'print':
      case 'exec':
        return this.printStatement(value) ?? this.expressionStatement()
      case 'type': {
        const found = this.typeStatement()
        if (found) return found
        break
      }
      default:
    }
    return this.expressionStatement()
  }

  private isStatementEnd(): boolean {
    return this.tokens.kind === 'newline' || this.tokens.kind === 'end' || this.is(';')
  }

  private aliases(dotted: boolean): readonly Alias[] {
    const names: Alias[] = []
    do {
      const { start: at } = this.tokens
      if (!dotted && this.is(')')) break
      let name = this.name()
      while (dotted && this.take('.')) name += `.${this.name()}`
      names.push({ at, name, as: this.take('as') ? this.name() : undefined })
    } while (this.take(','))
    if (names.length === 0) throw NO_SYNTAX
    return names
  }

  private fromStatement(): Statement {
    const { start: at } = this.tokens
    this.tokens.next()
    let level = 0
    while (this.is('.') || this.is('...')) {
      level += this.tokens.value.length
      this.tokens.next()
    }
    let module = ''
    if (!this.is('import')) {
      module = this.name()
      while (this.take('.')) module += `.${this.name()}`
    } else if (level === 0) throw NO_SYNTAX
    this.expect('import')
    const { start } = this.tokens
    if (this.take('*')) {
      if (this.around.functions > 0 || this.around.isClass)
        this.note(`\`import *\` in a ${this.around.isFunction ? 'function' : 'class'}`, at, 200, 300)
      return { kind: 'from', at, module, level, names: [{ at: start, name: '*', as: undefined }] }
    }
    const isParenthesized = this.take('(')
    const names = this.aliases(false)
    if (isParenthesized) this.expect(')')
    if (module === '__future__' && level === 0) {
      if (names.some(({ name }) => name === 'annotations')) this.note('`from __future__ import annotations`', at, 307)
      if (!names.every(({ name }) => FEATURES.has(name))) this.refuse(at)
    }
    return { kind: 'from', at, module, level, names }
  }

  private raiseStatement(): Statement {
    const { start: at } = this.tokens
    this.tokens.next()
    if (this.isStatementEnd()) return { kind: 'raise', at, value: undefined }
    const value = this.expression()
    if (this.take('from')) {
      this.note('`raise … from`', at, 300)
      this.expression()
    } else if (this.take(',')) {
      this.note('`raise` with a comma', at, 200, 300)
      this.starExpressions()
    }
    return { kind: 'raise', at, value }
  }

  /** The statements of Python 2; undefined where it is a call or another expression. */
  private printStatement(word: string): Statement | undefined {
    const { start: at } = this.tokens
    const begins = this.peek(
      ({ kind, value }) =>
        kind === 'string' || kind === 'number' || (kind === 'name' && !INFIX.has(value)) || value === '`',
    )
    if (!begins) return word === 'print' ? this.printTo() : undefined
    this.note(`the statement \`${word}\``, at, 200, 300)
    this.tokens.next()
    const parts: Expression[] = []
    while (!this.isStatementEnd()) {
      parts.push(this.expression())
      if (!this.take(',')) break
    }
    return { kind: 'other', at, parts }
  }

  /** `print >>file, text` is a tuple in Python 3, whose first item cannot be computed. */
  private printTo(): Statement | undefined {
    const { start: at } = this.tokens
    if (!this.peek(({ value }) => value === '>>') || PRINT_IS_BOUND.test(this.text)) return undefined
    const value = this.starExpressions()
    if (value.kind === 'tuple') this.noteLate('the statement `print >>`', at, 300)
    return { kind: 'expression', at, value }
  }

  private typeStatement(): Statement | undefined {
    const { start: at } = this.tokens
    const isStatement = this.peek(tokens => {
      if (tokens.kind !== 'name' || KEYWORDS.has(tokens.value)) return false
      tokens.next()
      return (tokens.kind as string) === 'op' && (tokens.value === '=' || tokens.value === '[')
    })
    if (!isStatement) return undefined
    this.note('the statement `type`', at, 312)
    this.tokens.next()
    const name = this.name()
    this.typeParams('type alias')
    this.expect('=')
    this.expression()
    return { kind: 'type', at, name }
  }

  private expressionStatement(): Statement {
    const { start: at } = this.tokens
    const first = this.plainExpressions()
    if (first.kind === 'star') throw NO_SYNTAX
    if (this.tokens.kind !== 'op') return { kind: 'expression', at, value: first }
    const operator = this.tokens.value
    if (operator === ':') {
      if (first.kind !== 'name' && first.kind !== 'attribute' && first.kind !== 'index') throw NO_SYNTAX
      this.tokens.next()
      this.note('an annotation of a variable', at, 306)
      const annotation = this.expression()
      const value = this.take('=') ? this.assigned() : undefined
      return { kind: 'assign', at, targets: [first], operator: '=', value, annotation }
    }
    if (AUGMENTED.has(operator)) {
      if (first.kind !== 'name' && first.kind !== 'attribute' && first.kind !== 'index') throw NO_SYNTAX
      if (operator === '@=') this.note('the operator @', this.tokens.start, 305)
      this.tokens.next()
      return { kind: 'assign', at, targets: [first], operator, value: this.assigned(), annotation: undefined }
    }
    if (operator !== '=') return { kind: 'expression', at, value: first }
    const targets: Expression[] = []
    let value: Expression = first
    while (this.take('=')) {
      if (!isTargetWhole(value)) throw NO_SYNTAX
      targets.push(value)
      value = this.assigned()
    }
    if (value.kind === 'star') throw NO_SYNTAX
    return { kind: 'assign', at, targets, operator: '=', value, annotation: undefined }
  }

  private assigned(): Expression {
    return this.is('yield') ? this.yieldExpression() : this.plainExpressions()
  }

  // Expressions.

  /** Where a walrus needs parentheses of its own. */
  private plainExpressions(): Expression {
    const { start } = this.tokens
    const isOpen = this.is('(')
    const value = this.starExpressions()
    if (value.kind === 'walrus' && !isOpen) this.refuse(start)
    return value
  }

  /** `a, *b`. */
  private starExpressions(): Expression {
    const { start: at } = this.tokens
    if (this.is('yield')) return this.yieldExpression()
    const first = this.starExpression()
    if (!this.is(',')) return first
    const items = [first]
    while (this.take(',')) {
      if (!this.beginsExpression()) break
      items.push(this.starExpression())
    }
    return { kind: 'tuple', at, items }
  }

  private starExpression(): Expression {
    const { start: at } = this.tokens
    if (this.take('*')) return { kind: 'star', at, value: this.binary(5) }
    return this.namedExpression()
  }

  private beginsExpression(): boolean {
    const { kind, value } = this.tokens
    if (kind === 'string' || kind === 'number') return true
    if (kind === 'name') return !KEYWORDS.has(value) || OPENERS.has(value)
    return kind === 'op' && '([{-+~*`...'.includes(value) && value !== '.'
  }

  private namedExpression(): Expression {
    const value = this.expression()
    if (!this.is(':=')) return value
    if (value.kind !== 'name') throw NO_SYNTAX
    this.note('the operator :=', this.tokens.start, 308)
    this.tokens.next()
    return { kind: 'walrus', at: value.at, target: value, value: this.expression() }
  }

  private expression(): Expression {
    if (++this.depth > DEEPEST || this.tokens.isTooNested) throw TOO_DEEP
    const found = this.is('lambda') ? this.lambda() : this.conditional()
    this.depth--
    return found
  }

  private conditional(): Expression {
    let found = this.binary(1)
    if (!this.is('if')) return found
    const ways: { readonly value: Expression; readonly test: Expression }[] = []
    while (this.take('if')) {
      ways.push({ value: found, test: this.binary(1) })
      this.expect('else')
      found = this.is('lambda') ? this.expression() : this.binary(1)
    }
    for (const { value: then, test } of ways.reverse())
      found = { kind: 'conditional', at: then.at, test, then, otherwise: found }
    return found
  }

  private lambda(): Expression {
    const { start: at } = this.tokens
    this.tokens.next()
    const { params, stars, parts, defaults, required } = this.params(':', false)
    this.expect(':')
    const { around } = this
    const { yields } = this
    this.around = inFunction(around, false)
    parts.push(this.expression())
    this.around = around
    this.yields = yields
    return { kind: 'lambda', at, params, stars, defaults, parts, required }
  }

  /** Without parentheses, what is unpacked in it took some time to be allowed. */
  private bareExpressions(what: 'return' | 'yield'): Expression {
    const { start } = this.tokens
    const isOpen = this.is('(')
    const value = this.plainExpressions()
    if (!isOpen && value.kind === 'tuple' && value.items.some(({ kind }) => kind === 'star'))
      this.note(`unpacking in \`${what}\` without parentheses`, start, 308)
    return value
  }

  private yieldExpression(): Expression {
    const { start: at } = this.tokens
    this.expect('yield')
    if (!this.around.isFunction) this.refuse(at)
    this.yields++
    if (this.take('from')) {
      if (this.around.isAsync) this.refuse(at)
      this.note('`yield from`', at, 303)
      return { kind: 'other', at, parts: [this.expression()] }
    }
    return { kind: 'other', at, parts: this.beginsExpression() ? [this.bareExpressions('yield')] : [] }
  }

  private binary(strength: number): Expression {
    if (standsAlone(this.tokens)) return this.atom()
    let left = this.unary(strength)
    for (;;) {
      const { kind, start } = this.tokens
      if (kind !== 'op' && kind !== 'name') return left
      let operator = this.tokens.value
      const isNotIn = kind === 'name' && operator === 'not'
      if (isNotIn) {
        if (strength > 4 || !this.peek(({ kind, value }) => kind === 'name' && value === 'in')) return left
        this.tokens.next()
        operator = 'in'
      }
      const binding = Object.hasOwn(BINDING, operator) ? BINDING[operator] : undefined
      if (binding === undefined || binding < strength) return left
      this.tokens.next()
      if (operator === '@') this.note('the operator @', start, 305)
      else if (operator === '<>') this.note('the operator <>', start, 200, 300)
      else if (operator === 'is' && this.take('not')) operator = 'is not'
      else if (isNotIn) operator = 'not in'
      const right = this.binary(binding + 1)
      left = { kind: 'binary', at: left.at, operator, left, right }
    }
  }

  private unary(strength: number): Expression {
    if (!this.is('not')) return this.signed()
    if (strength > NOT) throw NO_SYNTAX
    const nots: number[] = []
    for (; this.is('not'); this.tokens.next()) nots.push(this.tokens.start)
    let value = this.binary(NOT + 1)
    for (const at of nots.reverse()) value = { kind: 'unary', at, operator: 'not', value }
    return value
  }

  /** `-a ** -b`, from the right: `-(a ** (-b))`. */
  private signed(): Expression {
    const signs = this.isSign() ? this.signs() : NO_SIGNS
    const base = this.power()
    if (!this.is('**')) return signs === NO_SIGNS ? base : withSigns(signs, base)
    const begun = [{ signs, base }]
    while (this.take('**')) begun.push({ signs: this.isSign() ? this.signs() : NO_SIGNS, base: this.power() })
    const last = begun.pop()!
    let value = withSigns(last.signs, last.base)
    for (const { signs, base } of begun.reverse())
      value = withSigns(signs, { kind: 'binary', at: base.at, operator: '**', left: base, right: value })
    return value
  }

  private isSign(): boolean {
    return this.is('-') || this.is('+') || this.is('~')
  }

  private signs(): readonly Sign[] {
    const found: Sign[] = []
    for (; this.isSign(); this.tokens.next()) found.push({ at: this.tokens.start, operator: this.tokens.value })
    return found
  }

  private power(): Expression {
    const { start: at } = this.tokens
    const isAwait = this.is('await') && this.peek(tokens => isOperandStart(tokens))
    // Elsewhere it was a name until 3.7, which can be called.
    if (isAwait && (this.around.isAsync || !this.peek(({ value }) => value === '(' || value === '['))) {
      this.note('`await`', at, 305)
      if (!this.around.isAsync) this.awaits.push(at)
      this.tokens.next()
      if (++this.depth > DEEPEST) throw TOO_DEEP
      const parts = [this.power()]
      this.depth--
      return { kind: 'other', at, parts }
    }
    return this.primary()
  }

  private primary(): Expression {
    let value = this.atom()
    for (;;) {
      const { at } = value
      if (this.take('.')) {
        const { kind, value: name, start } = this.tokens
        // `exec` and `print` could not be attributes in Python 2, the keywords nowhere.
        if (kind !== 'name' || KEYWORDS.has(name)) throw NO_SYNTAX
        this.noteName(name, start)
        this.tokens.next()
        value = { kind: 'attribute', at, of: value, name }
      } else if (this.take('(')) value = { kind: 'call', at, func: value, args: this.args() }
      else if (this.take('[')) {
        value = { kind: 'index', at, of: value, index: this.subscript() }
      } else return value
    }
  }

  private subscript(): Expression {
    const { start: at } = this.tokens
    const items: Expression[] = []
    let isTuple = false
    while (!this.is(']')) {
      const start = this.tokens.start
      const parts: Expression[] = []
      let isSlice = false
      if (this.take('*')) {
        this.note('an unpacked index', start, 311)
        parts.push(this.binary(5))
      } else {
        while (!this.is(']') && !this.is(',')) {
          if (this.take(':')) isSlice = true
          else {
            const isOpen = this.is('(')
            const part = this.namedExpression()
            if (part.kind === 'walrus' && !isOpen) this.note('`:=` in an index without parentheses', start, 310)
            parts.push(part)
          }
        }
      }
      const [only] = parts
      items.push(!isSlice && only ? only : { kind: 'other', at: start, parts })
      if (!this.take(',')) break
      isTuple = true
    }
    this.expect(']')
    const [only] = items
    if (!only) throw NO_SYNTAX
    return isTuple ? { kind: 'tuple', at, items } : only
  }

  /** Behind the opening bracket, and with the closing one. */
  private args(): readonly Argument[] {
    const args: Argument[] = []
    const known = new Set<string>()
    let isNamed = false
    let isUnpacked = false
    while (!this.is(')')) {
      const { start: at, kind, value: word } = this.tokens
      if (this.take('**')) {
        isUnpacked = true
        args.push({ name: undefined, star: '**', value: this.expression() })
      } else if (this.take('*')) {
        if (isUnpacked) this.refuse(at)
        args.push({ name: undefined, star: '*', value: this.expression() })
      } else if (kind === 'name' && this.isKeywordArgument()) {
        this.noteName(word, at)
        isNamed = true
        if (known.has(word)) this.refuse(at)
        known.add(word)
        this.tokens.next()
        this.tokens.next()
        args.push({ name: word, star: '', value: this.expression() })
      } else {
        if (isNamed || isUnpacked) this.refuse(at)
        const before = this.inside()
        const value = this.namedExpression()
        args.push({
          name: undefined,
          star: '',
          value: this.isFor() ? this.comprehension(at, value, 'generator', before) : value,
        })
      }
      if (!this.take(',')) break
    }
    this.expect(')')
    return args
  }

  /** Does `=` follow the name? */
  private isKeywordArgument(): boolean {
    const { text, end, value } = this.tokens
    const next = text.charCodeAt(end)
    // `(`, `)`, `,` and `.` follow most names.
    if (next === 0x29 || next === 0x2c || next === 0x2e || next === 0x28) return false
    EQUALS.lastIndex = end
    return EQUALS.test(text) && !KEYWORDS.has(value)
  }

  private isFor(): boolean {
    return this.is('for') || (this.is('async') && this.peek(({ kind, value }) => kind === 'name' && value === 'for'))
  }

  /** `before`: the counts in front of what stands before its `for`. */
  private comprehension(
    at: number,
    of: Expression,
    kind: 'list' | 'generator' | 'other',
    before: ReturnType<Parser['inside']>,
  ): Expression {
    const targets: Expression[] = []
    const parts: Expression[] = []
    const iterables: Expression[] = []
    let isAsync = false
    if (this.yields > before.yields) this.note('`yield` in a comprehension', at, 200, 308)
    while (this.isFor() || this.is('if')) {
      if (this.take('if')) {
        parts.push(this.is('lambda') ? this.lambda() : this.binary(1))
        continue
      }
      if (this.is('async')) {
        this.note('an asynchronous comprehension', this.tokens.start, 306)
        isAsync = true
        this.tokens.next()
      }
      this.expect('for')
      targets.push(this.targets())
      this.expect('in')
      const iterable = this.is('lambda') ? this.lambda() : this.binary(1)
      parts.push(iterable)
      iterables.push(iterable)
      while (kind === 'list' && this.is(',')) {
        this.note('a list comprehension over a tuple without parentheses', this.tokens.start, 200, 300)
        this.tokens.next()
        if (this.beginsExpression()) parts.push(this.binary(1))
      }
    }
    if (kind === 'generator') this.awaits.length = Math.min(this.awaits.length, before.awaits)
    if (isAsync && kind !== 'generator') {
      if (!this.around.isAsync) this.refuse(at)
      this.asyncs++
    } else if (!isAsync && this.asyncs > before.asyncs)
      this.note('an asynchronous comprehension in another comprehension', at, 311)
    if (this.hasWalrus) this.refuseWalruses([of, ...parts], targets, iterables)
    return { kind: 'comprehension', at, of, targets, parts }
  }

  private inside() {
    const { yields, asyncs, awaits } = this
    return { yields, asyncs, awaits: awaits.length }
  }

  /** What no walrus in a comprehension may do. */
  private refuseWalruses(
    all: readonly Expression[],
    targets: readonly Expression[],
    iterables: readonly Expression[],
  ): void {
    for (const { at } of walrusesIn(...(this.around.isClass ? all : iterables))) this.refuse(at)
    const names = new Set([...expressionsIn(...targets)].map(one => (one.kind === 'name' ? one.name : '')))
    for (const { at, target } of walrusesIn(...all)) if (names.has(target.name)) this.refuse(at)
  }

  private atom(): Expression {
    const { kind, value, start: at } = this.tokens
    if (kind === 'name') {
      if (KEYWORDS.has(value) && !CONSTANTS.has(value)) throw NO_SYNTAX
      this.noteName(value, at)
      this.tokens.next()
      return { kind: 'name', at, name: value }
    }
    if (kind === 'string') return this.strings()
    if (kind === 'number') {
      this.tokens.next()
      return { kind: 'number', at, text: value }
    }
    if (kind !== 'op') throw NO_SYNTAX
    if (++this.depth > DEEPEST) throw TOO_DEEP
    const found = this.bracketed(value, at)
    this.depth--
    return found
  }

  private bracketed(value: string, at: number): Expression {
    this.tokens.next()
    switch (value) {
      case '(':
        return this.parenthesized(at)
      case '[': {
        const items = this.items(']')
        const [only] = items
        if (items.length === 1 && only?.kind === 'comprehension') return only
        return { kind: 'list', at, items }
      }
      case '{':
        return this.braces(at)
      case '...':
        return { kind: 'other', at, parts: [] }
      case '`': {
        this.note('backticks', at, 200, 300)
        const parts = [this.starExpressions()]
        this.expect('`')
        return { kind: 'other', at, parts }
      }
      default:
        throw NO_SYNTAX
    }
  }

  private parenthesized(at: number): Expression {
    if (this.take(')')) return { kind: 'tuple', at, items: [] }
    if (this.is('yield')) {
      const value = this.yieldExpression()
      this.expect(')')
      return value
    }
    const items: Expression[] = []
    const isTuple = this.itemsInto(items, ')')
    const [only] = items
    if (!only) throw NO_SYNTAX
    return isTuple || only.kind === 'star' ? { kind: 'tuple', at, items } : only
  }

  private items(close: string): readonly Expression[] {
    const items: Expression[] = []
    this.itemsInto(items, close)
    return items
  }

  /** True where there is a comma. */
  private itemsInto(items: Expression[], close: string): boolean {
    let commas = false
    while (!this.is(close)) {
      const { start: at } = this.tokens
      const before = this.inside()
      const value = this.starExpression()
      if (value.kind === 'star') this.note('unpacking in a list, tuple or set', at, 305)
      const kind = close === ']' ? 'list' : 'generator'
      items.push(this.isFor() ? this.comprehension(at, value, kind, before) : value)
      if (!this.take(',')) break
      commas = true
    }
    this.expect(close)
    return commas
  }

  private braces(at: number): Expression {
    if (this.take('}')) return { kind: 'dict', at, items: [] }
    const items: { key: Expression | undefined; value: Expression }[] = []
    const members: Expression[] = []
    while (!this.is('}')) {
      const { start } = this.tokens
      const before = this.inside()
      if (this.take('**')) {
        this.note('unpacking in a dictionary', start, 305)
        items.push({ key: undefined, value: this.binary(5) })
      } else {
        const key = this.starExpression()
        if (key.kind !== 'star' && this.take(':')) {
          const value = this.expression()
          if (this.isFor()) {
            const parts = { kind: 'other', at: start, parts: [key, value] } as const
            const found = this.comprehension(at, parts, 'other', before)
            this.expect('}')
            return found
          }
          items.push({ key, value })
        } else members.push(this.isFor() ? this.comprehension(start, key, 'other', before) : key)
      }
      if (!this.take(',')) break
    }
    this.expect('}')
    if (items.length > 0 && members.length > 0) throw NO_SYNTAX
    return items.length > 0 ? { kind: 'dict', at, items } : { kind: 'set', at, items: members }
  }

  private strings(): Literal {
    const { start: at } = this.tokens
    let value: string | undefined = ''
    let formatted = false
    const fields: Field[] = []
    let end = at
    while (this.tokens.kind === 'string') {
      const { string } = this.tokens
      if (/[ft]/.test(string.prefix)) formatted = true
      append(fields, string.fields)
      if (/[bft]/.test(string.prefix)) value = undefined
      else if (value !== undefined) value += contentOf(this.text, string)
      end = this.tokens.end
      this.tokens.next()
    }
    return { kind: 'string', at, end, value, formatted, fields }
  }
}

const withSigns = (signs: readonly Sign[], value: Expression): Expression =>
  signs.reduceRight<Expression>((inner, { at, operator }) => ({ kind: 'unary', at, operator, value: inner }), value)

/** Keywords that are values. */
const CONSTANTS = new Set(['None', 'True', 'False'])
/** Keywords that an expression can begin with. */
const OPENERS = new Set(['None', 'True', 'False', 'not', 'lambda', 'yield'])
/** Words between two operands. */
const INFIX = new Set(['in', 'is', 'and', 'or', 'if', 'else', 'not', 'for', 'as', 'from', 'import'])

/** A name or number with nothing behind it that could belong to it: most of them. */
function standsAlone({ kind, text, end }: Tokens): boolean {
  if (kind !== 'name' && kind !== 'number') return false
  const next = text.charCodeAt(end)
  // `)`, `,`, `]`, `}`, `:` and `=`.
  if (next === 0x29 || next === 0x2c || next === 0x5d || next === 0x7d || next === 0x3a) return true
  return next === 0x3d && text.charCodeAt(end + 1) !== 0x3d
}

/** Does an operand follow `await`? */
const isOperandStart = ({ kind, value }: Tokens): boolean =>
  kind === 'string' ||
  kind === 'number' ||
  (kind === 'name' && (!KEYWORDS.has(value) || CONSTANTS.has(value))) ||
  (kind === 'op' && (value === '(' || value === '[' || value === '{'))

/** A module that gives the name to something else. */
const PRINT_IS_BOUND = /^[ \t]*print[ \t]*=|\bdef[ \t]+print\b|\bas[ \t]+print\b/m

/** What `__future__` has in any Python 3. */
const FEATURES = new Set(
  'absolute_import annotations barry_as_FLUFL division generator_stop generators nested_scopes print_function unicode_literals with_statement'.split(
    ' ',
  ),
)

/** What can be given a value, with all in it. */
const isTargetWhole = (value: Expression): boolean => {
  if (value.kind !== 'list' && value.kind !== 'tuple') return value.kind !== 'star' && isTarget(value)
  const { items } = value
  return (
    items.filter(({ kind }) => kind === 'star').length < 2 &&
    items.every(item => isTargetWhole(item.kind === 'star' ? item.value : item))
  )
}

const NOT_BOUND = new Set(['None', 'True', 'False', '__debug__'])
const isTarget = (value: Expression): boolean =>
  (value.kind === 'name' && !NOT_BOUND.has(value.name)) ||
  value.kind === 'attribute' ||
  value.kind === 'index' ||
  value.kind === 'star' ||
  value.kind === 'list' ||
  value.kind === 'tuple'

/** `@a.b` and `@a.b(…)`, as Python up to 3.8 reads them. */
function isPlainDecorator(value: Expression): boolean {
  let one = value.kind === 'call' ? value.func : value
  while (one.kind === 'attribute') one = one.of
  return one.kind === 'name'
}
