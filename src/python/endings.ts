/** What does not go on: what leaves a block, raises an error, or ends the program. */

import { append } from '../append.js'
import { conditionOf, type KnownTests } from './conditions.js'
import type { Call, Expression, Handler, Statement } from './tree.js'
import { blocksOf, certainExpressions, dottedName, elifOf, expressionsIn } from './walk.js'

export type Leaving = 'return' | 'break' | 'continue'
const ANY: readonly Leaving[] = ['return', 'break', 'continue']

/** Is there one of these in the statement, also in its blocks? */
export function isLeft(one: Statement, by: readonly Leaving[] = ANY): boolean {
  if (isSimple(one)) return by.includes(one.kind as Leaving)
  const left: (readonly [Statement, readonly Leaving[]])[] = [[one, by]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [two, words] = next
    if (words.includes(two.kind as Leaving)) return true
    if (two.kind === 'def' || two.kind === 'class') continue
    // A loop inside has its own.
    const isLoop = two.kind === 'for' || two.kind === 'while'
    const ofBody = isLoop ? words.filter(word => word === 'return') : words
    for (const [i, body] of blocksOf(two).entries())
      for (const three of body) left.push([three, i === 0 ? ofBody : words])
  }
  return false
}

/** Most statements have no blocks. */
const isSimple = ({ kind }: Statement) => kind === 'expression' || kind === 'assign' || kind === 'return'

const NOTHING: KnownTests = { values: new Map(), aliases: new Map() }

/** Blocks in one another: of what is deeper, nobody knows whether it ends. */
const DEEPEST = 300
let depth = 0

/** Does no way through the statement lead behind it? `isEnd`: a call that does not come back. */
export function ends(one: Statement, isEnd: (call: Call) => boolean, known: KnownTests = NOTHING): boolean {
  const isOver = (block: readonly Statement[]): boolean => {
    if (depth >= DEEPEST) return true
    depth++
    try {
      return block.some(two => ends(two, isEnd, known))
    } finally {
      depth--
    }
  }
  switch (one.kind) {
    case 'raise':
      return true
    case 'expression':
    case 'assign':
      // Tables are long, and end nothing.
      if (one.value?.kind === 'list' || one.value?.kind === 'dict' || one.value?.kind === 'tuple') return false
      for (const part of certainExpressions(one.value)) if (part.kind === 'call' && isEnd(part)) return true
      return false
    case 'with':
      return isOver(one.body) && !one.items.some(({ value }) => isSuppress(value))
    case 'if': {
      let otherwise: readonly Statement[] = [one]
      for (let next = elifOf(otherwise); next; next = elifOf(otherwise)) {
        const condition = conditionOf(next.test, known)
        if (condition === 'always') return isOver(next.body)
        if (condition !== 'never' && condition !== 'typing' && !isOver(next.body)) return false
        otherwise = next.otherwise
      }
      return isOver(otherwise)
    }
    case 'match':
      return one.takesAll && one.cases.every(({ body }) => isOver(body))
    case 'while':
      if (conditionOf(one.test, known) === 'always') return !one.body.some(two => isLeft(two, ['return', 'break']))
      return isOver(one.otherwise) && !one.body.some(two => isLeft(two, ['break']))
    case 'for':
      if (isFilled(one.iterable) && isOver(one.body) && !one.body.some(two => isLeft(two))) return true
      return isOver(one.otherwise) && !one.body.some(two => isLeft(two, ['break']))
    case 'try': {
      const isRaised = one.body.some(two => two.kind === 'raise' && !isSystemExit(two.value))
      const handlers = one.handlers.filter(handler => isRaised || catchesAll(handler, known))
      const isDone = isOver(one.body) || isOver(one.otherwise)
      return isOver(one.last) || (isDone && handlers.every(({ body }) => isOver(body)))
    }
    default:
      return false
  }
}

/** `sys.exit()` and the like, by the name that is called; `text`: where options of a parser are added. */
export function isExit(call: Call, text: string): boolean {
  const name = dottedName(call.func) ?? ''
  if (isExitName(name) || name === 'unittest.main') return true
  const [first] = call.args
  if (name === 'os.kill') return first?.value.kind === 'call' && dottedName(first.value.func) === 'os.getpid'
  if (!PARSES.test(name)) return false
  const given = call.args.find(({ name: keyword }) => keyword === 'args') ?? first
  const words = given?.value.kind === 'list' || given?.value.kind === 'tuple' ? given.value.items : []
  return words.some(word => word.kind === 'string' && isAnswered(word.value ?? '', text))
}

/** Is it called like what ends the program? */
export const isExitName = (name: string): boolean =>
  EXIT_NAME.test(name) || (name.endsWith('.error') && /pars|^ap\./i.test(name))

const EXIT_NAME = /(?:^|\.)_?(?:exit|quit|abort|skip|exec[lv]p?e?|raise_signal)$/
/** Reads the arguments of a command. */
export const PARSES = /(?:^|\.)parse_(?:known_|intermixed_)?args$/

/** Does a parser end the program where it is given this? It knows `--help`, and no other option that nobody adds. */
export const isAnswered = (word: string, text: string): boolean => {
  if (!/^(?:--help|--version|-[hV])$/.test(word)) return false
  const times = ['"', "'"].reduce((sum, quote) => sum + text.split(`${quote}${word}${quote}`).length - 1, 0)
  return times < 2 || /\baction\s*=\s*['"](?:help|version)['"]/.test(text)
}

const MAY_END = /\b_?(?:exit|quit|abort|skip|exec[lv]\w*|raise\w*|SystemExit)\b/
/** Calls of calls of calls; what is further is taken to come back, as it does in all but made-up modules. */
const MOST_ROUNDS = 12

/** Names of what may end a program when it is called, as far as their text tells: functions, methods, classes, values. */
export function endingsOf(text: string, body: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>()
  if (!MAY_END.test(text)) return found
  const isEnding = (one: Expression | undefined): boolean => {
    for (const part of expressionsIn(one)) {
      const last = part.kind === 'name' || part.kind === 'attribute' ? part.name : ''
      if (found.has(last) || EXIT_NAME.test(last)) return true
    }
    return false
  }
  const mayEnd = (def: Statement): boolean =>
    def.kind === 'def' &&
    def.body.some(
      one =>
        (!isAbstract(one) && ends(one, ({ func }) => isEnding(func))) ||
        (one.kind === 'return' && isEnding(one.value)) ||
        mayEnd(one),
    )
  const look = (one: Statement): void => {
    if (one.kind === 'def' && mayEnd(one)) found.add(one.name)
    if (one.kind === 'assign' && isEnding(one.value))
      for (const target of one.targets) if (target.kind === 'name') found.add(target.name)
    if (one.kind !== 'class') return
    const methods = one.body.filter(mayEnd)
    for (const method of methods) {
      if (method.kind === 'def') found.add(method.name)
      // What is called with the class, or an object of it.
      if (method.kind === 'def' && method.name.startsWith('__')) found.add(one.name)
    }
    if (one.args.some(({ value }) => isEnding(value))) found.add(one.name)
  }
  // Functions call what is behind them, and names what is before: both ways take few rounds.
  const rounds = [body, body.toReversed()]
  for (let before = -1, round = 0; before < found.size && round < MOST_ROUNDS; round++) {
    before = found.size
    for (const one of rounds[round % 2] ?? body) look(one)
  }
  return found
}

/** Does a function surely end the program by an exit, not by another error? `endings`: see above. */
export function exits(def: Statement, endings: ReadonlySet<string>): boolean {
  if (def.kind !== 'def') return false
  const isExiting = (call: Call): boolean => {
    const name = dottedName(call.func) ?? ''
    return isExitName(name) || endings.has(name.slice(name.lastIndexOf('.') + 1))
  }
  for (const one of def.body) {
    if (one.kind === 'raise') return isSystemExit(one.value)
    if (ends(one, isExiting)) return !hasOtherError(one)
  }
  return false
}

function hasOtherError(one: Statement): boolean {
  const left = [one]
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.kind === 'raise' && !isSystemExit(next.value)) return true
    for (const body of blocksOf(next)) append(left, body)
  }
  return false
}

/** A method that only others have: nobody calls it. */
const isAbstract = (one: Statement): boolean =>
  one.kind === 'raise' && one.value !== undefined && [...expressionsIn(one.value)].some(isNotImplemented)
const isNotImplemented = (one: Expression) => one.kind === 'name' && one.name === 'NotImplementedError'

const isSystemExit = (value: Expression | undefined): boolean => {
  const name = value && dottedName(value.kind === 'call' ? value.func : value)
  return name !== undefined && /^(?:SystemExit|KeyboardInterrupt)$/.test(name)
}

/** Does a handler catch that the program ends? */
const catchesAll = ({ type }: Handler, { values }: KnownTests): boolean => {
  const meant = type?.kind === 'name' ? (values.get(type.name) ?? type) : type
  if (!meant) return true
  return (meant.kind === 'tuple' ? meant.items : [meant]).some(one =>
    /(?:^|\.)(?:BaseException|SystemExit)$/.test(dottedName(one) ?? 'SystemExit'),
  )
}

/** A context that may keep what is raised in it, `SystemExit` too. */
const isSuppress = (value: Expression): boolean => {
  const name = value.kind === 'call' ? dottedName(value.func) : undefined
  return name !== undefined && /(?:^|\.)(?:suppress|raises)$/.test(name)
}

/** A literal that a loop goes through at least once. */
export const isFilled = (one: Expression): boolean =>
  ((one.kind === 'list' || one.kind === 'tuple' || one.kind === 'set') &&
    one.items.some(({ kind }) => kind !== 'star')) ||
  (one.kind === 'call' &&
    dottedName(one.func) === 'range' &&
    one.args.length === 1 &&
    one.args.every(({ value }) => value.kind === 'number' && /^[1-9]/.test(value.text)))
