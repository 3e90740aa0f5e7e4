import { append } from '../append.js'
import type { Expression, Statement } from './tree.js'

/** An expression and all inside it, without recursion: generated text has very long ones. */
export function* expressionsIn(...from: readonly (Expression | undefined)[]): Generator<Expression> {
  const left = [...from]
  while (left.length > 0) {
    const one = left.pop()
    if (!one) continue
    yield one
    append(left, partsOf(one))
  }
}

const isComparison = (one: Expression): boolean =>
  one.kind === 'binary' && /^(?:[<>]=?|[=!]=|<>|(?:not )?in|is(?: not)?)$/.test(one.operator)

/** Like `expressionsIn`, without what may not be evaluated, or is only later. */
export function* certainExpressions(...from: readonly (Expression | undefined)[]): Generator<Expression> {
  const left = [...from]
  while (left.length > 0) {
    const one = left.pop()
    if (!one) continue
    yield one
    if (one.kind === 'lambda') continue
    if (one.kind === 'conditional') left.push(one.test)
    else if (one.kind === 'comprehension') left.push(one.parts[0])
    else if (one.kind === 'binary' && (one.operator === 'and' || one.operator === 'or')) left.push(one.left)
    // `a < b < c`: the last one is not looked at where the first two differ.
    else if (one.kind === 'binary' && isComparison(one) && isComparison(one.left)) left.push(one.left)
    else append(left, partsOf(one))
  }
}

/** Like `expressionsIn`, without what has a scope of its own: lambdas and comprehensions. */
export function* ownExpressionsIn(...from: readonly (Expression | undefined)[]): Generator<Expression> {
  const left = [...from]
  while (left.length > 0) {
    const one = left.pop()
    if (!one || one.kind === 'lambda') continue
    yield one
    append(left, one.kind === 'comprehension' ? one.parts.slice(0, 1) : partsOf(one))
  }
}

/** The walruses of an expression, also of comprehensions in it, but not of lambdas. */
export function* walrusesIn(
  ...from: readonly (Expression | undefined)[]
): Generator<Extract<Expression, { kind: 'walrus' }>> {
  const left = [...from]
  while (left.length > 0) {
    const one = left.pop()
    if (!one || one.kind === 'lambda') continue
    if (one.kind === 'walrus') yield one
    append(left, partsOf(one))
  }
}

function partsOf(one: Expression): readonly (Expression | undefined)[] {
  switch (one.kind) {
    case 'attribute':
      return [one.of]
    case 'call':
      return [one.func, ...one.args.map(({ value }) => value)]
    case 'index':
      return [one.of, one.index]
    case 'list':
    case 'tuple':
    case 'set':
      return one.items
    case 'dict':
      return one.items.flatMap(({ key, value }) => [key, value])
    case 'binary':
      return [one.left, one.right]
    case 'unary':
    case 'star':
      return [one.value]
    case 'walrus':
      return [one.target, one.value]
    case 'conditional':
      return [one.test, one.then, one.otherwise]
    case 'lambda':
    case 'other':
      return one.parts
    case 'comprehension':
      return [one.of, ...one.targets, ...one.parts]
    default:
      return []
  }
}

/** The expressions of a statement that run with it, without those of the blocks in it. */
export function ownExpressions(one: Statement): readonly (Expression | undefined)[] {
  switch (one.kind) {
    case 'def':
      return [...one.decorators, ...one.parts]
    case 'class':
      return [...one.decorators, ...one.args.map(({ value }) => value)]
    case 'if':
    case 'while':
      return [one.test]
    case 'for':
      return [one.target, one.iterable]
    case 'with':
      return one.items.flatMap(({ value, target }) => [value, target])
    case 'match':
      return [one.subject]
    case 'assign':
      return [...one.targets, one.value]
    case 'expression':
    case 'raise':
    case 'return':
      return [one.value]
    case 'delete':
      return one.targets
    case 'other':
      return one.parts
    default:
      return []
  }
}

/** `elif`: the only `if` of what stands behind `else`. There may be thousands, each inside the one before it. */
export function elifOf(otherwise: readonly Statement[]): Extract<Statement, { kind: 'if' | 'while' }> | undefined {
  const [only] = otherwise
  return otherwise.length === 1 && only?.kind === 'if' ? only : undefined
}

/** The blocks in a statement. */
export function blocksOf(one: Statement): readonly (readonly Statement[])[] {
  switch (one.kind) {
    case 'def':
    case 'class':
    case 'with':
    case 'broken':
      return [one.body]
    case 'if':
    case 'while':
    case 'for':
      return [one.body, one.otherwise]
    case 'try':
      return [one.body, ...one.handlers.map(({ body }) => body), one.otherwise, one.last]
    case 'match':
      return one.cases.map(({ body }) => body)
    default:
      return []
  }
}

/** Each part of a name is asked for its own. */
const MOST_DOTS = 100

/** `a.b.c` as it is written; undefined for anything else. */
export function dottedName(value: Expression): string | undefined {
  const parts: string[] = []
  let one = value
  for (; one.kind === 'attribute' && parts.length < MOST_DOTS; one = one.of) parts.push(one.name)
  return one.kind === 'name' ? [one.name, ...parts.reverse()].join('.') : undefined
}
