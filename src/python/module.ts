/** What one Python file says of itself as a module, without running it. */

import { linesOf, type Position } from '../text/lines.js'
import { parsePython } from './parse.js'
import type { Construct, Expression, Handler, Statement, Tree } from './tree.js'
import { blocksOf, dottedName, expressionsIn, ownExpressions } from './walk.js'

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
}

export interface PythonModule {
  readonly imports: readonly PythonImport[]
  /** What the module has once it is imported, or after a function of it was called, with where it gets it. */
  readonly names: ReadonlyMap<string, Position>
  /** What `import *` takes of it: the strings of `__all__`. Absent where it has none; undefined values are not known. */
  readonly all: { readonly names: ReadonlySet<string> | undefined } | undefined
  /** Names of `names` that are submodules or names of other modules, by what they are imported as: local → [dots, module, name]. */
  readonly aliases: ReadonlyMap<string, Pick<PythonImport, 'level' | 'module'> & { readonly name: string }>
  /** It may have more names: `__getattr__`, `globals()`, `exec`, another object in `sys.modules`. Star imports are told by `imports`. */
  readonly isOpen: boolean
  /** It may look for its submodules elsewhere, or make them itself. */
  readonly redirects: boolean
  /** It may change where all modules come from that are imported later. */
  readonly hooks: boolean
  /** Top-level classes with the names of their bodies; undefined where a base, a decorator or a metaclass may give them more. */
  readonly classes: ReadonlyMap<string, ReadonlySet<string> | undefined>
  /** `__version__ = '…'`, where it is given once, at the top. */
  readonly version: (Position & { readonly value: string }) | undefined
  /** What not every Python reads, the first of each kind. */
  readonly constructs: readonly (Omit<Construct, 'at'> & Position)[]
  /** Where the first text stands that no grammar reads. */
  readonly broken: Position | undefined
  /** The first line of a merge that was not finished. */
  readonly conflict: number | undefined
}

/** Most that is kept of one file. */
const MOST_IMPORTS = 5000
const MOST_NAMES = 20_000

/** Exceptions that a failed import does not raise. */
const OTHER_ERRORS =
  /^(?:AttributeError|KeyError|IndexError|LookupError|NameError|TypeError|ValueError|UnicodeError|UnicodeDecodeError|ArithmeticError|ZeroDivisionError|RuntimeError|NotImplementedError|KeyboardInterrupt|StopIteration|AssertionError|EOFError|MemoryError|RecursionError)$/
/** What a failed import raises; OSError where it is a library that is missing. */
const IMPORT_ERRORS = /^(?:ImportError|ModuleNotFoundError|OSError|Exception|BaseException)$/
/** Contexts that let exceptions through. */
const HARMLESS_CONTEXT =
  /^(?:warnings\.)?catch_warnings$|^open$|^(?:contextlib\.)?(?:nullcontext|redirect_std(?:out|err))$/

interface Place {
  readonly kind: ImportKind
  readonly unguarded: boolean
  /** Names that are bound here are those of the module once it is imported: in no function, not for type checkers alone. */
  readonly isModule: boolean
}

export function readModule(text: string): PythonModule {
  return moduleOf(text, parsePython(text))
}

function moduleOf(text: string, tree: Tree): PythonModule {
  const { position } = linesOf(text)
  const imports: (Omit<PythonImport, keyof Position> & { readonly at: number })[] = []
  const names = new Map<string, number>()
  const aliases = new Map<string, Pick<PythonImport, 'level' | 'module'> & { name: string }>()
  const classes = new Map<string, ReadonlySet<string> | undefined>()
  /** Undefined: it is made of more than literals. */
  let all: Set<string> | undefined
  let hasAll = false
  const versions: { readonly at: number; readonly value: string | undefined }[] = []
  // Expressions are walked only where there is something to find.
  const hasWalrus = text.includes(':=')
  const hasCalls = /\b(?:import_module|__import__)\b/.test(text)
  let isOpen = OPEN.test(text)

  const bind = (name: string, at: number) => {
    if (names.size < MOST_NAMES && !names.has(name)) names.set(name, at)
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
  const add = (one: (typeof imports)[number]) => {
    if (imports.length < MOST_IMPORTS) imports.push(one)
  }

  function expressions(one: Statement, { kind, isModule }: Place): void {
    if (!hasWalrus && !hasCalls) return
    for (const part of expressionsIn(...ownExpressions(one))) {
      if (part.kind === 'walrus' && isModule) bind(part.target.name, part.at)
      if (part.kind !== 'call' || !hasCalls) continue
      const called = dottedName(part.func)
      const [first] = part.args
      if (called === undefined || !/(?:^|\.)(?:import_module|__import__)$/.test(called)) continue
      if (first?.value.kind !== 'string') continue
      const [, dots = '', module = ''] = /^(\.*)(\w[\w.]*)$/.exec(first.value.value ?? '') ?? []
      if (module !== '') add({ module, level: dots.length, names: [], kind, unguarded: false, at: part.at })
    }
  }

  /** False behind what ends the module. */
  function block(body: readonly Statement[], place: Place): boolean {
    let { unguarded } = place
    for (const one of body) {
      statement(one, { ...place, unguarded })
      if (one.kind === 'raise' || one.kind === 'return' || (one.kind === 'expression' && isExit(one.value)))
        unguarded = false
    }
    return unguarded
  }

  function statement(one: Statement, place: Place): void {
    expressions(one, place)
    const sometimes = { ...place, unguarded: false }
    switch (one.kind) {
      case 'import':
        for (const { name, as, at } of one.names) {
          add({ module: name, level: 0, names: [], kind: place.kind, unguarded: place.unguarded, at })
          if (!place.isModule) continue
          bind(as ?? name.split('.', 1)[0] ?? name, at)
          if (as !== undefined) aliases.set(as, { level: 0, module: name, name: '' })
        }
        return
      case 'from': {
        const { module, level, at } = one
        const written = one.names.map(({ name }) => name)
        add({ module, level, names: written, kind: place.kind, unguarded: place.unguarded, at })
        if (!place.isModule) return
        for (const { name, as, at } of one.names) {
          if (name === '*') continue
          bind(as ?? name, at)
          aliases.set(as ?? name, { level, module, name })
        }
        return
      }
      case 'def':
        if (place.isModule) bind(one.name, one.at)
        if (place.isModule && one.name === '__getattr__') isOpen = true
        block(one.body, { kind: place.kind === 'typing' ? 'typing' : 'lazy', unguarded: false, isModule: false })
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
        const isHarmless = one.items.every(
          ({ value }) => value.kind === 'call' && HARMLESS_CONTEXT.test(dottedName(value.func) ?? ''),
        )
        if (place.isModule) for (const { target } of one.items) bindTarget(target)
        block(one.body, {
          ...place,
          kind: isSuppressed ? tried(place.kind) : place.kind,
          unguarded: place.unguarded && isHarmless,
        })
        return
      }
      case 'for':
        if (place.isModule) bindTarget(one.target)
        break
      case 'match':
        if (place.isModule) for (const { names } of one.cases) for (const name of names) bind(name, one.at)
        break
      case 'assign':
        assignment(one, place)
        return
      case 'delete':
        for (const target of one.targets)
          if (place.isModule && place.unguarded && target.kind === 'name') names.delete(target.name)
        return
      case 'expression':
        if (one.value.kind === 'call' && one.value.func.kind === 'attribute' && isAll(one.value.func.of))
          setAll(undefined, true, false)
        return
      case 'type':
        if (place.isModule) bind(one.name, one.at)
        return
      case 'global':
        // Bound when the function is called.
        for (const name of one.names) bind(name, one.at)
        return
      default:
    }
    for (const inner of blocksOf(one)) block(inner, sometimes)
  }

  function ifStatement(one: Extract<Statement, { kind: 'if' | 'while' }>, place: Place): void {
    const sometimes = { ...place, unguarded: false }
    const what = testOf(one.test)
    if (what === 'typing' || what === 'runtime') {
      const never = { ...sometimes, kind: 'typing', isModule: false } as const
      block(one.body, what === 'typing' ? never : place)
      block(one.otherwise, what === 'typing' ? place : never)
    } else {
      const started = { unguarded: false, kind: place.kind === 'typing' ? 'typing' : 'lazy', isModule: false } as const
      block(one.body, what === 'main' ? started : sometimes)
      block(one.otherwise, sometimes)
    }
  }

  function tryStatement({ body, handlers, otherwise, last }: Extract<Statement, { kind: 'try' }>, place: Place): void {
    const catching = handlers.filter(handler => catches(handler) !== 'no')
    const isRaised = catching.some(({ body }) => body.some(({ kind }) => kind === 'raise'))
    const isCaught = catching.some(handler => catches(handler) === 'yes') && !isRaised
    const isUnguarded = catching.every(({ body }) => endsWithRaise(body))
    block(body, {
      ...place,
      kind: isCaught ? tried(place.kind) : place.kind,
      unguarded: place.unguarded && isUnguarded,
    })
    const sometimes = { ...place, unguarded: false }
    for (const { body, name, at } of handlers) {
      if (name !== undefined && place.isModule) bind(name, at)
      block(body, sometimes)
    }
    block(otherwise, handlers.length === 0 ? place : sometimes)
    block(last, place)
  }

  function assignment(one: Extract<Statement, { kind: 'assign' }>, { isModule, unguarded }: Place): void {
    if (!isModule) return
    if (one.targets.some(isAll))
      setAll(one.value, one.operator === '+=', one.targets.length === 1 && unguarded && /^\+?=$/.test(one.operator))
    // `name: type` alone binds nothing.
    if (one.value === undefined) return
    for (const target of one.targets) {
      bindTarget(target)
      if (target.kind !== 'name') continue
      if (target.name === '__getattr__') isOpen = true
      if (target.name !== '__version__') continue
      const { value } = one
      versions.push({ at: one.at, value: value?.kind === 'string' && one.operator === '=' ? value.value : undefined })
    }
  }

  block(tree.body, { kind: 'eager', unguarded: true, isModule: true })
  if (names.has('__getattr__')) isOpen = true

  const located = <T extends { readonly at: number }>({ at, ...rest }: T): Omit<T, 'at'> & Position => ({
    ...rest,
    ...position(at),
  })
  const [version] = versions
  const isPlain = tree.body.some(one => one.kind === 'assign' && one.at === version?.at)
  return {
    imports: imports.map(located),
    names: new Map([...names].map(([name, at]) => [name, position(at)])),
    all: hasAll ? { names: all } : undefined,
    aliases,
    isOpen,
    redirects: REDIRECTS.test(text),
    hooks: HOOKS.test(text),
    classes,
    version:
      versions.length === 1 && version?.value !== undefined && isPlain
        ? { value: version.value, ...position(version.at) }
        : undefined,
    constructs: tree.constructs.map(located),
    broken: tree.broken === undefined ? undefined : position(tree.broken),
    conflict: tree.broken === undefined ? undefined : conflictIn(text),
  }
}

/** Text by which a module may get names that no statement binds. */
const OPEN =
  /\b(?:globals|exec|execfile|vars|locals)\s*\(|\bexec\s|\bsys\s*\.\s*modules\b|\bfrom\s+sys\s+import\b[^\n]*\bmodules\b|\b(?:import_module|__import__)\s*\(\s*__name__|\b__dict__\b|\blazy_loader\b|\blazy\.attach\b|\bmodify_module\b|\bModuleType\b|\bglobal_enum\b|\._?convert_\b/

/** Text by which a module may change where others come from. */
const REDIRECTS =
  /__path__|\bsys\s*\.\s*(?:modules|meta_path|path_hooks|path_importer_cache)\b|\bfrom\s+sys\s+import\b|\bdeclare_namespace\b|\bapipkg\b|\bpyximport\b|\bexec\s*\(|\bbuiltins\b|\b__builtins?__\b|\b__import__\s*=|\bimport_?hooks?\b|\binstall_(?:lazy|hook|import)\w*|\b(?:MetaPathFinder|find_spec|find_module|SourceLoader|SourceFileLoader|spec_from_\w+)\b|^\s*import\s+hy\b/m

/** The same for other modules than its own. */
const HOOKS =
  /\bsys\s*\.\s*(?:meta_path|path_hooks)\b|\b(?:sys\s*\.\s*)?modules\s*\[[^[\]\n]+\]\s*=[^=]|\bsys\s*\.\s*modules\s*\.\s*(?:update|setdefault)\b|\bpyximport\b|\bimport_?hooks?\b|\bapipkg\b|\bMetaPathFinder\b|\b(?:builtins|__builtin__)\s*\.\s*__import__\s*=/

const MARKERS = /^<{7} [^\n]*\n(?:(?!<{7} |>{7} |={7}\r?\n)[^\n]*\n)*={7}\r?\n(?:(?!<{7} |>{7} )[^\n]*\n)*>{7} /m

/** The line where the conflict markers of a merge begin. */
function conflictIn(text: string): number | undefined {
  if (!text.includes('<<<<<<< ')) return undefined
  const at = MARKERS.exec(text)?.index
  return at === undefined ? undefined : text.slice(0, at).split('\n').length
}

const tried = (kind: ImportKind): ImportKind => (kind === 'eager' || kind === 'lazy' ? 'try' : kind)

/** What the test of an `if` says to who imports the module. */
function testOf(test: Expression): 'typing' | 'runtime' | 'main' | undefined {
  if (test.kind === 'unary' && test.operator === 'not') return testOf(test.value) === 'typing' ? 'runtime' : undefined
  const name = dottedName(test)
  if (name === 'True' || (test.kind === 'number' && test.text === '1')) return 'runtime'
  if (name !== undefined && /(?:^|\.)TYPE_CHECKING$/.test(name)) return 'typing'
  if (test.kind === 'binary' && test.operator === '==')
    return [test.left, test.right].some(
      ({ kind, ...side }) => kind === 'name' && 'name' in side && side.name === '__name__',
    )
      ? 'main'
      : undefined
  return undefined
}

/** Does a handler catch what a failed import raises? */
function catches({ type }: Handler): 'yes' | 'no' | 'maybe' {
  if (!type) return 'yes'
  const types = type.kind === 'tuple' ? type.items : [type]
  const names = types.map(one => dottedName(one)?.replace(/^.*\./, ''))
  if (names.some(name => name !== undefined && IMPORT_ERRORS.test(name))) return 'yes'
  return names.every(name => name !== undefined && OTHER_ERRORS.test(name)) ? 'no' : 'maybe'
}

/** Does every way through the statements end with an exception? */
const endsWithRaise = (body: readonly Statement[]): boolean =>
  body.at(-1)?.kind === 'raise' && !body.some(({ kind }) => kind === 'return' || kind === 'if' || kind === 'try')

const isSuppress = (value: Expression): boolean =>
  value.kind === 'call' &&
  /(?:^|\.)suppress$/.test(dottedName(value.func) ?? '') &&
  value.args.some(({ value }) => IMPORT_ERRORS.test(dottedName(value)?.replace(/^.*\./, '') ?? ''))

/** `sys.exit()` and the like. */
const isExit = (value: Expression): boolean =>
  value.kind === 'call' && /^(?:sys\.exit|exit|quit|os\._exit)$/.test(dottedName(value.func) ?? '')

function* targetNames(target: Expression | undefined): Generator<{ readonly name: string; readonly at: number }> {
  const left = [target]
  while (left.length > 0) {
    const one = left.pop()
    if (one?.kind === 'name') yield one
    else if (one?.kind === 'tuple' || one?.kind === 'list') left.push(...one.items)
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
      for (const block of blocksOf(one)) left.push(...block)
    }
  }
  return found
}
