/** What a module uses whenever it is run: names that nothing in it binds, and what it takes from other modules. */

import type { Expression, Statement } from './tree.js'
import { blocksOf, certainExpressions, dottedName, expressionsIn, ownExpressions } from './walk.js'

/** The first one. `isBound`: what the module is known to bind; for others, all of its text is searched. */
export function undefinedName(
  body: readonly Statement[],
  isBound: (name: string) => boolean,
): { readonly name: string; readonly at: number } | undefined {
  let bound: ReadonlySet<string> | undefined
  for (const one of used(body)) {
    if (one.kind !== 'name' || isBound(one.name) || BUILTINS.has(one.name) || one.name.startsWith('__')) continue
    bound ??= boundAnywhere(body)
    if (!bound.has(one.name)) return { name: one.name, at: one.at }
  }
  return undefined
}

/** `a.b.c`, as it is written: what is looked up, and in what. */
export function* attributesUsed(
  body: readonly Statement[],
): Generator<{ readonly of: string; readonly name: string; readonly at: number }> {
  for (const one of used(body)) {
    const of = one.kind === 'attribute' ? dottedName(one.of) : undefined
    if (one.kind === 'attribute' && of !== undefined) yield { of, name: one.name, at: one.at }
  }
}

/** Expressions that are evaluated for certain, until something ends the module. */
function* used(body: readonly Statement[]): Generator<Expression> {
  for (const one of body) {
    for (const part of certainExpressions(...runBy(one))) {
      yield part
      if (isExit(part)) return
    }
    if (one.kind === 'broken' || ends(one)) return
    // Other blocks may not run, or catch the error.
    const isOpened = ({ value }: { readonly value: Expression }) =>
      value.kind === 'call' && dottedName(value.func) === 'open'
    if (one.kind === 'with' && one.items.every(isOpened)) yield* used(one.body)
  }
}

const isExit = (one: Expression): boolean =>
  one.kind === 'call' && /(?:^|\.)_?(?:exit|quit|abort|skip|exec[lv]p?e?)$/.test(dottedName(one.func) ?? '')

/** Does every way through the statement end the module? */
function ends(one: Statement): boolean {
  if (one.kind === 'raise') return true
  if (one.kind === 'expression' || one.kind === 'assign') return [...certainExpressions(one.value)].some(isExit)
  const [body = [], ...others] = blocksOf(one)
  if (one.kind === 'with') return body.some(ends)
  if (one.kind === 'if') return [body, ...others].every(block => block.some(ends))
  // A loop that nothing ends but an exit.
  if (one.kind === 'while') return one.test.kind === 'number' || (one.test.kind === 'name' && one.test.name === 'True')
  if (one.kind !== 'try') return false
  const isLeft = body.some(ends) || one.otherwise.some(ends)
  return one.last.some(ends) || (isLeft && one.handlers.every(handler => handler.body.some(ends)))
}

/** What runs with a statement; annotations may not, and targets of assignments are no uses. */
function runBy(one: Statement): readonly (Expression | undefined)[] {
  if (one.kind === 'def') return [...one.decorators, ...one.defaults]
  if (one.kind === 'assign') return [one.value]
  if (one.kind === 'for') return [one.iterable]
  if (one.kind === 'with') return one.items.map(({ value }) => value)
  if (one.kind === 'delete' || one.kind === 'other' || one.kind === 'raise') return []
  return ownExpressions(one)
}

/** Every name that is bound in any scope. */
function boundAnywhere(body: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>()
  const take = (...targets: readonly (Expression | undefined)[]) => {
    for (const part of expressionsIn(...targets)) if (part.kind === 'name') found.add(part.name)
  }
  const left = [body]
  for (let block = left.pop(); block; block = left.pop())
    for (const one of block) {
      for (const part of expressionsIn(...ownExpressions(one))) {
        if (part.kind === 'walrus') found.add(part.target.name)
        if (part.kind === 'comprehension') take(...part.targets)
      }
      if (one.kind === 'def' || one.kind === 'class' || one.kind === 'type') found.add(one.name)
      if (one.kind === 'class') for (const name of one.typeParams) found.add(name)
      if (one.kind === 'def') for (const name of one.params) found.add(name)
      if (one.kind === 'import' || one.kind === 'from')
        for (const { name, as } of one.names) found.add(as ?? name.split('.', 1)[0] ?? name)
      if (one.kind === 'global') for (const name of one.names) found.add(name)
      if (one.kind === 'assign' || one.kind === 'delete') take(...one.targets)
      if (one.kind === 'for') take(one.target)
      if (one.kind === 'with') take(...one.items.map(({ target }) => target))
      if (one.kind === 'try') for (const { name } of one.handlers) if (name !== undefined) found.add(name)
      if (one.kind === 'match') for (const { names } of one.cases) for (const name of names) found.add(name)
      left.push(...blocksOf(one))
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
