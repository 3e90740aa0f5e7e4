/** What a module uses whenever it is run: names that nothing in it binds, and what it takes from other modules. */

import { append } from '../append.js'
import { once } from '../once.js'
import { isFilled } from './endings.js'
import { parsePython } from './parse.js'
import type { Expression, Statement } from './tree.js'
import { blocksOf, certainExpressions, dottedName, expressionsIn, ownExpressions } from './walk.js'

interface Use {
  readonly one: Expression
  /** Python 3.14 evaluates it only when somebody asks for it. */
  readonly isAnnotation: boolean
  /** Where the definitions begin that it is a part of: their names are bound behind them. */
  readonly inside: readonly number[]
  /** `del name` of a module. */
  readonly isDeleted?: boolean
  /** A name of the class around the comprehension that uses it, which does not see it. */
  readonly gone?: 'class'
  /** What it begins with is a name that the body of the class around it binds. */
  readonly isOfClass?: true
}

export interface UndefinedName extends Pick<Use, 'isAnnotation'> {
  readonly name: string
  readonly at: number
  /** It is bound behind its use. */
  readonly isLater: boolean
  /** It is bound before, but not where it is used: the name is deleted by then, or is one of the class around a comprehension. */
  readonly gone?: 'deleted' | 'class'
}

/** The first one. `boundAt`: where the module first binds a name; for others, all of its text is searched. */
export function undefinedName(
  text: string,
  body: readonly Statement[],
  boundAt: (name: string) => number | undefined,
  isLast: (one: Statement) => boolean,
): UndefinedName | undefined {
  let bound: ReadonlyMap<string, number> | undefined
  /** Where the module deletes names for certain. */
  const deleted = new Map<string, number>()
  for (const { one, isAnnotation, inside, isDeleted, gone } of used(text, body, isLazy(body), isLast)) {
    if (one.kind !== 'name' || isGiven(one.name)) continue
    const { name, at } = one
    if (gone === 'class') {
      bound ??= boundAnywhere(body, true)
      if (!bound.has(name)) return { name, at, isAnnotation, isLater: false, gone }
      continue
    }
    const isBound = (from: number | undefined) => from !== undefined && from <= at && !inside.includes(from)
    const from = deleted.get(name)
    if (from !== undefined && !isBoundSince(body, name, from, at))
      return { name, at, isAnnotation, isLater: false, gone: 'deleted' }
    if (isDeleted) deleted.set(name, at)
    const first = boundAt(name)
    if (isBound(first)) continue
    bound ??= boundAnywhere(body)
    if (isBound(bound.get(name))) continue
    return { name, at, isAnnotation, isLater: first !== undefined || bound.has(name) }
  }
  return undefined
}

/** A class has `_A__name` for the name `__name` of its body. */
const isGiven = (name: string): boolean => BUILTINS.has(name) || /^__|^_[^_]+__/.test(name)

/** The first name that a call of a function uses and nothing binds. */
export function unboundInCall(
  text: string,
  def: Extract<Statement, { kind: 'def' }>,
  isBound: (name: string) => boolean,
  isLast: (one: Statement) => boolean,
): UndefinedName | undefined {
  for (const { one, gone } of used(text, def.body, true, isLast))
    if (one.kind === 'name' && gone === undefined && !isGiven(one.name) && !isBound(one.name))
      return { name: one.name, at: one.at, isAnnotation: false, isLater: false }
  return undefined
}

/** `(name := …)` */
export const WALRUS = /\(\s*([\p{L}_][\p{L}\p{N}_]*)\s*:=/gu

/** `a.b.c`, as it is written: what is looked up, and in what. */
export function* attributesUsed(
  text: string,
  body: readonly Statement[],
  isLast: (one: Statement) => boolean,
): Generator<{ readonly of: string; readonly name: string; readonly at: number }> {
  for (const { one, isOfClass } of used(text, body, true, isLast)) {
    const of = one.kind === 'attribute' && !isOfClass ? dottedName(one.of) : undefined
    if (one.kind === 'attribute' && of !== undefined) yield { of, name: one.name, at: one.at }
  }
}

/** Expressions that are evaluated for certain, until a statement behind which others may not run. */
function* used(
  text: string,
  body: readonly Statement[],
  isLazy: boolean,
  isLast: (one: Statement) => boolean,
  around: readonly number[] = [],
): Generator<Use> {
  for (const one of body) {
    const inside = one.kind === 'def' || one.kind === 'class' ? [...around, one.at] : around
    for (const part of certain(text, runBy(one))) yield { one: part, isAnnotation: false, inside }
    for (const part of isLazy ? [] : certain(text, annotationsOf(one))) yield { one: part, isAnnotation: true, inside }
    for (const target of one.kind === 'delete' ? one.targets : [])
      if (target.kind === 'name') yield { one: target, isAnnotation: false, inside, isDeleted: around.length === 0 }
    if (one.kind === 'class')
      for (const part of unseen(text, one)) yield { one: part, isAnnotation: false, inside, gone: 'class' }
    if (one.kind === 'broken') return
    // Other blocks may not run, or catch the error.
    if (one.kind === 'with' && one.items.every(isOpened)) yield* used(text, one.body, isLazy, isLast, inside)
    if (one.kind === 'class' && isPlain(one)) {
      const own = once(() => boundAnywhere(one.body))
      for (const use of used(text, one.body, isLazy, isLast, inside)) {
        const start = use.one.kind === 'attribute' ? dottedName(use.one)?.split('.', 1)[0] : undefined
        yield start !== undefined && own().has(start) ? { ...use, isOfClass: true } : use
      }
    }
    if (isLast(one)) return
  }
}

/** Names of a class that comprehensions in its body use for certain: all but what they go through first is a scope of its own. */
function* unseen(text: string, { body }: Extract<Statement, { kind: 'class' }>): Generator<Expression> {
  const own = new Set<string>()
  const filled = new Set<string>()
  for (const one of body) {
    for (const part of own.size > 0 ? certain(text, runBy(one)) : []) {
      if (part.kind !== 'comprehension' || isGenerator(text, part)) continue
      const [through, next = part.of] = part.parts
      if (!through || !(isFilled(through) || (through.kind === 'name' && filled.has(through.name)))) continue
      const targets = new Set([...expressionsIn(...part.targets)].flatMap(two => (two.kind === 'name' ? two.name : [])))
      for (const two of certain(text, [next]))
        if (two.kind === 'name' && own.has(two.name) && !targets.has(two.name)) yield two
    }
    if (one.kind === 'def' || one.kind === 'class') own.add(one.name)
    if (one.kind !== 'assign' || !one.value) continue
    for (const target of one.targets) {
      if (target.kind !== 'name') continue
      own.add(target.name)
      if (isFilled(one.value) && one.operator === '=') filled.add(target.name)
      else filled.delete(target.name)
    }
  }
}

/** It runs later: it is not in brackets or braces, and of a dictionary the brace is a part of it. */
const isGenerator = (text: string, { at, of }: Extract<Expression, { kind: 'comprehension' }>): boolean =>
  !/[[{]$/.test(text.slice(Math.max(0, at - 100), at).trimEnd()) && !(of.kind === 'other' && of.at > at)

/** Are annotations kept as text? */
export const isLazy = (body: readonly Statement[]): boolean =>
  body.some(
    one => one.kind === 'from' && one.module === '__future__' && one.names.some(({ name }) => name === 'annotations'),
  )

export const annotationsOf = (one: Statement): readonly (Expression | undefined)[] =>
  one.kind === 'assign' ? [one.annotation] : one.kind === 'def' && one.typeParams.length === 0 ? one.annotations : []

const isOpened = ({ value }: { readonly value: Expression }) =>
  value.kind === 'call' && dottedName(value.func) === 'open'

/** May nothing but what is written give names to the body of a class? A metaclass may. */
const isPlain = ({ args, typeParams }: Extract<Statement, { kind: 'class' }>): boolean =>
  typeParams.length === 0 &&
  args.every(
    ({ name, value }) =>
      name === undefined &&
      /(?:^|\.)(?:object|ABC|NamedTuple|TypedDict|Protocol|(?:Int|Str)?Enum|\w*(?:Error|Exception|Warning))$/.test(
        dottedName(value) ?? '',
      ),
  )

/** Also those of replacement fields, where they stand in the text. */
function* certain(text: string, from: readonly (Expression | undefined)[]): Generator<Expression> {
  for (const part of certainExpressions(...from)) {
    yield part
    if (part.kind !== 'string') continue
    for (const [start, end] of part.fields) {
      // Brackets let it go on in other lines.
      const field = `(${text.slice(start, end)}\n)`
      const [only] = parsePython(field).body
      if (only?.kind !== 'expression') continue
      for (const one of certain(field, [only.value])) yield { ...one, at: start - 1 + one.at }
    }
  }
}

/** What runs with a statement, but annotations; targets of assignments are no uses. */
export function runBy(one: Statement): readonly (Expression | undefined)[] {
  if (one.kind === 'def') return [...one.decorators, ...one.defaults]
  if (one.kind === 'assign') return [one.value]
  if (one.kind === 'for') return [one.iterable]
  if (one.kind === 'with') return one.items.map(({ value }) => value)
  // What is raised otherwise may not matter.
  if (one.kind === 'raise')
    return one.value?.kind === 'call' && dottedName(one.value.func) === 'SystemExit' ? [one.value] : []
  if (one.kind === 'delete' || one.kind === 'other') return []
  return ownExpressions(one)
}

/** Is the name bound between two places, or by any function of the module? */
function isBoundSince(body: readonly Statement[], name: string, from: number, before: number): boolean {
  const left: (readonly [readonly Statement[], boolean])[] = [[body, false]]
  for (let next = left.pop(); next; next = left.pop())
    for (const one of next[0]) {
      if (one.kind === 'global' && one.names.includes(name)) return true
      const isThere = one.at > from && one.at < before
      if (isThere && !next[1] && boundAnywhere([one]).has(name)) return true
      const isInner = next[1] || one.kind === 'def' || one.kind === 'class'
      for (const block of blocksOf(one)) left.push([block, isInner])
    }
  return false
}

/**
 * Every name that is bound in any scope, with where that is first; `isSeen`: in any scope that those inside of it see. `again` takes
 * the names that are bound more than once.
 */
export function boundAnywhere(
  body: readonly Statement[],
  isSeen = false,
  again?: Set<string>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const bind = (name: string, at: number) => {
    if (found.has(name)) again?.add(name)
    found.set(name, Math.min(found.get(name) ?? at, at))
  }
  const take = (...targets: readonly (Expression | undefined)[]) => {
    for (const part of expressionsIn(...targets)) if (part.kind === 'name') bind(part.name, part.at)
  }
  const left = [body]
  for (let block = left.pop(); block; block = left.pop())
    for (const one of block) {
      if (isSeen && one.kind === 'class') {
        bind(one.name, one.at)
        for (const inner of one.body) if (inner.kind === 'def' || inner.kind === 'class') left.push(inner.body)
        continue
      }
      for (const part of expressionsIn(...ownExpressions(one))) {
        if (part.kind === 'walrus') take(part.target)
        if (part.kind === 'comprehension') take(...part.targets)
      }
      if (one.kind === 'def' || one.kind === 'class' || one.kind === 'type') bind(one.name, one.at)
      // They are bound before anything else of it is evaluated.
      if (one.kind === 'def' || one.kind === 'class') for (const name of one.typeParams) bind(name, -1)
      if (one.kind === 'def') for (const name of one.params) bind(name, one.at)
      if (one.kind === 'import' || one.kind === 'from')
        for (const { name, as, at } of one.names) bind(as ?? name.split('.', 1)[0] ?? name, at)
      if (one.kind === 'global') for (const name of one.names) bind(name, one.at)
      if (one.kind === 'assign') take(...one.targets)
      if (one.kind === 'for') take(one.target)
      if (one.kind === 'with') take(...one.items.map(({ target }) => target))
      if (one.kind === 'try') for (const { name, at } of one.handlers) if (name !== undefined) bind(name, at)
      if (one.kind === 'match') for (const { names } of one.cases) for (const name of names) bind(name, one.at)
      append(left, blocksOf(one))
    }
  return found
}

/** May the text put names where every module finds them? `icecream.install()` does, and gettext. */
export const givesToAll = (text: string): boolean => /\bbuiltins\b|__builtin|(?:\.|^[ \t]*)install\s*\(/m.test(text)

/** Of any Python 3, with those that `site`, gettext and IPython add and those of Windows. */
const BUILTINS: ReadonlySet<string> = new Set(
  'ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning WindowsError ZeroDivisionError _ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir display divmod enumerate eval exec exit filter float format frozendict frozenset get_ipython getattr gettext globals hasattr hash help hex id input int isinstance issubclass iter len license list locals map max memoryview min next ngettext npgettext object oct open ord pgettext pow print property quit range repr reversed round sentinel set setattr slice sorted staticmethod str sum super tuple type vars zip'.split(
    ' ',
  ),
)
