/** What the test of an `if` says to who imports a module with Python 3. */

import type { Expression } from './tree.js'
import { dottedName } from './walk.js'

/**
 * `always` and `never`: whatever the Python 3; `typing`: for type checkers alone; `main`: where the file is started as a program;
 * a pair: for minor versions of Python 3 from the first to before the second.
 */
export type Condition = 'always' | 'never' | 'typing' | 'main' | Minors | undefined

export type Minors = readonly [from: number, before: number]

/** Names that a module has bound once, to a test, and those under which it has imported one. */
export interface KnownTests {
  readonly values: ReadonlyMap<string, Expression>
  readonly aliases: ReadonlyMap<string, { readonly name: string }>
  /** The file is started as a program. */
  readonly isMain?: boolean
}

const DEEPEST = 10

export function conditionOf(test: Expression, known: KnownTests, depth = 0): Condition {
  if (depth > DEEPEST) return undefined
  const inner = (one: Expression) => conditionOf(one, known, depth + 1)
  if (test.kind === 'unary') return test.operator === 'not' ? negated(inner(test.value)) : undefined
  if (test.kind === 'number') return test.text === '0' ? 'never' : /^[1-9]\d*$/.test(test.text) ? 'always' : undefined
  const name = dottedName(test)
  if (name !== undefined) return ofName(name, test, known, inner)
  if (test.kind !== 'binary') return undefined
  const { operator, left, right } = test
  if (operator === 'and' || operator === 'or') {
    const sides = [inner(left), inner(right)]
    if (operator === 'and') {
      const not = sides.find(one => one === 'never' || one === 'typing')
      return not ?? (sides.includes('main') ? 'main' : sides.every(one => one === 'always') ? 'always' : undefined)
    }
    if (sides.includes('always')) return 'always'
    return sides.every(one => one === 'never' || one === 'typing') ? sides[0] : undefined
  }
  if ([left, right].some(side => side.kind === 'name' && side.name === '__name__'))
    return ![left, right].some(side => side.kind === 'string' && side.value === '__main__')
      ? undefined
      : operator === '=='
        ? known.isMain
          ? 'always'
          : 'main'
        : operator === '!='
          ? known.isMain
            ? 'never'
            : 'always'
          : undefined
  return ofVersion(operator, left, right)
}

function ofName(
  name: string,
  test: Expression,
  { values, aliases }: KnownTests,
  inner: (one: Expression) => Condition,
): Condition {
  if (name === 'True') return 'always'
  if (name === 'False' || name === 'None') return 'never'
  const last = name.slice(name.lastIndexOf('.') + 1)
  if (last === 'TYPE_CHECKING') return 'typing'
  if (test.kind === 'name') {
    const value = values.get(name)
    if (value) return inner(value)
    const alias = aliases.get(name)?.name
    if (alias === 'TYPE_CHECKING') return 'typing'
    if (alias === 'PY3' || alias === 'PY2') return alias === 'PY3' ? 'always' : 'never'
    return undefined
  }
  return name === 'six.PY3' ? 'always' : name === 'six.PY2' ? 'never' : undefined
}

/** That of the branch behind `else`. */
export function negated(one: Condition): Condition {
  if (one === 'always') return 'never'
  if (one === 'never' || one === 'typing') return 'always'
  if (one === 'main') return 'always'
  if (one === undefined) return undefined
  const [from, before] = one
  if (from === 0) return [before, Number.POSITIVE_INFINITY]
  return before === Number.POSITIVE_INFINITY ? [0, from] : undefined
}

/** `sys.version_info >= (3, 8)`, `sys.version_info[0] == 2`, `sys.version_info.major > 2`, `sys.version_info[:2] < (3, 9)`. */
function ofVersion(operator: string, left: Expression, right: Expression): Condition {
  const isMajor =
    (left.kind === 'index' && left.index.kind === 'number' && left.index.text === '0' && isVersionInfo(left.of)) ||
    (left.kind === 'attribute' && left.name === 'major' && isVersionInfo(left.of))
  if (isMajor) {
    const value = numberOf(right)
    return value === undefined ? undefined : compared(operator, 3, value)
  }
  const isWhole =
    isVersionInfo(left) || (left.kind === 'index' && isVersionInfo(left.of) && left.index.kind === 'other')
  if (!isWhole || right.kind !== 'tuple') return undefined
  const [major, minor, ...rest] = right.items.map(numberOf)
  if (major === undefined) return undefined
  if (major !== 3) return /^[<>]=?$/.test(operator) ? compared(operator, 3, major) : undefined
  // The whole of it is longer than these, and so never equal.
  const unequal = isVersionInfo(left) ? ({ '>': '>=', '<=': '<' }[operator] ?? operator) : operator
  // `>= (3,)`; `< (3,)` is true of no Python 3.
  if (right.items.length === 1) return unequal === '>=' ? 'always' : unequal === '<' ? 'never' : undefined
  if (minor === undefined || rest.length > 0) return undefined
  if (unequal === '>=') return minor === 0 ? 'always' : [minor, Number.POSITIVE_INFINITY]
  if (unequal === '<') return minor === 0 ? 'never' : [0, minor]
  return undefined
}

const isVersionInfo = (one: Expression) => /^(?:sys\.)?version_info$/.test(dottedName(one) ?? '')

const numberOf = (one: Expression): number | undefined =>
  one.kind === 'number' && /^\d+$/.test(one.text) ? Number(one.text) : undefined

function compared(operator: string, a: number, b: number): Condition {
  const is = { '==': a === b, '!=': a !== b, '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }[operator]
  return is === undefined ? undefined : is ? 'always' : 'never'
}
