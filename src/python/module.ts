/** What one Python file says of itself as a module, without running it. */

import { append } from '../append.js'
import { once } from '../once.js'
import { conflictIn } from '../text/conflict.js'
import { linesOf, type Position } from '../text/lines.js'
import { type Condition, conditionOf, type Minors, negated } from './conditions.js'
import { isFilled, isLeft } from './endings.js'
import { parsePython } from './parse.js'
import { ON, type Others, Running } from './running.js'
import type { Construct, Expression, Handler, Statement, Tree } from './tree.js'
import { mayBeOfTypes, TYPE_OPERATORS, type TypeExpression, typeConstructs } from './type-objects.js'
import { unreached } from './unreached.js'
import {
  annotationsOf,
  attributesUsed,
  boundAnywhere,
  givesToAll,
  isLazy,
  runBy,
  type UndefinedName,
  unboundInCall,
  undefinedName,
  WALRUS,
} from './used-names.js'
import type { Def } from './values.js'
import { blocksOf, certainExpressions, dottedName, elifOf, expressionsIn, ownExpressions } from './walk.js'

/**
 * `eager`: whenever the file is imported; `try`: without harm where it fails; `lazy`: by a function that somebody calls;
 * `typing`: for type checkers alone.
 */
export type ImportKind = 'eager' | 'try' | 'lazy' | 'typing'

export interface PythonImport extends Position {
  /** As written, without the dots it begins with: '' in `from . import x`. */
  readonly module: string
  /** How many dots it begins with. */
  readonly level: number
  /** What stands after `import` in `from … import`: `*` too. Empty for `import …` and `import_module('…')`. */
  readonly names: readonly string[]
  readonly kind: ImportKind
  /** It runs whenever the module is imported, whatever the machine, and where it fails the import of the module does. */
  readonly unguarded: boolean
  /** When it runs: whatever the machine; perhaps never; or where one of these imports fails, by their index. */
  readonly reached: boolean | readonly number[]
  /** The module goes on where it fails. */
  readonly isCaught: boolean
  /** The Pythons on which it runs, where only some do. */
  readonly pythons: Minors | undefined
  /** Of `import_module('.x', __name__)`: it means the same in a package alone. */
  readonly ofPackage: boolean
  /** In a function that the module calls: what is below it in the text may run before. */
  readonly isCalled: boolean
}

/** A module, or something in one, that dots may begin. */
export type Dotted = Pick<PythonImport, 'level' | 'module'>

/** What is taken from an imported module: `a.b.name` for the module `a.b`, which `level` dots may begin. */
export interface AttributeUse extends Position, Dotted {
  readonly name: string
}

interface PythonFunction {
  /** Parameters that every call must give. */
  readonly required: readonly string[]
  /** Of a method that is called on an object: the others are those of a call on the class. */
  readonly ofObject?: readonly string[]
  /** A call runs none of its body: a generator, a coroutine. */
  readonly isDeferred: boolean
}

export interface PythonModule {
  readonly imports: readonly PythonImport[]
  /** For each `if` that runs and has an `else`: the imports, by index, that each of its branches runs. */
  readonly alternatives: readonly (readonly (readonly number[])[])[]
  /** What the module has once it is imported, or after a function of it was called, with where it gets it. */
  readonly names: ReadonlyMap<string, Position>
  /** What `import *` takes of it: the strings of `__all__`. Absent where it has none; undefined values are not known. */
  readonly all: { readonly names: ReadonlySet<string> | undefined } | undefined
  /** Names of `names` that are submodules or names of other modules, by what they are imported as: local → [dots, module, name]. */
  readonly aliases: ReadonlyMap<string, Dotted & { readonly name: string }>
  /** It may have more names: `__getattr__`, `globals()`, `exec`, another object in `sys.modules`. Star imports are told by `imports`. */
  readonly isOpen: boolean
  /** It may look for its submodules elsewhere, or make them itself. */
  readonly redirects: boolean
  /** It may change where all modules come from that are imported later. */
  readonly hooks: boolean
  /** Top-level classes with the names of their bodies; undefined where a base, a decorator or a metaclass may give them more. */
  readonly classes: ReadonlyMap<string, ReadonlySet<string> | undefined>
  /** What is bound once and cannot be called, with what it is: `a string`, `a module`. Of classes, by `Class.name`. */
  readonly uncallable: ReadonlyMap<string, string>
  /** What is bound once to an object of a class of `classes` that makes it plainly: `app = App()`. */
  readonly objects: ReadonlyMap<string, string>
  /** Names that it deletes, and does not bind again. */
  readonly deleted: ReadonlySet<string>
  /** Names that are bound more than once. */
  readonly rebound: ReadonlySet<string>
  /** Functions without decorators, defined once at the top, and lambdas. */
  readonly functions: ReadonlyMap<string, PythonFunction>
  /** Methods of the classes of `classes`, defined once, by `Class.method`: what a call on the class itself must give. */
  readonly methods: ReadonlyMap<string, PythonFunction>
  /** An import of it ends the program, or raises an error. */
  readonly isEnd: boolean
  /** Names of functions, methods, classes and values that may end it when they are called: no others do. */
  readonly endings: ReadonlySet<string>
  /** Calls of what it imports that an import of it makes. */
  readonly callsOutside: readonly Dotted[]
  /** Absent where it does not begin with a string. */
  readonly docstring: string | undefined
  /** `__version__ = '…'`, where it is given once, at the top. */
  readonly version: (Position & { readonly value: string }) | undefined
  /** A name that is used whenever the file is run, and that nothing in it binds before. */
  readonly undefinedName: (Omit<UndefinedName, 'at'> & Position) | undefined
  /** What is taken from imported modules whenever the file is run, the first use of each. */
  readonly attributes: readonly AttributeUse[]
  /** What not every Python reads, the first of each kind. */
  readonly constructs: readonly (Omit<Construct, 'at'> & Position)[]
  /** Where the first text stands that no grammar reads, and why, where it is something else. */
  readonly broken: (Position & { readonly why?: string }) | undefined
  /** The first line of a merge that was not finished. */
  readonly conflict: number | undefined
  /** A statement of it is nested too deeply to be read here: what it is and has is not known. */
  readonly isUnread: boolean
}

/** Most that is kept of one file. */
const MOST_IMPORTS = 5000
const MOST_NAMES = 20_000

/** Literals that cannot be called. */
const LITERALS: Readonly<Partial<Record<Expression['kind'], string>>> = {
  string: 'a string',
  number: 'a number',
  list: 'a list',
  tuple: 'a tuple',
  set: 'a set',
  dict: 'a dictionary',
  // A list, a set, a dictionary or a generator.
  comprehension: 'a collection',
}

const VALUES: Readonly<Partial<Record<string, string>>> = {
  None: 'None',
  True: 'True',
  False: 'False',
  Ellipsis: 'Ellipsis',
  __name__: 'a string',
  __file__: 'a string',
}

/** What a value is that nobody can call. */
function uncallable(value: Expression, depth = 0): string | undefined {
  if (value.kind === 'name') return VALUES[value.name]
  if (value.kind === 'unary') return value.operator === 'not' ? 'True or False' : ofNumber(value.value)
  if (value.kind !== 'binary') return LITERALS[value.kind]
  if (depth >= MOST_OPERATORS || !/^(?:[-+*/%]|\/\/|\*\*)$/.test(value.operator)) return undefined
  // `'a' + b` may be anything that `b` makes of it, but not where both are plain.
  const left = uncallable(value.left, depth + 1)
  if (value.operator === '%' && left === 'a string' && value.left.kind === 'string') return left
  return left !== undefined && left === uncallable(value.right, depth + 1) ? left : undefined
}

/** Operators inside one another that are followed. */
const MOST_OPERATORS = 50

const ofNumber = (value: Expression) => (value.kind === 'number' ? 'a number' : undefined)

/** Exceptions that a failed import does not raise. */
const OTHER_ERRORS =
  /^(?:OSError|IOError|EnvironmentError|FileNotFoundError|AttributeError|KeyError|IndexError|LookupError|NameError|TypeError|ValueError|UnicodeError|UnicodeDecodeError|ArithmeticError|ZeroDivisionError|RuntimeError|NotImplementedError|KeyboardInterrupt|StopIteration|AssertionError|EOFError|MemoryError|RecursionError)$/
/** What a failed import raises. */
const IMPORT_ERRORS = /^(?:ImportError|ModuleNotFoundError|Exception|BaseException)$/
/** Contexts that let exceptions through. */
const HARMLESS_CONTEXT =
  /^(?:warnings\.)?catch_warnings$|^open$|^(?:contextlib\.)?(?:nullcontext|redirect_std(?:out|err))$|^(?:threading\.)?R?Lock$|^(?:tempfile\.)?TemporaryDirectory$/

/** What other modules have to do with what is read. */
export interface Outside extends Others {
  /** Is a function or method of that name set from outside? */
  isReplaced?(name: string): boolean
  /** The file is started as a program. */
  readonly isMain?: boolean
}

interface Place {
  readonly kind: ImportKind
  readonly reached: PythonImport['reached']
  readonly isCaught: boolean
  readonly pythons: Minors | undefined
  readonly isCalled: boolean
  /** Names that are bound here are those of the module once it is imported: in no function, not for type checkers alone. */
  readonly isModule: boolean
  /** In a function or a loop: `return` and `break` end the block. */
  readonly mayLeave: boolean
}

/** Most packages have some: one is enough. */
const emptyModule = once(() => moduleOf('', parsePython('')))

export const readModule = (text: string, outside?: Outside): PythonModule =>
  /\S/.test(text) ? moduleOf(text, parsePython(text), undefined, outside) : emptyModule()

/**
 * The same, with what runs when a function of the module is called: its imports are reached, its names and attributes are those used.
 */
export const readCall = (text: string, called: string, outside: Outside): PythonModule =>
  moduleOf(text, parsePython(text), called, outside)

function moduleOf(text: string, tree: Tree, called?: string, outside: Outside = {}): PythonModule {
  const { position } = linesOf(text)
  /** The place comes first: Node 20 takes ten times as long for what follows `...`. */
  const located = <T extends { readonly at: number }>({ at, ...rest }: T): Omit<T, 'at'> & Position => {
    const { line, column } = position(at)
    return { line, column, ...rest }
  }
  if (tree.unread !== undefined) {
    const broken = tree.broken === undefined ? undefined : position(tree.broken)
    const constructs = tree.constructs.map(located)
    return {
      ...emptyModule(),
      isOpen: true,
      redirects: true,
      hooks: HOOKS.test(text),
      constructs,
      broken,
      isUnread: true,
    }
  }
  const imports: (Omit<PythonImport, keyof Position> & { readonly at: number })[] = []
  const names = new Map<string, number>()
  const aliases = new Map<string, Dotted & { name: string }>()
  const classes = new Map<string, ReadonlySet<string> | undefined>()
  /** Undefined: it is made of more than literals. */
  let all: Set<string> | undefined
  let hasAll = false
  const versions: { readonly at: number; readonly value: string | undefined }[] = []
  // Expressions are walked only where there is something to find.
  const hasWalrus = text.includes(':=')
  const hasCalls = /\b(?:import_module|__import__)\b/.test(text)
  // Imports inside of a block: a function that is called may have them.
  const hasInner = called !== undefined || /^[ \t]+(?:import|from)\b/m.test(text)
  const mayBindMore =
    OPEN.test(text) ||
    FRAMES.test(text) ||
    text.includes('eval(compile(') ||
    // A projection of another language fills the module that its spec names.
    text.includes('(__spec__')
  let isOpen = mayBindMore
  /** Functions and classes of the top level, and the calls of them that run. */
  const callables = new Map<string, Extract<Statement, { kind: 'def' | 'class' }>>()
  const calls: { readonly def: Def; readonly place: Place }[] = []
  const deleted = new Set<string>()
  const rebound = new Set<string>()
  /** What names are bound to once, at the top. */
  const values = new Map<string, Expression>()
  const { isMain = false } = outside
  const known = { values, aliases, isMain }
  const running = new Running(text, tree.body, outside, isMain)
  /** Local names of `import …`. */
  const modules: string[] = []
  /** Local names of `from … import …`. */
  const taken = new Set<string>()
  const ofTypes: TypeExpression[] = []
  const byAt = new Map<number, number>()
  const alternatives: (readonly number[])[][] = []

  const bind = (name: string, at: number) => {
    deleted.delete(name)
    if (names.has(name)) {
      if (names.get(name) !== at) rebound.add(name)
      values.delete(name)
    } else if (names.size < MOST_NAMES) names.set(name, at)
  }
  const bindTarget = (target: Expression | undefined) => {
    for (const one of targetNames(target)) bind(one.name, one.at)
  }
  /** `__all__ = […]`, `__all__ += […]`, and calls of its methods. */
  const isAll = (one: Expression | undefined) => one?.kind === 'name' && one.name === '__all__'
  const setAll = (value: Expression | undefined, more: boolean, isPlain: boolean) => {
    const words =
      isPlain && (value?.kind === 'list' || value?.kind === 'tuple')
        ? value.items.map(item => (item.kind === 'string' ? item.value : undefined))
        : [undefined]
    const known = words.flatMap(word => word ?? [])
    all =
      known.length === words.length && (more ? all : true) ? new Set([...((more && all) || []), ...known]) : undefined
    if (hasAll && !more) all = undefined
    hasAll = true
  }
  const add = (
    one: Pick<PythonImport, 'module' | 'level' | 'names'> & { readonly at: number; readonly ofPackage?: boolean },
    { kind, reached, isCaught, pythons, isCalled }: Place,
  ) => {
    const unguarded = reached === true && !isCaught && pythons === undefined
    const { module, level, names, at, ofPackage = false } = one
    const found = { module, level, names, at, ofPackage, kind, unguarded, reached, isCaught, pythons, isCalled }
    // The body of a function that is called is read again.
    const before = byAt.get(one.at)
    if (before !== undefined) imports[before] = found
    else if (imports.length < MOST_IMPORTS) {
      byAt.set(one.at, imports.length)
      imports.push(found)
    }
  }

  /** What a name that an import has bound for certain means, with what stands behind it. */
  const meaning = (of: string): Dotted | undefined => {
    const [first = '', ...rest] = of.split('.')
    const alias = aliases.get(first)
    if (rebound.has(first) || !(alias?.name ? taken.has(first) : modules.includes(first))) return undefined
    const path = alias ? [alias.module, alias.name].filter(part => part !== '') : [first]
    return { level: alias?.level ?? 0, module: [...path, ...rest].join('.') }
  }

  function expressions(one: Statement, place: Place): void {
    if (hasInner && place.reached !== false) {
      const decorators = one.kind === 'def' || one.kind === 'class' ? one.decorators : []
      for (const part of [...decorators, ...certainExpressions(...ownExpressions(one))]) {
        const def = running.callees.get(part)
        if (def) calls.push({ def, place })
      }
    }
    if (!hasWalrus && !hasCalls) return
    const certain =
      hasCalls && place.reached !== false ? new Set(certainExpressions(...ownExpressions(one))) : undefined
    for (const part of expressionsIn(...ownExpressions(one))) {
      if (part.kind === 'walrus' && place.isModule) bind(part.target.name, part.at)
      if (part.kind === 'string' && part.formatted && hasWalrus && place.isModule)
        for (const [, name = ''] of text.slice(part.at, part.end).matchAll(WALRUS)) bind(name, part.at)
      if (part.kind !== 'call' || !hasCalls) continue
      importCall(part, certain?.has(part) ? place : sometimes(place))
    }
  }

  /** `import_module('a.b')`, `import_module('.b', __package__)`, `__import__('a.b')`. */
  function importCall({ func, args, at }: Extract<Expression, { kind: 'call' }>, place: Place): void {
    const called = dottedName(func)
    const [first, second] = args
    if (called === undefined || !/(?:^|\.)(?:import_module|__import__)$/.test(called)) return
    if (first?.value.kind !== 'string') return
    const [, dots = '', module = ''] = /^(\.*)(\w[\w.]*)$/.exec(first.value.value ?? '') ?? []
    if (module === '') return
    const isBuiltIn = called === '__import__' && !names.has(called) && dots === ''
    const [of = '', name = ''] = called.split('.')
    const isReal =
      isBuiltIn || (name === '' ? aliases.get(of)?.module : name === 'import_module' ? of : '') === 'importlib'
    const anchor = second && dottedName(second.value)
    const written = second?.value.kind === 'string' && dots === '.' ? second.value.value : undefined
    const ofPackage = dots !== '' && anchor === '__name__'
    const isKnown = dots === '' || anchor === '__package__' || ofPackage || written !== undefined
    add(
      written === undefined
        ? { module, level: dots.length, names: [], at, ofPackage }
        : { module: `${written}.${module}`, level: 0, names: [], at },
      isReal && isKnown && place.reached !== false ? place : sometimes(place),
    )
  }

  /** What stands behind a statement that ends the module, or leaves the function or loop, may not run: is there one? */
  function block(body: readonly Statement[], place: Place): boolean {
    let { reached } = place
    for (const one of body) {
      statement(one, reached === place.reached ? place : { ...place, reached })
      if (reached !== false && (place.mayLeave ? endsCall(one) : endsModule(one))) reached = false
    }
    return reached !== place.reached
  }

  const endsModule = (one: Statement): boolean => running.isLast(one)
  /** In a function or a loop: may what stands behind it not run? */
  const endsCall = (one: Statement): boolean =>
    endsModule(one) || (one.kind === 'expression' && mayNotReturn(one.value))

  /** A call whose result nobody wants, of what is named like a program, or of a command that a decorator makes. */
  function mayNotReturn(value: Expression): boolean {
    const name = value.kind === 'call' ? dottedName(value.func) : undefined
    if (name === undefined || running.callees.get(value)) return false
    if ((callables.get(name)?.decorators.length ?? 0) > 0) return true
    return running.foreign.has(value) && PROGRAMS.test(name.split(/[._]/).at(-1) ?? '')
  }

  /** What older Pythons do not evaluate, where nothing gives another meaning to the types, or keeps those Pythons away. */
  const newTypes = (): readonly Construct[] => {
    const isPlain = !mayBindMore && !givesToAll(text) && !imports.some(({ names }) => names.includes('*'))
    if (ofTypes.length === 0 || !isPlain || OTHER_WAYS.test(text)) return []
    const again = new Set<string>()
    const bound = boundAnywhere(tree.body, false, again)
    const once = <T>(name: string, found: T | undefined): T | undefined =>
      again.has(name.split('.', 1)[0] ?? '') ? undefined : found
    return typeConstructs(ofTypes, {
      isBuiltIn: name => !bound.has(name),
      classOf: name => {
        const of = once(name, callables.get(name))
        return of?.kind === 'class' ? of : undefined
      },
      assignedTo: name => once(name, values.get(name)),
      pathOf: name => {
        const { level, module } = once(name, meaning(name)) ?? {}
        return level === 0 ? module : undefined
      },
    })
  }
  // Who reads it once more has them.
  const mayFail = called === undefined && !outside.endOf
  const hasLazyAnnotations = isLazy(tree.body)
  const mayHaveTypes = TYPE_OPERATORS.test(text)
  /** Looks for expressions of types that an import evaluates for certain, on every Python. */
  function types(one: Statement, { kind, reached, isCaught, pythons, isCalled }: Place): void {
    if (kind !== 'eager' || reached !== true || isCaught || pythons || isCalled) return
    for (const inAnnotation of hasLazyAnnotations ? [false] : [false, true])
      for (const part of certainExpressions(...(inAnnotation ? annotationsOf(one) : runBy(one))))
        if (mayBeOfTypes(part) && ofTypes.length < MOST_TYPES) ofTypes.push({ one: part, inAnnotation })
  }

  function statement(one: Statement, place: Place): void {
    expressions(one, place)
    if (mayFail && mayHaveTypes) types(one, place)
    switch (one.kind) {
      case 'import':
        for (const { name, as, at } of one.names) {
          add({ module: name, level: 0, names: [], at }, place)
          if (!place.isModule) continue
          const local = as ?? name.split('.', 1)[0] ?? name
          // `import a.b` after `import a.c`: `a` stays what it is.
          if (as !== undefined || aliases.has(local) || !modules.includes(local)) bind(local, at)
          if (place.reached === true && !place.isCaught) modules.push(local)
          if (as !== undefined) aliases.set(as, { level: 0, module: name, name: '' })
        }
        return
      case 'from': {
        const { module, level, at } = one
        const written = one.names.map(({ name }) => name)
        add({ module, level, names: written, at }, place)
        for (const { name, as, at } of place.isModule ? one.names : []) {
          if (name === '*') continue
          bind(as ?? name, at)
          aliases.set(as ?? name, { level, module, name })
          if (place.reached === true && !place.isCaught) taken.add(as ?? name)
        }
        return
      }
      case 'def':
        if (place.isModule) bind(one.name, one.at)
        if (place.isModule && one.name === '__getattr__') isOpen = true
        block(one.body, { ...later(place), mayLeave: true })
        return
      case 'class':
        if (place.isModule) {
          bind(one.name, one.at)
          classes.set(one.name, classes.has(one.name) ? undefined : namesOfClass(one))
        }
        block(one.body, { ...place, isModule: false })
        return
      case 'if':
        ifStatement(one, place)
        return
      case 'try':
        tryStatement(one, place)
        return
      case 'with': {
        const isSuppressed = one.items.some(({ value }) => isSuppress(value))
        const isHarmless = one.items.every(({ value }) => isHarmlessContext(value))
        if (place.isModule) for (const { target } of one.items) bindTarget(target)
        block(one.body, {
          ...place,
          kind: isSuppressed ? tried(place.kind) : place.kind,
          isCaught: place.isCaught || !isHarmless,
        })
        return
      }
      case 'for':
        if (place.isModule) bindTarget(one.target)
        block(one.body, isFilled(one.iterable) ? { ...place, mayLeave: true } : sometimes(place))
        block(one.otherwise, sometimes(place))
        return
      case 'while':
        block(one.body, conditionOf(one.test, known) === 'always' ? { ...place, mayLeave: true } : sometimes(place))
        block(one.otherwise, sometimes(place))
        return
      case 'match':
        if (place.isModule) for (const { names } of one.cases) for (const name of names) bind(name, one.at)
        break
      case 'assign':
        assignment(one, place)
        return
      case 'delete':
        for (const target of one.targets) {
          if (!place.isModule || place.reached !== true || place.isCaught || target.kind !== 'name') continue
          names.delete(target.name)
          deleted.add(target.name)
          // What is bound to it later is something else.
          values.delete(target.name)
          rebound.add(target.name)
        }
        return
      case 'expression': {
        if (one.value.kind !== 'call') return
        const { func, args } = one.value
        if (func.kind === 'attribute' && isAll(func.of)) setAll(undefined, true, false)
        // `public(name=value)` of atpublic binds the name in the module that calls it.
        if (place.isModule && func.kind === 'name' && aliases.has(func.name))
          for (const { name, value } of args) if (name !== undefined && !names.has(name)) bind(name, value.at)
        return
      }
      case 'type':
        if (place.isModule) bind(one.name, one.at)
        return
      case 'global':
        // Bound when the function is called.
        for (const name of one.names) bind(name, one.at)
        return
      default:
    }
    for (const inner of blocksOf(one)) block(inner, sometimes(place))
  }

  function ifStatement(one: Extract<Statement, { kind: 'if' | 'while' }>, around: Place): void {
    let place = around
    const open: (typeof one)[] = []
    for (let next: typeof one | undefined = one; next; next = elifOf(next.otherwise)) {
      if (next !== one) expressions(next, place)
      const condition = conditionOf(next.test, known)
      if (condition === undefined && place.reached === true && !place.isCaught && !place.pythons) open.push(next)
      block(next.body, under(condition, place))
      place = under(negated(condition), place)
      if (!elifOf(next.otherwise)) block(next.otherwise, place)
    }
    for (const next of open.reverse()) {
      const branches = branchesOf(next)?.map(importsAmong)
      if (branches?.every(({ length }) => length > 0)) alternatives.push(branches)
    }
  }

  /** The imports that a block runs whenever it runs. */
  function importsAmong(body: readonly Statement[]): readonly number[] {
    const until = body.findIndex(({ kind }) => kind === 'raise' || kind === 'return')
    return (until < 0 ? body : body.slice(0, until)).flatMap(one => {
      const at = one.kind === 'import' ? one.names.map(name => name.at) : one.kind === 'from' ? [one.at] : []
      return at.flatMap(at => byAt.get(at) ?? [])
    })
  }

  function tryStatement({ body, handlers, otherwise, last }: Extract<Statement, { kind: 'try' }>, around: Place): void {
    // What leaves the last block drops the error.
    const isDropped = last.some(one => isLeft(one))
    const place = isDropped ? { ...around, kind: tried(around.kind), isCaught: true } : around
    const catching = handlers.filter(handler => catches(handler) !== 'no')
    const isRaised = catching.some(({ body }) => body.some(({ kind }) => kind === 'raise'))
    const isCaught = catching.some(handler => catches(handler) === 'yes') && !isRaised
    const isUnguarded = catching.every(({ body }) => endsWithRaise(body))
    const inside: Place = {
      ...place,
      kind: isCaught ? tried(place.kind) : place.kind,
      isCaught: place.isCaught || !isUnguarded,
    }
    const first = body.findIndex(({ kind }) => kind !== 'import' && kind !== 'from')
    const until = first < 0 ? body.length : first
    // Other statements than imports may raise what a handler is for: `unicode` with Python 3.
    const mayStop = handlers.some(handler => catches(handler) === 'no' && !endsWithRaise(handler.body))
    block(body.slice(0, until), inside)
    block(body.slice(until), mayStop ? sometimes(inside) : inside)
    // A handler runs where one of the imports that the body begins with fails.
    const begin = body
      .slice(0, until)
      .flatMap(one => (one.kind === 'import' ? one.names.map(({ at }) => at) : [one.at]))
    const triggers = begin.flatMap(at => byAt.get(at) ?? [])
    for (const handler of handlers) {
      const isRun =
        handler === catching[0] && isForImports(handler.type) && triggers.length > 0 && place.reached !== false
      block(handler.body, isRun ? { ...place, reached: triggers } : sometimes(place))
    }
    // What only imports modules that every Python has comes to its end.
    const isSafe = body.every(one => one.kind === 'import' && one.names.every(({ name }) => ALWAYS_THERE.test(name)))
    block(otherwise, handlers.length === 0 || isSafe ? place : sometimes(place))
    block(last, around)
  }

  function assignment(one: Extract<Statement, { kind: 'assign' }>, { isModule, reached, isCaught }: Place): void {
    if (!isModule) return
    const isCertain = reached === true && !isCaught
    if (one.targets.some(isAll))
      setAll(one.value, one.operator === '+=', one.targets.length === 1 && isCertain && /^\+?=$/.test(one.operator))
    // `name: type` alone binds nothing.
    if (one.value === undefined) return
    for (const target of one.targets) {
      const isFirst = target.kind === 'name' && !names.has(target.name)
      bindTarget(target)
      if (target.kind !== 'name') continue
      if (isFirst && isCertain && one.operator === '=' && !running.givesNames()) values.set(target.name, one.value)
      if (target.name === '__getattr__') isOpen = true
      if (target.name !== '__version__') continue
      const { value } = one
      versions.push({ at: one.at, value: value?.kind === 'string' && one.operator === '=' ? value.value : undefined })
    }
  }

  const top: Place = {
    kind: 'eager',
    reached: true,
    isCaught: false,
    pythons: undefined,
    isCalled: false,
    isModule: true,
    mayLeave: false,
  }
  for (const one of tree.body) if (one.kind === 'def' || one.kind === 'class') callables.set(one.name, one)
  block(tree.body, top)
  if (called !== undefined) {
    running.run(called)
    const value = running.top.names.get(called)
    calls.length = 0
    if (value?.kind === 'function' && value.def.kind === 'def') calls.push({ def: value.def, place: top })
  }
  const isCalled = new Set<Def>()
  /** The functions that run for certain. */
  const runs: { readonly def: Def; readonly own: ReadonlyMap<string, number> }[] = []
  for (const { def, place } of calls) {
    if (isCalled.has(def) || def.isDeferred || outside.isReplaced?.(def.name)) continue
    // What calls it in a `try` or on some Pythons alone may not be the only one.
    if (place.isCaught || place.pythons) continue
    isCalled.add(def)
    if (called !== undefined && place.reached === true) runs.push({ def, own: boundAnywhere([def]) })
    block(def.body, { ...place, isCalled: true, isModule: false, mayLeave: true })
  }
  if (names.has('__getattr__')) isOpen = true

  // The others stop the reading of the file, wherever they are.
  const dead = tree.constructs.some(one => one.isLate) ? [...unreached(tree.body, known, text.length)] : []
  const isReached = ({ at, isLate }: Construct) => !isLate || !dead.some(([from, before]) => from <= at && at < before)
  const isWhole =
    !isOpen && !givesToAll(text) && tree.broken === undefined && !imports.some(({ names }) => names.includes('*'))
  // What replacement fields bind is not in the tree.
  const fieldNames = once(() => new Set(Array.from(text.matchAll(WALRUS), ([, name = '']) => name)))
  const firstUnbound = (): UndefinedName | undefined => {
    for (const { def, own } of runs) {
      const isBound = (name: string) => names.has(name) || own.has(name) || fieldNames().has(name)
      const found = unboundInCall(text, def, isBound, endsCall)
      if (found) return found
    }
    return undefined
  }
  const unknown = !isWhole
    ? undefined
    : called === undefined
      ? undefinedName(text, tree.body, name => names.get(name), endsModule)
      : firstUnbound()
  const attributes = new Map<string, Omit<AttributeUse, keyof Position> & { readonly at: number }>()
  const uses =
    modules.length + taken.size === 0
      ? []
      : called === undefined
        ? attributesUsed(text, tree.body, endsModule)
        : runs.flatMap(({ def, own }) =>
            [...attributesUsed(text, def.body, endsCall)].filter(({ of }) => !own.has(of.split('.', 1)[0] ?? '')),
          )
  for (const { of, name, at } of uses) {
    const meant = attributes.size < MOST_NAMES && !attributes.has(`${of}.${name}`) ? meaning(of) : undefined
    if (meant) attributes.set(`${of}.${name}`, { ...meant, name, at })
  }
  /** A function without decorators, also under another name: `main = _main`, `main = lambda: …`. */
  const functionOf = (name: string): PythonFunction | undefined => {
    const value = values.get(name)
    const one = callables.get(value?.kind === 'name' && !rebound.has(value.name) ? value.name : name)
    if (value?.kind === 'lambda') return { required: value.required, isDeferred: false }
    return one?.kind === 'def' && one.decorators.length === 0
      ? { required: one.required, isDeferred: one.isDeferred }
      : undefined
  }
  /** The plain class that makes a value. */
  const classOf = (value: Expression): string | undefined => {
    const name = value.kind === 'call' ? dottedName(value.func) : undefined
    const members = name === undefined || rebound.has(name) ? undefined : classes.get(name)
    return members && !members.has('__new__') ? name : undefined
  }
  const instance = (value: Expression): string | undefined => {
    const name = classOf(value)
    return name === undefined || classes.get(name)?.has('__call__') ? undefined : `an object of the class ${name}`
  }
  const [version] = versions
  const [first] = tree.body
  const isPlain = tree.body.some(one => one.kind === 'assign' && one.at === version?.at)
  return {
    imports: imports.map(located),
    alternatives,
    names: new Map([...names].map(([name, at]) => [name, position(at)])),
    all: hasAll ? { names: all } : undefined,
    aliases,
    isOpen,
    redirects: REDIRECTS.test(text),
    hooks: HOOKS.test(text),
    classes,
    uncallable: new Map([
      ...[...values].flatMap(([name, value]) => {
        const what = uncallable(value) ?? instance(value)
        return what === undefined || rebound.has(name) ? [] : [[name, what] as const]
      }),
      ...[...callables].flatMap(([name, one]) =>
        one.kind === 'class' && classes.get(name) && !rebound.has(name) ? uncallablesOf(one) : [],
      ),
      ...modules.flatMap(name => (rebound.has(name) ? [] : [[name, 'a module'] as const])),
    ]),
    objects: new Map(
      [...values].flatMap(([name, value]) => {
        const of = rebound.has(name) ? undefined : classOf(value)
        return of === undefined ? [] : [[name, of] as const]
      }),
    ),
    deleted,
    rebound,
    functions: new Map(
      [...names.keys()].flatMap(name => {
        const found = rebound.has(name) ? undefined : functionOf(name)
        return found ? [[name, found] as const] : []
      }),
    ),
    methods: new Map(
      [...callables].flatMap(([name, one]) =>
        one.kind === 'class' && classes.get(name) && !rebound.has(name) ? methodsOf(one) : [],
      ),
    ),
    isEnd: running.end.ways !== ON,
    endings: running.endings(),
    callsOutside: [...running.asked.values()].flatMap(({ level, path }) =>
      level === undefined ? [] : [{ level, module: path }],
    ),
    docstring: first?.kind === 'expression' && first.value.kind === 'string' ? first.value.value : undefined,
    version:
      versions.length === 1 && version?.value !== undefined && isPlain && !rebound.has('__version__')
        ? { value: version.value, ...position(version.at) }
        : undefined,
    undefinedName: unknown && located(unknown),
    attributes: [...attributes.values()].sort((a, b) => a.at - b.at).map(located),
    constructs: [...tree.constructs.filter(isReached), ...newTypes()].map(located),
    broken: tree.broken === undefined ? undefined : position(tree.broken),
    conflict: tree.broken === undefined ? undefined : conflictIn(text),
    isUnread: false,
  }
}

/** Text by which a module may get names that no statement binds. */
const OPEN =
  /\b(?:globals|exec|execfile|vars|locals)\s*\(|\bexec\s|\bsys\s*\.\s*modules\b|\bfrom\s+sys\s+import\b[^\n]*\bmodules\b|\b(?:import_module|__import__)\s*\(\s*__name__|\b__dict__\b|\blazy_loader\b|\blazy\.attach\b|\bmodify_module\b|\bModuleType\b|\bglobal_enum\b|\._?convert_\b/

/** The same, by the frame that runs: six.exec_() does so. */
const FRAMES = /\bexec_\(|\bf_(?:globals|locals)\b/

/** Text by which a module may change where others come from. */
const REDIRECTS =
  /__path__|\bsys\s*\.\s*(?:modules|meta_path|path_hooks|path_importer_cache)\b|\bfrom\s+sys\s+import\b|\bdeclare_namespace\b|\bapipkg\b|\bpyximport\b|\bexec\s*\(|\bbuiltins\b|\b__builtins?__\b|\b__import__\s*=|\bimport_?hooks?\b|\binstall_(?:lazy|hook|import)\w*|\b(?:MetaPathFinder|find_spec|find_module|SourceLoader|SourceFileLoader|spec_from_\w+)\b|^\s*import\s+hy\b/m

/** The same for other modules than its own. */
const HOOKS =
  /\bsys\s*\.\s*(?:meta_path|path_hooks)\b|\b(?:sys\s*\.\s*)?modules\s*\[[^[\]\n]+\]\s*=[^=]|\bsys\s*\.\s*modules\s*\.\s*(?:update|setdefault)\b|\bpyximport\b|\bimport_?hooks?\b|\bapipkg\b|\bMetaPathFinder\b|\b(?:builtins|__builtin__)\s*\.\s*__import__\s*=/

const tried = (kind: ImportKind): ImportKind => (kind === 'eager' || kind === 'lazy' ? 'try' : kind)

/** Text that may keep the error, or keep older Pythons away. */
const OTHER_WAYS = /\b(?:suppress|version_info|hexversion|python_version)\b/

/** Expressions of types of one module that are looked at. */
const MOST_TYPES = 5000

/** What may run in a place, and may not. */
const sometimes = (place: Place): Place => (place.reached === false ? place : { ...place, reached: false })

/** What may run in a place, but only later. */
const later = (place: Place): Place => ({
  ...place,
  kind: place.kind === 'typing' ? 'typing' : 'lazy',
  reached: false,
  isCalled: true,
  isModule: false,
})

/** The place of a block that runs under a condition. */
function under(condition: Condition, place: Place): Place {
  if (condition === 'always') return place
  if (condition === undefined) return sometimes(place)
  if (condition === 'main') return later(place)
  if (condition === 'never' || condition === 'typing')
    return { ...place, kind: 'typing', reached: false, isModule: false }
  const [from, before] = place.pythons ?? condition
  return { ...place, pythons: [Math.max(from, condition[0]), Math.min(before, condition[1])] }
}

/** The branches of an `if` that ends with `else`, those of each `elif` among them. */
function branchesOf(one: Extract<Statement, { kind: 'if' | 'while' }>): (readonly Statement[])[] | undefined {
  const found = [one.body]
  let { otherwise } = one
  for (let next = elifOf(otherwise); next; next = elifOf(otherwise)) {
    found.push(next.body)
    otherwise = next.otherwise
  }
  return otherwise.length === 0 ? undefined : [...found, otherwise]
}

/** Modules of the standard library that every Python 3 has, on any machine. */
const ALWAYS_THERE =
  /^(?:abc|argparse|ast|base64|collections|contextlib|copy|datetime|enum|functools|importlib|inspect|io|itertools|json|logging|math|operator|os|pathlib|pickle|random|re|shutil|string|struct|sys|tempfile|textwrap|time|traceback|types|typing|warnings)$/

/** Does a handler catch what a failed import raises? */
function catches({ type }: Handler): 'yes' | 'no' | 'maybe' {
  if (!type) return 'yes'
  const types = type.kind === 'tuple' ? type.items : [type]
  const names = types.map(one => dottedName(one)?.replace(/^.*\./, ''))
  if (names.some(name => name !== undefined && IMPORT_ERRORS.test(name))) return 'yes'
  return names.every(name => name !== undefined && OTHER_ERRORS.test(name)) ? 'no' : 'maybe'
}

/** Does a handler of this type catch an import that fails, whatever else? */
const isForImports = (type: Expression | undefined): boolean =>
  !type ||
  (type.kind === 'tuple' ? type.items : [type]).some(one =>
    /(?:^|\.)(?:ImportError|ModuleNotFoundError|Exception|BaseException)$/.test(dottedName(one) ?? ''),
  )

/** Does every way through the statements end with an exception? */
const endsWithRaise = (body: readonly Statement[]): boolean =>
  body.at(-1)?.kind === 'raise' && !body.some(({ kind }) => kind === 'return' || kind === 'if' || kind === 'try')

const isHarmlessContext = (value: Expression): boolean =>
  value.kind === 'call' &&
  (HARMLESS_CONTEXT.test(dottedName(value.func) ?? '') ||
    (/(?:^|\.)suppress$/.test(dottedName(value.func) ?? '') &&
      value.args.every(({ value }) => OTHER_ERRORS.test(dottedName(value) ?? ''))))

const isSuppress = (value: Expression): boolean =>
  value.kind === 'call' &&
  /(?:^|\.)suppress$/.test(dottedName(value.func) ?? '') &&
  value.args.some(({ value }) => IMPORT_ERRORS.test(dottedName(value)?.replace(/^.*\./, '') ?? ''))

/** The last word of what is called to run a program until it ends, or to end it. */
const PROGRAMS =
  /^(?:main|run|cli|app|serve|server|start|exec[a-z]*|mainloop|loop|forever|exit|error|quit|abort|fail|die|usage|join|wait|fire|command|cmd|entrypoint|point|launch|quickstart)$/i

function* targetNames(target: Expression | undefined): Generator<{ readonly name: string; readonly at: number }> {
  const left = [target]
  while (left.length > 0) {
    const one = left.pop()
    if (one?.kind === 'name') yield one
    else if (one?.kind === 'tuple' || one?.kind === 'list') append(left, one.items)
    else if (one?.kind === 'star') left.push(one.value)
  }
}

/** What the body of a class binds. */
function namesOfClass({
  decorators,
  args,
  body,
}: Extract<Statement, { kind: 'class' }>): ReadonlySet<string> | undefined {
  const isPlain = args.every(({ name, value }) => name === undefined && dottedName(value) === 'object')
  if (decorators.length > 0 || !isPlain) return undefined
  const found = new Set<string>()
  const left = [...body]
  for (let one = left.pop(); one; one = left.pop()) {
    if (one.kind === 'def' || one.kind === 'class') found.add(one.name)
    else if (one.kind === 'import') for (const { name, as } of one.names) found.add(as ?? name.split('.', 1)[0] ?? name)
    else if (one.kind === 'from') for (const { name, as } of one.names) found.add(as ?? name)
    else {
      if (one.kind === 'assign')
        for (const target of one.targets) for (const { name } of targetNames(target)) found.add(name)
      if (one.kind === 'for') for (const { name } of targetNames(one.target)) found.add(name)
      for (const block of blocksOf(one)) append(left, block)
    }
  }
  return found
}

/** By `Class.name`: what the body binds once, and nobody can call. */
function uncallablesOf({ name, body }: Extract<Statement, { kind: 'class' }>): readonly (readonly [string, string])[] {
  const found = new Map<string, string | undefined>()
  for (const one of body) {
    // Anything else in the body may bind a name again.
    if (one.kind !== 'assign' && one.kind !== 'def' && one.kind !== 'expression') return []
    const targets = one.kind === 'def' ? [one.name] : one.kind === 'assign' ? one.targets.flatMap(boundBy) : []
    const isPlain = one.kind === 'assign' && one.operator === '=' && one.targets.every(({ kind }) => kind === 'name')
    const what = isPlain && one.value ? uncallable(one.value) : undefined
    for (const target of targets) found.set(target, found.has(target) ? undefined : what)
  }
  return [...found].flatMap(([attribute, what]) =>
    what === undefined ? [] : [[`${name}.${attribute}`, what] as const],
  )
}

const boundBy = (target: Expression): readonly string[] => [...targetNames(target)].map(({ name }) => name)

/** By `Class.method`: what a call on the class must give, where the body binds the name once, without other decorators. */
function methodsOf({
  name,
  body,
}: Extract<Statement, { kind: 'class' }>): readonly (readonly [string, PythonFunction])[] {
  const once = new Map<string, Extract<Statement, { kind: 'def' }>>()
  const others = new Set<string>()
  for (const one of body) {
    // Anything else in the body may bind a name again.
    if (one.kind !== 'def' && one.kind !== 'expression' && one.kind !== 'assign') return []
    if (one.kind === 'assign') for (const target of one.targets) for (const bound of boundBy(target)) others.add(bound)
    if (one.kind !== 'def') continue
    if (once.has(one.name)) return []
    once.set(one.name, one)
  }
  for (const bound of others) once.delete(bound)
  return [...once.values()].flatMap(({ name: method, decorators, required, isDeferred }) => {
    const [decorator, ...others] = decorators
    const kind = decorator?.kind === 'name' ? decorator.name : ''
    if (others.length > 0 || (decorator && kind !== 'classmethod' && kind !== 'staticmethod')) return []
    // Python makes these class methods without a decorator.
    if (method === '__init_subclass__' || method === '__class_getitem__') return []
    const given = required.slice(1)
    return [
      [
        `${name}.${method}`,
        {
          required: kind === 'classmethod' ? given : required,
          ofObject: kind === 'staticmethod' ? required : given,
          isDeferred,
        },
      ] as const,
    ]
  })
}
