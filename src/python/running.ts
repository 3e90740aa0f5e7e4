/**
 * What happens when a module runs, without running it: what each statement and call may lead to. Every name stands for what it
 * was given last, and a call does what the function, class or object does that it stands for.
 */

import { once } from '../once.js'
import {
  ancestors,
  BUILT_IN_ERROR,
  isKindOf,
  isOpenClass,
  memberAbove,
  memberOf,
  PARENTS,
  PYTHON_NAME,
} from './classes.js'
import { conditionOf } from './conditions.js'
import { endingsOf, exits, isAnswered, isExitName, isFilled, PARSES } from './endings.js'
import { parsePython } from './parse.js'
import type { Expression, Handler, Statement } from './tree.js'
import {
  type ClassValue,
  type Def,
  type Func,
  type Given,
  type Home,
  isSame,
  joined,
  NO_ARGUMENTS,
  NOTHING,
  numberValue,
  type Outside,
  PLAIN,
  plainOf,
  type Scope,
  type Table,
  truth,
  truthOf,
  UNKNOWN,
  type Value,
} from './values.js'
import { dottedName, elifOf } from './walk.js'

/** The ways that lead out of a statement, together: behind it, out of a function or loop, or to the end of the program. */
export const ON = 1
const RETURN = 2
const BREAK = 4
const CONTINUE = 8
/** `SystemExit` */
const EXIT = 16
/** Any other error. */
const ERROR = 32
/** What no handler keeps: `os._exit()`. */
const GONE = 64
const ENDS = EXIT | ERROR | GONE
const LEAVES = RETURN | BREAK | CONTINUE

/** What other modules have to do with what is read, by their full names. */
export interface Others {
  /** What a name means that dots may begin. */
  absolute?(level: number, path: string): string | undefined
  /** What a name of another module stands for; undefined where it is not read. */
  valueAt?(path: string): Value | undefined
  /** What an import of a module leads to. */
  endOf?(module: string): End | undefined
}

export interface End {
  readonly ways: number
  /** Names of the errors. */
  readonly raised: ReadonlySet<string>
}

/** Functions inside one another that are followed. */
const DEEPEST_CALL = 60
const DEEPEST_EXPRESSION = 100
const MOST_RECURSIONS = 3
const MOST_FORWARDED = 300
/** Modules that a name comes through. */
const MOST_HOPS = 10
/** Statements that are run: what is called behind is not followed. */
const MOST_STEPS = 10_000
/** Longer tables are not read. */
const MOST_ITEMS = 500

let depth = 0

export class Running implements Home {
  /** What each statement that ran may have led to. */
  readonly ways = new Map<Statement, number>()
  /** The function of this module that a call runs; undefined where there are several. */
  readonly callees = new Map<Expression, Def | undefined>()
  /** Calls of what nobody knows. */
  readonly foreign = new Set<Expression>()
  /** What was called of other modules. */
  readonly asked = new Map<string, Outside>()
  readonly top: Scope = newScope(undefined, 0)
  readonly end: End
  /** Names that are bound once at the top, for the tests of `if`. */
  readonly #tests = new Map<string, Expression>()
  readonly #aliases = new Map<string, { readonly name: string }>()
  readonly #stars: Outside[] = []
  /** What the module gives names of others: `sys.exit = print`. */
  readonly #patched = new Map<string, Value>()
  readonly #ids = new WeakMap<Value, number>()
  readonly #memo = new Map<string, ReturnType<Home['invoke']>>()
  readonly #active = new Set<string>()
  /** Where the statement that runs leads, so far. */
  #way = ON
  #raised = new Set<string>()
  /** What a handler has kept, for `raise` alone. */
  #caught: End | undefined
  /** How many conditions are around that nobody knows. */
  #unsure = 0
  /** Changes that make what a function did before not count. */
  #changes = 0
  #hasRecursed = false
  #isAgain = false
  #steps = 0
  #nested = 0
  /** Calls that only lead to another: of partials, and of objects. */
  #forwarded = 0
  #frame: Frame = { value: undefined, isPart: false, owner: undefined, self: undefined }

  readonly givesNames = once(() => GIVES_NAMES.test(this.#text))
  readonly #hasExits = once(() => EXIT_WORD.test(this.#text))
  readonly endings = once(() => endingsOf(this.#text, this.#body))
  readonly #text: string
  readonly #body: readonly Statement[]
  readonly #others: Others
  readonly #isMain: boolean

  constructor(text: string, body: readonly Statement[], others: Others, isMain: boolean) {
    this.#text = text
    this.#body = body
    this.#others = others
    this.#isMain = isMain
    const ways = this.#block(body, this.top)
    this.end = { ways, raised: this.#raised }
  }

  /** May a statement lead elsewhere than behind it? Nothing that runs tells it of one that did not. */
  isLast(one: Statement): boolean {
    return ((this.ways.get(one) ?? ON) & ~ON) !== 0 || this.ways.get(one) === 0
  }

  /** Runs the function of that name as a command does. */
  run(name: string): void {
    this.#way = ON
    this.#call(this.top.names.get(name) ?? UNKNOWN, NO_ARGUMENTS, undefined)
  }

  /** What the module has under a name, once it was imported. */
  valueAt(path: readonly string[]): Value | undefined {
    const [first = '', ...rest] = path
    let value = this.top.names.get(first) ?? this.#starred(first)
    for (const name of rest) value &&= this.#attribute(value, name)
    return value
  }

  #block(body: readonly Statement[], scope: Scope): number {
    let ways = ON
    for (const one of body) {
      if (!(ways & ON)) break
      this.#steps++
      const before = this.#way
      this.#way = ON
      const own = this.#statement(one, scope)
      this.#way = before
      this.ways.set(one, (this.ways.get(one) ?? 0) | own)
      ways = (ways & ~ON) | own
    }
    return ways
  }

  /** What is behind a condition that nobody knows. Where another way goes on, an end of the program in it does not count. */
  #perhaps<T>(run: () => T): T {
    this.#unsure++
    const found = run()
    this.#unsure--
    return found
  }

  /** Evaluates what may not be evaluated. */
  #maybe(run: () => Value): Value {
    const before = this.#way
    const found = this.#perhaps(run)
    this.#way = either(before, this.#way)
    return found
  }

  #then(run: () => number): number {
    const before = this.#way
    return before & ON ? (before & ~ON) | run() : before
  }

  /** What follows has these ways, where something follows. */
  #go(ways: number): void {
    if (this.#way & ON) this.#way = (this.#way & ~ON) | ways
  }

  #fail(name: string): void {
    this.#raised.add(name)
    this.#go(ERROR)
  }

  #statement(one: Statement, scope: Scope): number {
    switch (one.kind) {
      case 'expression':
        this.#evaluate(one.value, scope)
        return this.#way
      case 'assign':
        this.#assignment(one, scope)
        return this.#way
      case 'import':
        for (const { name, as } of one.names) {
          const [top = name] = name.split('.')
          this.#imports(this.#from(0, name))
          this.#bind(as ?? top, this.#from(0, as === undefined ? top : name), scope)
        }
        return this.#way
      case 'from':
        this.#imports(this.#from(one.level, one.module))
        for (const { name, as } of one.names) {
          const value = this.#from(one.level, name === '*' ? one.module : [one.module, name].filter(Boolean).join('.'))
          if (name === '*') this.#stars.push(value)
          else {
            this.#imports(value)
            this.#bind(as ?? name, value, scope)
            if (scope === this.top) this.#aliases.set(as ?? name, { name })
          }
        }
        return this.#way
      case 'def':
        this.#bind(
          one.name,
          this.#decorated(one.decorators, scope, () => this.#funcOf(one, scope, one.name)),
          scope,
        )
        return this.#way
      case 'class':
        this.#bind(
          one.name,
          this.#decorated(one.decorators, scope, () => this.#classOf(one, scope)),
          scope,
        )
        return this.#way
      case 'return': {
        const value = this.#evaluate(one.value, scope)
        this.#frame.value = this.#frame.value ? joined(this.#frame.value, value) : value
        return this.#then(() => RETURN)
      }
      case 'raise':
        return this.#raise(one.value, scope)
      case 'break':
        return BREAK
      case 'continue':
        return CONTINUE
      case 'if':
        return this.#if(one, scope)
      case 'while':
        return this.#while(one, scope)
      case 'for':
        return this.#for(one, scope)
      case 'with':
        return this.#with(one.items, one.body, scope)
      case 'try':
        return this.#try(one, scope)
      case 'match': {
        const subject = this.#evaluate(one.subject, scope)
        return this.#then(() => {
          const isOnly = one.takesAll && one.cases.length === 1
          let ways = one.takesAll ? 0 : ON
          for (const { names, body } of one.cases) {
            const run = () => {
              for (const name of names) this.#bind(name, UNKNOWN, scope)
              return this.#block(body, scope)
            }
            ways |= isOnly ? run() : this.#perhaps(run)
          }
          // Which literal it is, nobody compares.
          return isOnly || (subject.kind === 'plain' && subject.key !== undefined) ? ways : settled(ways)
        })
      }
      case 'global':
        for (const name of one.names) scope.globals.add(name)
        return ON
      case 'nonlocal':
        for (const name of one.names) scope.nonlocals.add(name)
        return ON
      case 'delete':
        for (const target of one.targets) {
          if (target.kind === 'name') this.#bind(target.name, UNKNOWN, scope)
          if (target.kind !== 'index') continue
          const of = this.#evaluate(target.of, scope)
          this.#evaluate(target.index, scope)
          if (of.kind === 'table') of.isOpen = true
        }
        return this.#way
      case 'other': {
        const [test, message] = one.parts
        if (!test) return ON
        if (!this.#text.startsWith('assert', one.at)) for (const part of one.parts) this.#evaluate(part, scope)
        else if (this.#tested(test, scope) === false) {
          this.#evaluate(message, scope)
          this.#fail('AssertionError')
        }
        return this.#way
      }
      case 'broken':
        return this.#perhaps(() => settled(ON | this.#block(one.body, scope)))
      default:
        return ON
    }
  }

  #from(level: number, path: string): Outside {
    const whole = this.#others.absolute?.(level, path)
    return whole === undefined ? { kind: 'outside', level, path } : { kind: 'outside', level: 0, path: whole }
  }

  #imports({ level = 0, path }: Outside): void {
    const end = level === 0 ? this.#others.endOf?.(path) : undefined
    if (!end) return
    for (const name of end.raised) this.#raised.add(name)
    this.#go(end.ways & (ENDS | ON))
  }

  #if(one: Extract<Statement, { kind: 'if' | 'while' }>, scope: Scope): number {
    // Of many `elif`, each is in the one before.
    const before: number[] = []
    let ways = 0
    let isUnsure = 0
    for (let branch = one; ; ) {
      const is = this.#tested(branch.test, scope)
      if (!(this.#way & ON)) {
        ways |= this.#way
        break
      }
      before.push(this.#way & ~ON)
      const run = () => this.#block(branch.body, scope)
      if (is === true) {
        ways |= run()
        break
      }
      if (is === undefined) {
        this.#unsure++
        isUnsure++
        ways |= run()
      }
      const next = elifOf(branch.otherwise)
      if (next) {
        this.#way = ON
        branch = next
        continue
      }
      ways |= this.#block(branch.otherwise, scope)
      break
    }
    this.#unsure -= isUnsure
    return before.reduce((sum, way) => sum | way, isUnsure > 0 ? settled(ways) : ways)
  }

  /** Is a test true? Undefined where that is not known. */
  #tested(test: Expression, scope: Scope): boolean | undefined {
    return this.#meant(test, this.#evaluate(test, scope))
  }

  /** The same, once it is evaluated: that is done once. */
  #meant(test: Expression, value: Value): boolean | undefined {
    const is = this.#truth(value)
    if (is !== undefined) return is
    const known = { values: this.#tests, aliases: this.#aliases, isMain: this.#isMain }
    const condition = conditionOf(test, known)
    if (condition === 'always') return true
    return condition === 'never' || condition === 'typing' || condition === 'main' ? false : undefined
  }

  #while(one: Extract<Statement, { kind: 'if' | 'while' }>, scope: Scope): number {
    const is = this.#tested(one.test, scope)
    return this.#then(() => {
      if (is === false) return this.#block(one.otherwise, scope)
      const body = is ? this.#block(one.body, scope) : this.#perhaps(() => this.#block(one.body, scope))
      const left = (body & (RETURN | ENDS)) | (body & BREAK ? ON : 0)
      const again = body & (ON | CONTINUE) ? this.#again(() => this.#block(one.body, scope)) : 0
      if (is) return left | again
      return (settled(left | again | ON) & ~ON) | this.#block(one.otherwise, scope)
    })
  }

  #for(one: Extract<Statement, { kind: 'for' }>, scope: Scope): number {
    const through = this.#iterated(this.#evaluate(one.iterable, scope))
    const isOpen = through.kind !== 'table' || through.isOpen
    return this.#then(() => {
      if (through.kind === 'table' && !isOpen && through.items.size === 0) return this.#block(one.otherwise, scope)
      const isSure = through.kind === 'table' ? through.items.size > 0 : isFilled(one.iterable)
      const run = () => {
        this.#assign(one.target, through.kind === 'table' ? itemsOf(through) : UNKNOWN, scope)
        return this.#block(one.body, scope)
      }
      const body = isSure ? run() : this.#perhaps(run)
      const left = (body & (RETURN | ENDS)) | (body & BREAK ? ON : 0)
      if (!(body & (ON | CONTINUE)) && isSure) return left
      const again = this.#again(() => this.#block(one.body, scope))
      const last = this.#block(one.otherwise, scope)
      return isSure ? left | again | last : (settled(left | again | ON) & ~ON) | last
    })
  }

  /** The next round of a loop, in which names may have another meaning. Loops inside have one round then: more would double each time. */
  #again(run: () => number): number {
    if (this.#isAgain) return 0
    this.#isAgain = true
    const ways = this.#perhaps(run)
    this.#isAgain = false
    return ways & ENDS
  }

  #with(
    items: Extract<Statement, { kind: 'with' }>['items'],
    body: readonly Statement[],
    scope: Scope,
    index = 0,
  ): number {
    const item = items[index]
    if (!item || index > DEEPEST_EXPRESSION) return this.#block(body, scope)
    const context = this.#evaluate(item.value, scope)
    const entered = this.#special(context, '__enter__') ?? (context.kind === 'object' ? UNKNOWN : context)
    if (context.kind === 'later' && context.isContext) context.run(false)
    if (item.target) this.#assign(item.target, context.kind === 'later' ? UNKNOWN : entered, scope)
    return this.#then(() => {
      const ways = this.#inner(() => this.#with(items, body, scope, index + 1))
      const none = { ...NO_ARGUMENTS, args: [NOTHING, NOTHING, NOTHING] }
      let after = ways.ways & GONE
      if (ways.ways & (ON | LEAVES)) {
        this.#way = ON
        if (context.kind === 'later' && context.isContext) context.run(true)
        else this.#special(context, '__exit__', none)
        after |= this.#way & ON ? (this.#way & ~ON) | (ways.ways & (ON | LEAVES)) : this.#way
      }
      for (const bit of [EXIT, ERROR]) {
        if (!(ways.ways & bit)) continue
        this.#way = ON
        const kept = this.#keeps(context, bit, [...ways.raised])
        if (this.#way & ON) after |= (this.#way & ~ON) | (kept === true ? ON : kept === false ? bit : bit | ON)
        else after |= this.#way
      }
      for (const name of ways.raised) this.#raised.add(name)
      this.#way = ON
      return after
    })
  }

  /** Runs something with errors of its own. */
  #inner(run: () => number): End {
    const before = this.#raised
    this.#raised = new Set()
    const way = this.#way
    this.#way = ON
    const found = { ways: run(), raised: this.#raised }
    this.#raised = before
    this.#way = way
    return found
  }

  /** Does a context keep what is raised in it? Undefined where that is not known. */
  #keeps(context: Value, bit: number, raised: readonly string[]): boolean | undefined {
    if (context.kind === 'suppress') return this.#catches(joinedTypes(context.types), bit, raised)
    if (context.kind === 'outside') return /(?:^|\.)(?:suppress|raises)\.\(\)$/.test(context.path)
    if (context.kind === 'later') return undefined
    if (context.kind !== 'object') return context.kind === 'unknown' || context.kind === 'any' ? undefined : false
    const [name = 'Exception', ...others] = bit === EXIT ? ['SystemExit'] : raised
    const type: Value = others.length > 0 ? PLAIN : { kind: 'outside', level: undefined, path: name }
    const error: Value = { kind: 'outside', level: undefined, path: `${name}.()` }
    const answer = this.#special(context, '__exit__', { ...NO_ARGUMENTS, args: [type, error, UNKNOWN] })
    return answer ? this.#truth(answer) : false
  }

  #try(one: Extract<Statement, { kind: 'try' }>, scope: Scope): number {
    const body = this.#inner(() => this.#block(one.body, scope))
    let proven = body.ways & (EXIT | ERROR)
    let ways = body.ways & ~(EXIT | ERROR | ON)
    for (const handler of one.handlers) {
      const type = handler.type && this.#evaluate(handler.type, scope)
      const bits = [EXIT, ERROR].filter(bit => proven & bit)
      const caught = bits.map(bit => [bit, this.#catches(type, bit, [...body.raised])] as const)
      const kept = caught.filter(([, is]) => is !== false).reduce((sum, [bit]) => sum | bit, 0)
      const isSure = caught.some(([, is]) => is === true)
      if (kept === 0) {
        // Anything may fail in a way that nobody tells.
        ways |= this.#perhaps(() => this.#handler(handler, undefined, scope)) & ~ENDS
        continue
      }
      for (const [bit, is] of caught) if (is === true) proven &= ~bit
      const run = () => this.#handler(handler, { ways: kept, raised: body.raised }, scope)
      ways |= body.ways & (ON | LEAVES) || !isSure ? this.#perhaps(run) : run()
    }
    if (proven & ERROR) for (const name of body.raised) this.#raised.add(name)
    ways |= proven
    if (body.ways & ON) ways |= this.#block(one.otherwise, scope)
    const last = this.#block(one.last, scope)
    return (last & ~ON) | (last & ON ? ways : 0)
  }

  #handler(handler: Handler, caught: End | undefined, scope: Scope): number {
    const before = this.#caught
    this.#caught = caught
    if (handler.name !== undefined) this.#bind(handler.name, UNKNOWN, scope)
    const ways = this.#block(handler.body, scope)
    this.#caught = before
    return ways
  }

  #catches(type: Value | undefined, bit: number, raised: readonly string[]): boolean | undefined {
    if (!type) return true
    if (type.kind === 'table') {
      const all = [...type.items.values()].map(one => this.#catches(one, bit, raised))
      return all.includes(true) ? true : all.includes(undefined) || type.isOpen ? undefined : false
    }
    const names = type.kind === 'class' ? [type.name] : type.kind === 'outside' ? [type.path.replace(/^.*\./, '')] : []
    const [name] = names
    if (name === undefined) return undefined
    if (name === 'BaseException') return true
    if (bit === EXIT) return name === 'SystemExit' || (type.kind === 'class' && this.#isExitClass(type))
    if (name === 'Exception') return true
    const all = raised.map(one =>
      one === name || PARENTS[one]?.includes(name)
        ? true
        : BUILT_IN_ERROR.test(one) && BUILT_IN_ERROR.test(name)
          ? false
          : undefined,
    )
    const [first, ...others] = all
    return all.length > 0 && others.every(is => is === first) ? first : undefined
  }

  #raise(value: Expression | undefined, scope: Scope): number {
    if (!value) {
      for (const name of this.#caught?.raised ?? ['?']) this.#raised.add(name)
      return this.#caught?.ways ?? ERROR
    }
    let of = this.#evaluate(value, scope)
    return this.#then(() => {
      if (of.kind === 'object' && of.of) of = of.of
      if (of.kind === 'class') {
        if (this.#isExitClass(of)) return EXIT
        this.#raised.add(of.name)
        return ERROR
      }
      const path = of.kind === 'outside' ? of.path.replace(/\.\(\)$/, '') : ''
      if (/^(?:SystemExit|KeyboardInterrupt)$/.test(path)) return EXIT
      this.#raised.add(of.kind === 'outside' && of.level === undefined ? path : '?')
      return ERROR
    })
  }

  #isExitClass(of: ClassValue): boolean {
    return ancestors(of).some(one => one.kind === 'outside' && one.path === 'SystemExit')
  }

  #assignment(one: Extract<Statement, { kind: 'assign' }>, scope: Scope): void {
    const value = this.#evaluate(one.value, scope)
    if (one.annotation?.kind === 'call' || one.annotation?.kind === 'binary') {
      // Not every Python evaluates it.
      const before = this.#way & ON
      this.#evaluate(one.annotation, scope)
      this.#way |= before
    }
    if (one.value === undefined) return
    const [first] = one.targets
    if (scope === this.top && one.targets.length === 1 && first?.kind === 'name') {
      const isFirst = !scope.names.has(first.name) && one.operator === '=' && this.#unsure === 0
      if (isFirst && !this.givesNames()) this.#tests.set(first.name, one.value)
      else this.#tests.delete(first.name)
    }
    for (const target of one.targets) {
      if (one.operator === '=') this.#assign(target, value, scope)
      else {
        const before = this.#evaluate(target, scope)
        if (before.kind === 'table') {
          before.isOpen = true
          if (value.kind === 'table')
            for (const item of value.items.values()) before.items.set(`+${before.items.size}`, item)
        } else if (target.kind === 'name') this.#assign(target, before.kind === 'plain' ? PLAIN : UNKNOWN, scope)
      }
    }
  }

  #assign(target: Expression, value: Value, scope: Scope): void {
    switch (target.kind) {
      case 'name':
        this.#bind(target.name, value, scope)
        return
      case 'tuple':
      case 'list': {
        if (value.kind === 'later' && !value.isContext) value.run(true)
        const items =
          value.kind === 'table' && !value.isDict && !value.isOpen && value.items.size === target.items.length
            ? [...value.items.values()]
            : []
        const isPlain = target.items.every(({ kind }) => kind !== 'star')
        for (const [i, one] of target.items.entries())
          this.#assign(one, (isPlain ? items[i] : undefined) ?? UNKNOWN, scope)
        return
      }
      case 'star':
        this.#assign(target.value, UNKNOWN, scope)
        return
      case 'attribute':
        this.#setAttribute(this.#evaluate(target.of, scope), target.name, value)
        return
      case 'index': {
        const of = this.#evaluate(target.of, scope)
        const index = this.#evaluate(target.index, scope)
        this.#changes++
        if (of.kind !== 'table') this.#special(of, '__setitem__', { ...NO_ARGUMENTS, args: [index, value] })
        else if (index.kind !== 'plain' || index.key === undefined) {
          of.isOpen = true
          of.items.set(`+${of.items.size}`, value)
        } else {
          const before = of.items.get(index.key)
          of.items.set(index.key, this.#unsure > 0 ? joined(before ?? UNKNOWN, value) : value)
        }
        return
      }
      default:
    }
  }

  #setAttribute(of: Value, name: string, value: Value): void {
    const fields =
      of.kind === 'object'
        ? of.fields
        : of.kind === 'class'
          ? of.members
          : of.kind === 'outside'
            ? this.#patched
            : undefined
    if (!fields) return
    this.#changes++
    const key = of.kind === 'outside' ? `${of.path}.${name}` : name
    fields.set(key, this.#unsure > 0 && of.kind !== 'object' ? joined(fields.get(key) ?? UNKNOWN, value) : value)
  }

  #bind(name: string, value: Value, scope: Scope): void {
    const home = homeOf(name, scope, this.top)
    const before = home.names.get(name)
    if (before) this.#changes++
    // What is bound by its name in a text may change unseen.
    const next = home === this.top && value.kind === 'plain' && this.givesNames() ? UNKNOWN : value
    home.names.set(name, this.#unsure > home.base ? joined(before ?? UNKNOWN, next) : next)
    if (before && home === this.top) this.#tests.delete(name)
  }

  #look(name: string, scope: Scope): Value {
    for (let one: Scope | undefined = scope; one; one = one.outer) {
      if (one.isClass && one !== scope) continue
      if (one.globals.has(name)) one = this.top
      if (one.nonlocals.has(name)) continue
      const value = one.names.get(name)
      if (value) return value
    }
    return this.#starred(name) ?? { kind: 'outside', level: undefined, path: name }
  }

  /** Of `import *`, the last one counts. */
  #starred(name: string): Value | undefined {
    for (const { level, path } of [...this.#stars].reverse()) {
      const whole = path === '' ? name : `${path}.${name}`
      const value = this.#others.valueAt?.(whole)
      if (value) return value
      if (!this.#others.valueAt && !PYTHON_NAME.test(name)) return { kind: 'outside', level, path: whole }
    }
    return undefined
  }

  #funcOf(def: Func['def'], scope: Scope, name = ''): Func {
    const defaults = new Map<string, Value>()
    const others = def.params.filter(param => !def.required.includes(param) && !def.stars.includes(param))
    for (const [i, one] of def.defaults.entries()) {
      const value = this.#evaluate(one, scope)
      const param = others[i]
      if (param !== undefined) defaults.set(param, value)
    }
    const how =
      name === '__init_subclass__' || name === '__class_getitem__' ? 'class' : name === '__new__' ? 'static' : 'plain'
    return {
      kind: 'function',
      def,
      scope,
      home: this,
      owner: scope.isClass ? this.#frame.owner : undefined,
      self: undefined,
      defaults,
      how: scope.isClass ? how : 'plain',
    }
  }

  #decorated(decorators: readonly Expression[], scope: Scope, make: () => Value): Value {
    const all = decorators.map(one => [one, this.#evaluate(one, scope)] as const)
    let value = make()
    for (const [one, decorator] of all.reverse()) {
      const made = this.#call(decorator, { ...NO_ARGUMENTS, args: [value] }, one.kind === 'call' ? undefined : one)
      // One that is not known may give it back.
      value =
        made.kind === 'unknown' || (made.kind === 'outside' && made.level !== undefined) ? joined(UNKNOWN, value) : made
    }
    return value
  }

  #classOf(one: Extract<Statement, { kind: 'class' }>, scope: Scope): Value {
    const bases: Value[] = []
    let isOpen = false
    for (const { name, star, value } of one.args) {
      const base = this.#evaluate(value, scope)
      if (name === undefined && star === '') bases.push(base)
      else isOpen = true
      if (name === 'metaclass' && base.kind === 'class' && this.#hasExits())
        for (const [member, { kind }] of base.members)
          if (kind === 'function' && /^__\w+__$/.test(member) && this.endings().has(member)) this.#go(ON | EXIT)
    }
    const members = new Map<string, Value>()
    const found: ClassValue = {
      kind: 'class',
      name: one.name,
      bases,
      members,
      isOpen,
      endsUnseen:
        bases.some(base => base.kind === 'class' && base.endsUnseen) ||
        (this.#hasExits() && one.body.some(method => isUnseen(method) && exits(method, this.endings()))),
    }
    const inner: Scope = { ...newScope(scope, this.#unsure), names: members, isClass: true }
    const before = this.#frame
    this.#frame = { ...before, owner: found }
    this.#way = this.#then(() => this.#block(one.body, inner))
    this.#frame = before
    for (const base of bases) {
      const hook = base.kind === 'class' ? memberOf(base, '__init_subclass__') : undefined
      if (hook?.kind === 'function') {
        this.#call({ ...hook, self: found }, NO_ARGUMENTS, undefined)
        break
      }
    }
    return found
  }

  /** What an attribute of a value stands for. */
  #attribute(of: Value, name: string): Value {
    switch (of.kind) {
      case 'any':
        return joined(...of.of.map(one => this.#attribute(one, name)))
      case 'outside': {
        const patched = this.#patched.get(`${of.path}.${name}`)
        if (patched) return patched
        if (name === '__call__') return of
        const own = this.#resolved(of)
        if (own.kind !== 'outside') return this.#attribute(own, name)
        return { ...of, path: `${of.path}.${name}` }
      }
      case 'object': {
        const field = of.fields.get(name)
        if (field) return field
        const member = of.of && memberOf(of.of, name)
        if (!member) {
          const getter = of.of && memberOf(of.of, '__getattr__')
          return getter?.kind === 'function'
            ? this.#call({ ...getter, self: of }, { ...NO_ARGUMENTS, args: [PLAIN] }, undefined)
            : UNKNOWN
        }
        return this.#bound(member, of, of.of)
      }
      case 'class':
        return this.#bound(memberOf(of, name) ?? UNKNOWN, undefined, of)
      case 'super': {
        const found = memberAbove(of.of, of.self, name)
        return found ? this.#bound(found, of.self, of.of) : UNKNOWN
      }
      case 'function':
      case 'partial':
        return name === '__call__' ? of : UNKNOWN
      case 'table':
        return {
          kind: 'partial',
          of: { kind: 'outside', level: undefined, path: `table.${name}` },
          given: { ...NO_ARGUMENTS, args: [of] },
        }
      case 'plain':
        return PLAIN
      default:
        return UNKNOWN
    }
  }

  #bound(member: Value, self: Value | undefined, of: ClassValue | undefined): Value {
    if (member.kind === 'any') return joined(...member.of.map(one => this.#bound(one, self, of)))
    if (member.kind !== 'function' || member.self) return member
    if (member.how === 'class') return { ...member, self: of }
    if (self === undefined || member.how === 'static') return member
    const bound = { ...member, self }
    return member.how === 'property' ? this.#call(bound, NO_ARGUMENTS, undefined) : bound
  }

  /** A value of a module that is read too. */
  #resolved(of: Outside): Value {
    let value: Value = of
    // One that it has from another.
    for (let i = 0; i < MOST_HOPS && value.kind === 'outside' && value.level === 0; i++) {
      const next: Value | undefined = this.#others.valueAt?.(value.path)
      if (!next || (next.kind === 'outside' && next.path === value.path)) break
      value = next
    }
    return value
  }

  /** Calls a method of the object where its class has it. */
  #special(of: Value, name: string, given: Given = NO_ARGUMENTS): Value | undefined {
    if (of.kind !== 'object' || !of.of) return undefined
    const method = memberOf(of.of, name)
    return method && this.#call(this.#bound(method, of, of.of), given, undefined)
  }

  #truth(value: Value): boolean | undefined {
    if (value.kind !== 'object') return truthOf(value)
    const answer = this.#special(value, '__bool__') ?? this.#special(value, '__len__')
    if (answer) return truthOf(answer)
    return value.of && !isOpenClass(value.of) ? true : undefined
  }

  /** What a loop goes through. */
  #iterated(of: Value): Value {
    if (of.kind === 'later') of.run(true)
    this.#special(of, '__iter__')
    if (of.kind === 'table' && of.isDict) {
      const keys = [...of.items.keys()].map((key, i) => [String(i), { kind: 'plain', truth: undefined, key }] as const)
      return { kind: 'table', isDict: false, items: new Map<string, Value>(keys), isOpen: of.isOpen }
    }
    return of
  }

  #evaluate(one: Expression | undefined, scope: Scope): Value {
    if (!one || this.#nested > DEEPEST_EXPRESSION) return UNKNOWN
    this.#nested++
    const found = this.#expression(one, scope)
    this.#nested--
    return found
  }

  #expression(one: Expression, scope: Scope): Value {
    switch (one.kind) {
      case 'name':
        return plainOf(one) ?? this.#look(one.name, scope)
      case 'string':
        for (const [from, end] of one.fields) {
          const field = this.#text.slice(from, end)
          const [only] = field.includes('(') ? parsePython(`(${field}\n)`).body : []
          if (only?.kind === 'expression') this.#evaluate(only.value, scope)
        }
        return plainOf(one) ?? PLAIN
      case 'number':
        return plainOf(one) ?? PLAIN
      case 'attribute':
        return this.#attribute(this.#evaluate(one.of, scope), one.name)
      case 'call':
        return this.#callOf(one, scope)
      case 'index':
        return this.#item(this.#evaluate(one.of, scope), this.#evaluate(one.index, scope))
      case 'list':
      case 'tuple':
      case 'set': {
        const table: Table = { kind: 'table', items: new Map(), isDict: false, isOpen: one.items.length > MOST_ITEMS }
        for (const [i, item] of table.isOpen ? [] : one.items.entries()) {
          table.items.set(String(i), this.#evaluate(item, scope))
          if (item.kind === 'star') table.isOpen = true
        }
        return table
      }
      case 'dict': {
        const table: Table = { kind: 'table', items: new Map(), isDict: true, isOpen: one.items.length > MOST_ITEMS }
        for (const [i, { key, value }] of table.isOpen ? [] : one.items.entries()) {
          const at = this.#evaluate(key, scope)
          const item = this.#evaluate(value, scope)
          if (at.kind === 'plain' && at.key !== undefined) table.items.set(at.key, item)
          else {
            table.isOpen = true
            table.items.set(`+${i}`, item)
          }
        }
        return table
      }
      case 'binary':
        return this.#binary(one, scope)
      case 'unary': {
        const value = this.#evaluate(one.value, scope)
        if (one.operator === 'not') {
          const is = this.#truth(value)
          return truth(is === undefined ? undefined : !is)
        }
        const isNumber = value.kind === 'plain' && value.key !== undefined && /^[\d.]+$/.test(value.key)
        return isNumber && one.operator === '-'
          ? numberValue(`-${value.key}`)
          : value.kind === 'plain'
            ? PLAIN
            : UNKNOWN
      }
      case 'conditional': {
        const is = this.#tested(one.test, scope)
        if (is !== undefined) return this.#evaluate(is ? one.then : one.otherwise, scope)
        const before = this.#way
        const then = this.#perhaps(() => this.#evaluate(one.then, scope))
        const way = this.#way
        this.#way = before
        const otherwise = this.#perhaps(() => this.#evaluate(one.otherwise, scope))
        this.#way = settled(way | this.#way)
        return joined(then, otherwise)
      }
      case 'walrus': {
        const value = this.#evaluate(one.value, scope)
        this.#bind(one.target.name, value, scope)
        return value
      }
      case 'star':
        this.#iterated(this.#evaluate(one.value, scope))
        return UNKNOWN
      case 'lambda':
        return this.#funcOf(one, scope)
      case 'comprehension':
        return this.#comprehension(one, scope)
      default: {
        const [first] = one.parts.map(part => this.#evaluate(part, scope))
        if (this.#frame.isPart && this.#text.startsWith('yield', one.at)) this.#go(RETURN)
        else if (first?.kind === 'later') first.run(true)
        return UNKNOWN
      }
    }
  }

  #binary(one: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
    const { operator } = one
    if (operator === 'and' || operator === 'or') {
      const left = this.#evaluate(one.left, scope)
      const is = this.#meant(one.left, left)
      if (is !== undefined) return is === (operator === 'and') ? this.#evaluate(one.right, scope) : left
      return joined(
        left,
        this.#maybe(() => this.#evaluate(one.right, scope)),
      )
    }
    // `a + b + c + …` may be very long.
    if (
      one.left.kind === 'binary' &&
      one.left.operator === operator &&
      !/^(?:[<>]=?|[=!]=|<>|in|is|not)/.test(operator)
    ) {
      const parts: Expression[] = []
      let left: Expression = one
      for (; left.kind === 'binary' && left.operator === operator; left = left.left) parts.push(left.right)
      const values = [this.#evaluate(left, scope), ...parts.reverse().map(part => this.#evaluate(part, scope))]
      return values.every(({ kind }) => kind === 'plain') ? PLAIN : UNKNOWN
    }
    const left = this.#evaluate(one.left, scope)
    const right = this.#evaluate(one.right, scope)
    const method = METHODS[operator]
    if (method !== undefined && left.kind === 'object')
      return this.#special(left, method, { ...NO_ARGUMENTS, args: [right] }) ?? UNKNOWN
    if (/^(?:\/\/?|%)$/.test(operator) && isNumber(left) && isNumber(right) && truthOf(right) === false)
      this.#fail('ZeroDivisionError')
    const same = isSame(left, right)
    switch (operator) {
      case '==':
      case 'is':
        return truth(same)
      case '!=':
      case 'is not':
      case '<>':
        return truth(same === undefined ? undefined : !same)
      case 'in':
      case 'not in': {
        const key = left.kind === 'plain' ? left.key : undefined
        if (right.kind === 'later') right.run(true)
        if (right.kind !== 'table' || key === undefined) return PLAIN
        const has = right.isDict
          ? right.items.has(key)
          : [...right.items.values()].some(item => isSame(item, left) === true)
        const isKnown =
          has ||
          (!right.isOpen && (right.isDict || [...right.items.values()].every(item => isSame(item, left) === false)))
        return truth(isKnown ? has === (operator === 'in') : undefined)
      }
      default:
        if (/^[<>]=?$/.test(operator) && isNumber(left) && isNumber(right)) {
          const [a, b] = [Number(left.key), Number(right.key)]
          return truth(operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b)
        }
        return left.kind === 'plain' && right.kind === 'plain' ? PLAIN : UNKNOWN
    }
  }

  #comprehension(one: Extract<Expression, { kind: 'comprehension' }>, scope: Scope): Value {
    const [first, ...others] = one.parts
    const through = this.#iterated(this.#evaluate(first, scope))
    const inner = newScope(scope, this.#unsure)
    // A dictionary has a key and a value.
    const given = one.of.kind === 'other' && one.of.parts.length === 2 ? one.of.parts : [one.of]
    let item: Value = UNKNOWN
    const run = () => {
      for (const target of one.targets)
        this.#assign(target, through.kind === 'table' && others.length === 0 ? itemsOf(through) : UNKNOWN, inner)
      for (const part of [...others, ...given]) item = this.#evaluate(part, inner)
    }
    const isEmpty = through.kind === 'table' && !through.isOpen && through.items.size === 0
    if (isEmpty) return { kind: 'table', items: new Map(), isDict: false, isOpen: false }
    const isSure =
      others.length === 0 && (through.kind === 'table' ? through.items.size > 0 : !!first && isFilled(first))
    const isGenerator =
      !/[[{]$/.test(this.#text.slice(Math.max(0, one.at - 100), one.at).trimEnd()) && one.of.kind !== 'other'
    const go = () => {
      if (isSure) run()
      else
        this.#maybe(() => {
          run()
          return UNKNOWN
        })
    }
    if (isGenerator) return { kind: 'later', run: go, isContext: false }
    go()
    return holding([item])
  }

  #item(of: Value, index: Value): Value {
    if (of.kind === 'any') return joined(...of.of.map(one => this.#item(one, index)))
    if (of.kind === 'object') return this.#special(of, '__getitem__', { ...NO_ARGUMENTS, args: [index] }) ?? UNKNOWN
    if (of.kind !== 'table') return of.kind === 'plain' ? PLAIN : UNKNOWN
    const key = index.kind === 'plain' ? index.key : undefined
    if (key === undefined) return of.items.size === 0 ? UNKNOWN : of.isOpen ? joined(itemsOf(of), UNKNOWN) : itemsOf(of)
    const at = !of.isDict && key.startsWith('-') ? String(of.items.size + Number(key)) : key
    const item = of.items.get(at)
    if (of.isOpen) return joined(itemsOf(of), UNKNOWN)
    if (item) return item
    this.#fail(of.isDict ? 'KeyError' : 'IndexError')
    return UNKNOWN
  }

  #callOf(one: Extract<Expression, { kind: 'call' }>, scope: Scope): Value {
    const callee = this.#evaluate(one.func, scope)
    const args: Value[] = []
    const named = new Map<string, Value>()
    let isOpen = one.args.length > MOST_ITEMS
    for (const { name, star, value } of isOpen ? [] : one.args) {
      const found = this.#evaluate(value, scope)
      if (star === '*' && found.kind === 'table' && !found.isOpen && !found.isDict) args.push(...found.items.values())
      else if (star !== '') {
        if (star === '*') this.#iterated(found)
        isOpen = true
      } else if (name !== undefined) named.set(name, found)
      else args.push(found)
    }
    if (isForeign(callee)) this.foreign.add(one)
    if (callee.kind === 'outside' && callee.path === 'super' && callee.level === undefined && this.#frame.self)
      return this.#frame.owner ? { kind: 'super', of: this.#frame.owner, self: this.#frame.self } : UNKNOWN
    return this.#call(callee, { args, named, isOpen }, one)
  }

  #call(callee: Value, given: Given, at: Expression | undefined): Value {
    if (this.#forwarded > MOST_FORWARDED) {
      this.#go(ON | EXIT)
      return UNKNOWN
    }
    this.#forwarded++
    const found = this.#called(callee, given, at)
    this.#forwarded--
    return found
  }

  #called(callee: Value, given: Given, at: Expression | undefined): Value {
    switch (callee.kind) {
      case 'any': {
        const before = this.#way
        let ways = 0
        const values = callee.of.map(one => {
          this.#way = before
          const value = this.#perhaps(() => this.#call(one, given, at))
          ways |= this.#way
          return value
        })
        this.#way = ways
        if (at) this.callees.set(at, undefined)
        return joined(...values)
      }
      case 'function':
        return this.#invoked(callee, given, at)
      case 'class':
        return this.#make(callee, given, at)
      case 'object': {
        const method = callee.of && memberOf(callee.of, '__call__')
        return method ? this.#call(this.#bound(method, callee, callee.of), given, at) : UNKNOWN
      }
      case 'partial':
        return this.#call(
          callee.of,
          {
            args: [...callee.given.args, ...given.args],
            named: new Map([...callee.given.named, ...given.named]),
            isOpen: callee.given.isOpen || given.isOpen,
          },
          at,
        )
      case 'outside': {
        const own = this.#resolved(callee)
        return own.kind === 'outside' ? this.#outside(own, given) : this.#call(own, given, at)
      }
      case 'unknown':
        this.#unseen(given)
        this.#giveAway(given)
        if (at?.kind === 'call' && isExitName(dottedName(at.func) ?? lastName(at.func))) this.#go(ON | EXIT)
        return UNKNOWN
      case 'plain':
        this.#unseen(given)
        return PLAIN
      default:
        return UNKNOWN
    }
  }

  /** Calls that are not followed run the generators that they are given, and callers the functions. */
  #unseen({ args, named }: Given, isCaller = false): void {
    for (const one of [...args, ...named.values()]) {
      const isLater = one.kind === 'later' && !one.isContext
      if (!isLater && !(isCaller && isCallable(one))) continue
      const before = this.#way
      this.#perhaps(() => {
        if (one.kind === 'later') one.run(true)
        else this.#call(one, { ...NO_ARGUMENTS, isOpen: true }, undefined)
      })
      this.#way |= before
    }
  }

  #make(of: ClassValue, given: Given, at: Expression | undefined): Value {
    const self: Value = { kind: 'object', of, fields: new Map() }
    if (of.endsUnseen) this.#go(ON | EXIT)
    const maker = memberOf(of, '__new__')
    if (maker?.kind === 'function') {
      const made = this.#invoked({ ...maker, self: of }, given, undefined)
      // Only objects of the class are started.
      if (made.kind !== 'object' && made.kind !== 'unknown' && made.kind !== 'any') return made
    }
    const starter = memberOf(of, '__init__')
    // What makes the object may be in a class that is not read.
    if (starter?.kind === 'function') this.#invoked({ ...starter, self }, given, isOpenClass(of) ? undefined : at)
    return self
  }

  #invoked(func: Func, given: Given, at: Expression | undefined): Value {
    if (at && func.home === this && func.def.kind === 'def') {
      const before = this.callees.has(at) ? this.callees.get(at) : func.def
      this.callees.set(at, before === func.def ? func.def : undefined)
    }
    if (!(this.#way & ON)) return UNKNOWN
    const { def } = func
    if (def.kind === 'def' && def.isDeferred)
      return {
        kind: 'later',
        isContext: func.how === 'context',
        run: isWhole => {
          this.#take(func, given, !isWhole)
        },
      }
    return this.#take(func, given)
  }

  #take(func: Func, given: Given, isPart = false): Value {
    const { ways, raised, value } = func.home.invoke(func, given, isPart)
    for (const name of raised) this.#raised.add(name)
    this.#go(ways)
    return value
  }

  invoke(func: Func, given: Given, isPart: boolean): ReturnType<Home['invoke']> {
    // What is not followed may do anything.
    if (depth >= DEEPEST_CALL || this.#steps > MOST_STEPS)
      return { ways: depth >= DEEPEST_CALL || this.#hasExits() ? ON | EXIT : ON, raised: [], value: UNKNOWN }
    const { def } = func
    const args = func.self ? [func.self, ...given.args] : given.args
    const names = new Map<string, Value>()
    const places = def.params.filter(param => !def.stars.includes(param))
    const [star] = def.stars
    for (const [i, param] of places.entries())
      names.set(
        param,
        (given.isOpen ? undefined : (args[i] ?? given.named.get(param) ?? func.defaults.get(param))) ??
          (given.isOpen && i === 0 && func.self ? func.self : UNKNOWN),
      )
    if (star !== undefined) {
      const rest = given.isOpen ? [] : args.slice(places.length)
      const items = rest.map((value, i) => [String(i), value] as const)
      names.set(star, { kind: 'table', isDict: false, isOpen: given.isOpen, items: new Map(items) })
    }
    for (const other of def.stars.slice(1)) names.set(other, UNKNOWN)
    const key = [
      def.at,
      this.#keyOf(func),
      isPart,
      this.#changes,
      ...[...names.values()].map(one => this.#keyOf(one)),
    ].join(' ')
    const known = this.#memo.get(key)
    if (known) return known
    const isSame = this.#active.has(key)
    if (isSame || [...this.#active].filter(one => one.startsWith(`${def.at} `)).length >= MOST_RECURSIONS) {
      this.#hasRecursed = true
      // It comes back only by another way.
      return { ways: isSame ? 0 : ON, raised: [], value: UNKNOWN }
    }
    this.#active.add(key)
    const scope: Scope = { ...newScope(func.scope.isClass ? func.scope.outer : func.scope, this.#unsure), names }
    const before = [this.#frame, this.#hasRecursed, this.#caught, this.#nested] as const
    this.#hasRecursed = false
    this.#caught = undefined
    this.#nested = 0
    this.#frame = { value: undefined, isPart, owner: func.owner, self: func.self }
    depth++
    const { ways, raised } = this.#inner(() => {
      if (def.kind === 'def') return this.#block(def.body, scope)
      this.#frame.value = this.#evaluate(def.parts.at(-1), scope)
      return this.#way
    })
    depth--
    const value = this.#frame.value ?? NOTHING
    const found = {
      ways: (ways & ENDS) | (ways & (ON | RETURN) ? ON : 0),
      raised: [...raised],
      value: ways & ON && this.#frame.value && def.kind === 'def' ? joined(value, NOTHING) : value,
    }
    if (!this.#hasRecursed) this.#memo.set(key, found)
    this.#active.delete(key)
    ;[this.#frame, , this.#caught, this.#nested] = before
    this.#hasRecursed ||= before[1]
    return found
  }

  #keyOf(value: Value): string {
    if (value.kind === 'unknown') return '?'
    if (value.kind === 'plain') return value.key ?? `?${value.truth}`
    if (value.kind === 'outside') return `${value.level}:${value.path}`
    if (value.kind === 'function') return `f${value.def.at}:${this.#idOf(value.scope.names)}`
    return `#${this.#idOf(value)}`
  }

  #last = 0
  #idOf(of: object): number {
    const ids = this.#ids as WeakMap<object, number>
    const id = ids.get(of) ?? this.#last++
    ids.set(of, id)
    return id
  }

  /** A call of what no text that is read defines. */
  #outside(of: Outside, given: Given): Value {
    const { args, named } = given
    const [first = UNKNOWN, second = UNKNOWN] = args
    const name = of.level === undefined || of.level === 0 ? of.path.replace(/^builtins\./, '') : ''
    if (of.level !== undefined) this.asked.set(`${of.level}:${of.path}`, of)
    const made: Value = { ...of, path: `${of.path}.()` }
    if (EXITS.test(name)) {
      this.#go(EXIT)
      return UNKNOWN
    }
    if (GOES.test(name) || (name === 'os.kill' && first.kind === 'outside' && first.path === 'os.getpid.()')) {
      this.#go(GONE)
      return UNKNOWN
    }
    const isCaller = CALLERS.test(name)
    if (isCaller) this.#unseen(given, true)
    switch (name) {
      case 'functools.partial':
      case 'partial':
        return { kind: 'partial', of: first, given: { ...given, args: args.slice(1) } }
      case 'functools.wraps':
        return {
          kind: 'partial',
          of: { kind: 'outside', level: undefined, path: 'functools.cache' },
          given: NO_ARGUMENTS,
        }
      case 'functools.lru_cache':
      case 'lru_cache':
        return first.kind === 'function' ? first : { kind: 'outside', level: undefined, path: 'functools.cache' }
      case 'functools.cache':
      case 'functools.singledispatch':
      case 'abc.abstractmethod':
      case 'typing.final':
      case 'atexit.register':
      case 'dataclasses.dataclass':
        return first
      case 'contextlib.contextmanager':
      case 'contextmanager':
        return first.kind === 'function' ? { ...first, how: 'context' } : UNKNOWN
      case 'staticmethod':
      case 'classmethod':
      case 'property':
      case 'functools.cached_property': {
        const how = name === 'staticmethod' ? 'static' : name === 'classmethod' ? 'class' : 'property'
        return first.kind === 'function' ? { ...first, how } : UNKNOWN
      }
      case 'contextlib.suppress':
      case 'suppress':
        return { kind: 'suppress', types: args }
      case 'contextlib.ExitStack.().enter_context':
        return this.#special(first, '__enter__') ?? UNKNOWN
      case 'types.SimpleNamespace':
        return { kind: 'object', of: undefined, fields: new Map(named) }
      case 'getattr':
        return second.kind === 'plain' && second.key?.startsWith("'")
          ? this.#attribute(first, second.key.slice(1))
          : UNKNOWN
      case 'setattr': {
        const isKnown = second.kind === 'plain' && second.key?.startsWith("'")
        if (isKnown && second.key) this.#setAttribute(first, second.key.slice(1), args[2] ?? UNKNOWN)
        return NOTHING
      }
      case '__import__':
      case 'importlib.import_module':
        return first.kind === 'plain' && first.key?.startsWith("'") && !first.key.startsWith("'.")
          ? { kind: 'outside', level: 0, path: first.key.slice(1) }
          : UNKNOWN
      case 'dict': {
        if (args.length > 0 || given.isOpen) {
          this.#unseen(given)
          return holding(args)
        }
        const items = new Map([...named].map(([key, value]) => [`'${key}`, value]))
        return { kind: 'table', items, isDict: true, isOpen: false }
      }
      case 'map':
      case 'filter': {
        const through = this.#iterated(second)
        return {
          kind: 'later',
          isContext: false,
          run: () => {
            const isSure = through.kind === 'table' && through.items.size > 0
            const item = through.kind === 'table' ? itemsOf(through) : UNKNOWN
            const run = () => this.#call(first, { ...NO_ARGUMENTS, args: [item] }, undefined)
            if (isSure) run()
            else if (through.kind !== 'table' || through.isOpen) this.#maybe(run)
          },
        }
      }
      case 'zip':
      case 'enumerate':
      case 'frozenset':
      case 'iter':
      case 'copy.copy':
      case 'copy.deepcopy':
      case 'collections.OrderedDict':
      case 'collections.deque':
        this.#unseen(given)
        return holding(args)
      case 'next':
        if (first.kind === 'later') first.run(false)
        else this.#special(first, '__next__')
        return UNKNOWN
      case 'list':
      case 'tuple':
      case 'set':
      case 'sorted':
      case 'reversed':
      case 'sum':
      case 'any':
      case 'all':
      case 'max':
      case 'min':
      case 'asyncio.run':
      case 'asyncio.get_event_loop.().run_until_complete':
      case 'asyncio.new_event_loop.().run_until_complete': {
        const through = this.#iterated(first)
        return through.kind === 'table' && /^(?:list|tuple)$/.test(name)
          ? { ...through, items: new Map(through.items) }
          : holding(args)
      }
      case 'print':
      case 'str':
        for (const one of args) this.#special(one, '__str__') ?? this.#special(one, '__repr__')
        return PLAIN
      case 'bool':
        return truth(this.#truth(first))
      case 'len':
        this.#special(first, '__len__')
        return first.kind === 'table' && !first.isOpen ? numberValue(String(first.items.size)) : PLAIN
      case 'type':
        return first.kind === 'object' && first.of && args.length === 1 ? first.of : UNKNOWN
      case 'isinstance':
      case 'issubclass':
        return truth(isKindOf(first, second))
      default:
    }
    const [, method = ''] = /^table\.(\w+)$/.exec(of.level === undefined ? of.path : '') ?? []
    if (method !== '' && first.kind === 'table') return this.#method(method, first, args.slice(1), named)
    if (PARSES.test(of.path)) {
      const words = (named.get('args') ?? first) as Value
      const all = words.kind === 'table' ? [...words.items.values()] : []
      if (all.some(one => one.kind === 'plain' && isAnswered(one.key?.slice(1) ?? '', this.#text))) this.#go(EXIT)
    } else if (
      of.level === undefined || of.level === 0
        ? /(?:^|\.)ArgumentParser\.\(\)\.(?:error|exit)$/.test(of.path) ||
          (!OWN_KNOWN.test(of.path) && isExitName(of.path))
        : false
    )
      this.#go(EXIT)
    if (!isCaller) this.#unseen(given)
    this.#giveAway(given)
    return made
  }

  /** What is not followed may put anything into a table. */
  #giveAway({ args, named }: Given): void {
    for (const one of [...args, ...named.values()])
      if (one.kind === 'table' && !one.isOpen) {
        one.isOpen = true
        this.#changes++
      }
  }

  #method(name: string, of: Table, args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
    const [first = UNKNOWN, second] = args
    switch (name) {
      case 'get': {
        const key = first.kind === 'plain' ? first.key : undefined
        const other = second ?? NOTHING
        if (key === undefined || of.isOpen) return joined(itemsOf(of), other, UNKNOWN)
        return of.items.get(key) ?? other
      }
      case 'pop': {
        const found = joined(...(of.items.size > 0 ? [itemsOf(of)] : []), ...(second ? [second] : []))
        of.isOpen = true
        return found
      }
      case 'values':
        return {
          kind: 'table',
          isDict: false,
          isOpen: of.isOpen,
          items: new Map([...of.items.values()].map((one, i) => [String(i), one])),
        }
      case 'items': {
        const pairs = [...of.items].map(([key, value], i): [string, Value] => [
          String(i),
          {
            kind: 'table',
            isDict: false,
            isOpen: false,
            items: new Map<string, Value>([
              ['0', { kind: 'plain', truth: undefined, key }],
              ['1', value],
            ]),
          },
        ])
        return { kind: 'table', isDict: false, isOpen: of.isOpen, items: new Map(pairs) }
      }
      case 'keys':
        return this.#iterated(of)
      case 'copy':
        return { ...of, items: new Map(of.items) }
      case 'append':
        if (of.isOpen || this.#unsure > 0) of.isOpen = true
        of.items.set(of.isOpen ? `+${of.items.size}` : String(of.items.size), first)
        return NOTHING
      default:
        this.#unseen({ ...NO_ARGUMENTS, args, named }, name === 'sort')
        // It may change, and what it is given be in it.
        of.isOpen = true
        this.#changes++
        for (const one of [...args, ...named.values()])
          for (const item of one.kind === 'table' ? [one, ...one.items.values()] : [one])
            of.items.set(`+${of.items.size}`, item)
        return UNKNOWN
    }
  }
}

interface Frame {
  /** What is given back. */
  value: Value | undefined
  /** It runs to its first `yield`. */
  readonly isPart: boolean
  /** The class whose method it is. */
  readonly owner: ClassValue | undefined
  readonly self: Value | undefined
}

const newScope = (outer: Scope | undefined, base: number): Scope => ({
  names: new Map(),
  outer,
  isClass: false,
  base,
  globals: new Set(),
  nonlocals: new Set(),
})

/** Where a name is bound. */
function homeOf(name: string, scope: Scope, top: Scope): Scope {
  if (scope.globals.has(name)) return top
  let home = scope
  if (home.nonlocals.has(name))
    while (home.outer && home.outer !== top && (home.nonlocals.has(name) || !home.names.has(name))) home = home.outer
  return home
}

/** What ends the program on one way alone guards what follows: no end. */
const settled = (ways: number): number => (ways & ON ? ways & ~ENDS : ways)

/** Before something that may not have run, and behind. */
const either = (before: number, after: number): number => settled(before | after)

const isForeign = (of: Value): boolean =>
  of.kind === 'any'
    ? of.of.some(isForeign)
    : of.kind === 'unknown' || (of.kind === 'outside' && !PYTHON_NAME.test(of.path) && !OWN_KNOWN.test(of.path))

const isCallable = (of: Value): boolean =>
  of.kind === 'function' ||
  of.kind === 'class' ||
  of.kind === 'partial' ||
  of.kind === 'object' ||
  of.kind === 'outside' ||
  (of.kind === 'any' && of.of.some(isCallable))

/** What may hold some of these, or items of them, where they may be called. */
function holding(all: readonly Value[]): Value {
  const found = all
    .flatMap(one => (one.kind === 'table' ? [...one.items.values()] : one.kind === 'any' ? one.of : [one]))
    .flatMap(one => (one.kind === 'table' ? [...one.items.values()] : [one]))
    .filter(isCallable)
  if (found.length === 0) return UNKNOWN
  const items = new Map(found.map((one, i) => [`+${i}`, one]))
  return joined(UNKNOWN, { kind: 'table', items, isDict: false, isOpen: true })
}

/** Does Python call a method unseen: a special one that is not followed here, or one that sets or deletes? */
const isUnseen = (one: Statement): boolean =>
  one.kind === 'def' &&
  (one.name === '_missing_' ||
    (/^__\w+__$/.test(one.name) && !FOLLOWED.test(one.name)) ||
    one.decorators.some(of => of.kind === 'attribute' && /^(?:setter|deleter)$/.test(of.name)))

const FOLLOWED =
  /^__(?:init|new|call|enter|exit|init_subclass|class_getitem|getattr|getitem|del|main|aenter|aexit|await)__$/

const itemsOf = (of: Table): Value => joined(...of.items.values())

const joinedTypes = (types: readonly Value[]): Value => ({
  kind: 'table',
  isDict: false,
  isOpen: false,
  items: new Map(types.map((one, i) => [String(i), one])),
})

const isNumber = (value: Value): value is Extract<Value, { kind: 'plain' }> & { key: string } =>
  value.kind === 'plain' && value.key !== undefined && /^-?[\d.]+$/.test(value.key)

const lastName = (one: Expression): string => (one.kind === 'name' || one.kind === 'attribute' ? one.name : '')

const METHODS: Readonly<Record<string, string>> = {
  '+': '__add__',
  '-': '__sub__',
  '*': '__mul__',
  '/': '__truediv__',
  '//': '__floordiv__',
  '%': '__mod__',
  '|': '__or__',
  '&': '__and__',
  '<<': '__lshift__',
  '>>': '__rshift__',
  '@': '__matmul__',
  '==': '__eq__',
  '<': '__lt__',
  '>': '__gt__',
}

/** They raise SystemExit. */
const EXITS = /^(?:sys\.exit|exit|quit|_thread\.exit|unittest\.(?:main|TestProgram))$/
/** They end the program at once. */
const GOES = /^(?:os\.(?:_exit|abort|exec[lv]p?e?)|posix\._exit|signal\.raise_signal)$/
/** Gives names of the module values that no assignment shows. */
const GIVES_NAMES = /\b(?:globals|vars|locals)[ \t]{0,9}\(|\bsys\.modules\b/
const EXIT_WORD = /\b(?:_?exit|quit|abort|SystemExit|exec[lv]p?e?)\b/
/** They call the functions that they are given, at once. */
const CALLERS =
  /^(?:sorted|min|max|(?:functools\.)?reduce|re\.(?:compile\.\(\)\.)?subn?|contextvars\.copy_context\.\(\)\.run|contextlib\.ExitStack\.\(\)\.(?:callback|push)|timeit\.timeit|itertools\.\w+)$/
/** Modules of which it is known what ends the program. */
const OWN_KNOWN =
  /^(?:sys|os|logging|threading|subprocess|builtins|collections|contextlib|asyncio|atexit|io|re|json|typing|functools|itertools|shutil|pathlib|inspect|warnings|time|random|types|unittest|multiprocessing|queue|socket|tempfile|enum|abc|copy|string|struct|datetime|traceback|importlib|operator|math|dataclasses)(?:\.|$)/
