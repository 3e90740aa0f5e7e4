/** What a build script does for certain when it is run in the folder that it lies in, or a module when it is imported, read from its text. */

import { once } from '../once.js'
import { linesOf, type Position } from '../text/lines.js'
import { ends, isLeft, type Leaving } from './endings.js'
import {
  ARCHIVES,
  ASKS,
  BUILT_IN,
  EXTENSIONS,
  FINDERS,
  HARMLESS_MODULES,
  MAY_WRITE,
  ONLY_LOOKS,
  OPENERS,
  PATHS,
  READERS,
  RESOURCES,
  RUNS,
  SAME_PATH,
  WANTS,
  WRITES,
} from './known-calls.js'
import {
  anyPathOf,
  combined,
  entryPointsOf,
  type Form,
  filled,
  folderOf,
  itemsOf,
  joined,
  mixed,
  UNKNOWN,
  type Value,
} from './known-values.js'
import { parsePython } from './parse.js'
import type { Argument, Call, Expression, Literal, Statement } from './tree.js'
import { blocksOf, dottedName, expressionsIn } from './walk.js'

/** Where a module is that is read instead of a script: paths begin at site-packages. */
export interface ModulePlace {
  readonly path: string
  readonly name: string
  readonly isPackage: boolean
  /** Is another module of the project no package? */
  isFile?(name: string): boolean
}

/** A text with its place. */
interface Said extends Position {
  readonly text: string
}

/** A file that is opened, or given to a call that fails without it. */
interface Read extends Said {
  readonly byCall: string | undefined
  /** Nobody asks whether the call has failed. */
  readonly isIgnored?: boolean
}

/** A text with the place of its first character. */
export interface Written extends Position {
  readonly text: string
  /** What is written there, where that is not the text itself. */
  readonly mark: string | undefined
}

/** A value that the call is given, as far as it is known. */
export type Given =
  | ({ readonly kind: 'text' } & Written)
  /** A number, bytes, `None`, `True` or `False`. */
  | ({ readonly kind: 'literal' } & Written)
  /** The text of a file, by its path below the folder of the script. */
  | { readonly kind: 'content'; readonly path: string }
  | {
      readonly kind: 'list'
      readonly items: readonly Given[]
      readonly isWhole: boolean
      readonly form?: Form | undefined
    }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [key: Written, value: Given])[] }
  | { readonly kind: 'unknown' }

/** A call of `find_packages` or `find_namespace_packages`; a list is undefined where it is not known whole. */
interface Search extends Said {
  readonly where: Said | undefined
  readonly exclude: readonly Said[] | undefined
  readonly include: readonly Said[] | undefined
}

export interface SetupScript {
  /** The first place that no version of Python reads. */
  readonly broken: Position | undefined
  /** Files that it opens, whatever the machine, before anything could have written them. */
  readonly reads: readonly Read[]
  /** Distributions that it asks `importlib.metadata` or `pkg_resources` for, whatever the machine. */
  readonly asks: readonly (Said & { readonly call: string })[]
  /** The arguments of `setup(…)`, where it is called once and for certain. */
  readonly setup:
    | (Position & {
        /** Keywords that are given, known or not. `**` makes it open: others may be given. */
        readonly keywords: ReadonlySet<string>
        readonly isOpen: boolean
        /** The value of a keyword; undefined where it is not given by name. */
        given(keyword: string): Given | undefined
        /** Where a keyword is written. */
        keyword(name: string): Written | undefined
        /** Where its value begins. */
        valueAt(name: string): Position | undefined
        text(keyword: string): Said | undefined
        /** Strings of a list that is wholly known. */
        list(keyword: string): readonly Said[] | undefined
        dict(keyword: string): ReadonlyMap<string, string> | undefined
        /** Files of `data_files`. */
        readonly dataFiles: readonly Said[]
        /** `name = module:function`, by the group in `entry_points`, as far as they are known. */
        readonly entryPoints: ReadonlyMap<string, readonly string[]>
        /** How `packages` is looked for. */
        readonly search: Search | undefined
        /** Sources of each Extension that is not optional; `isAlone`: it gets neither folders nor libraries. */
        readonly sources: readonly (Said & { readonly isAlone: boolean })[]
      })
    | undefined
}

/** More than any script needs. */
const MOST_STEPS = 400_000
const DEEPEST = 8
/** Characters of a text that is read again. */
const LONGEST = 1000

interface Scope {
  readonly names: Map<string, Value>
  readonly outer: Scope | undefined
}

/** Where a statement stands: `certain` when it runs in every build that succeeds. */
interface Standing {
  readonly scope: Scope
  readonly certain: boolean
  readonly depth: number
  /** Value of the first `return` that is reached for certain. */
  readonly returned?: { value: Value | undefined } | undefined
}

type Def = Extract<Statement, { kind: 'def' }>

/** A class without base classes and decorators: its methods, and what its body binds. */
interface Class {
  readonly methods: ReadonlyMap<string, Def>
  readonly names: ReadonlyMap<string, Value>
}

export function readSetupScript(text: string, module?: ModulePlace): SetupScript {
  const { position } = linesOf(text)
  const tree = parsePython(text)
  const aliases = new Map<string, string>()
  const locals = new Set<string>()
  const defs = new Map<string, Def>()
  const classes = new Map<string, Class>()
  const reads: Read[] = []
  const written = new Set<string>()
  const setups: { readonly call: Call; readonly values: ReadonlyMap<string, Value>; readonly isOpen: boolean }[] = []
  const finds = new Map<number, Search>()
  const asks: (Said & { readonly call: string })[] = []
  const ownTop = module?.name.split('.', 1)[0]
  // Functions that are not followed may write, or change names, only where something in the module does.
  const mayWrite = module !== undefined && WRITES.test(text)
  const globals = new Set(
    [...text.matchAll(GLOBAL)].flatMap(([, names = '']) => names.split(',').map(name => name.trim())),
  )
  let isTainted = module !== undefined && /\b(?:globals|exec|eval)\(/.test(text)
  let steps = 0

  /** A module is imported from any folder: paths alone do not tell where they begin. */
  const pathOf = (value: Value): string | undefined => (module && value.kind !== 'path' ? undefined : anyPathOf(value))

  const lookup = (name: string, scope: Scope): Value | undefined => {
    for (let one: Scope | undefined = scope; one; one = one.outer) {
      const found = one.names.get(name)
      if (found) return found
    }
    return undefined
  }
  const isKnown = (name: string, scope: Scope) => lookup(name, scope) !== undefined || classes.has(name)
  /** Is an attribute of that name set from outside, whatever the object? */
  const attributes = once(() => attributesSet(tree.body))
  const isSet = (name: string) => attributes().has(name) || /\bsetattr\b|\b__dict__\b|\bvars\b/.test(text)
  const said = (text: string, at: number): Said => ({ text, ...position(at) })

  /** The strings of a list; none where there is no list. */
  const allSaid = (value: Value | undefined): readonly Said[] | undefined => {
    if (value === undefined) return []
    if (value.kind !== 'list' || !value.whole) return undefined
    const texts = value.items.flatMap(item => (item.kind === 'text' ? [said(item.text, item.at)] : []))
    return texts.length === value.items.length ? texts : undefined
  }

  /** `open` of `from io import open` is `io.open`. */
  const called = (func: Expression, scope: Scope): string | undefined => {
    const name = dottedName(func)
    if (name === undefined) return undefined
    const [first = '', ...rest] = name.split('.')
    if (module && lookup(first, scope)) return undefined
    return [aliases.get(first) ?? first, ...rest].join('.')
  }

  /** In a package, what is given a folder may write into it. */
  const isWritten = (path: string) =>
    written.has(path) || (module !== undefined && [...written].some(folder => path.startsWith(`${folder}/`)))

  function read(value: Value, at: number, standing: Standing, byCall?: string, isIgnored = false): void {
    const path = pathOf(value)
    if (path === undefined || !standing.certain || isTainted || isWritten(path)) return
    reads.push({ ...said(path, at), byCall, ...(isIgnored && { isIgnored }) })
  }

  /** `subprocess.run([sys.executable, 'tools/make.py'])`: Python ends with an error where there is no such file. */
  function runs(name: string, one: Call, [words]: readonly Value[], standing: Standing): void {
    const [given, ...others] = one.args
    const written = given?.value.kind === 'list' ? given.value.items : []
    const [, script] = words?.kind === 'list' && words.whole ? words.items : []
    const isPython = written[0] !== undefined && called(written[0], standing.scope) === 'sys.executable'
    if (!isPython || !script || (script.kind === 'text' && !/^[\w./-]+\.py$/.test(script.text))) return
    // Another folder, or arguments that nobody sees.
    if (others.some(({ name: keyword }) => keyword === undefined || keyword === 'cwd')) return
    const check = others.find(({ name: keyword }) => keyword === 'check')?.value
    if (check && !(check.kind === 'name' && /^(?:True|False)$/.test(check.name))) return
    const isChecked = /check_/.test(name) || (check?.kind === 'name' && check.name === 'True')
    read(script, one.at, standing, name, !isChecked)
  }

  function evaluate(one: Expression | undefined, standing: Standing): Value {
    if (!one || steps++ > MOST_STEPS) return UNKNOWN
    const perhaps = { ...standing, certain: false }
    switch (one.kind) {
      case 'string':
        if (one.value === undefined) {
          if (one.formatted) return formatted(one, standing)
          const written = text.slice(one.at, one.end)
          return BYTES.test(written) ? { kind: 'literal', text: written, at: one.at } : UNKNOWN
        }
        return { kind: 'text', text: one.value, at: one.at }
      case 'number':
        return { kind: 'literal', text: one.text, at: one.at }
      case 'name':
        if (LITERALS.test(one.name)) return { kind: 'literal', text: one.name, at: one.at }
        if (globals.has(one.name)) return UNKNOWN
        if (one.name === '__file__' && !lookup('__file__', standing.scope))
          return { kind: 'path', path: module?.path ?? 'setup.py' }
        if (module && !lookup(one.name, standing.scope)) {
          if (one.name === '__name__') return { kind: 'text', text: module.name, at: one.at }
          if (one.name === '__package__') return { kind: 'text', text: packageOf(module), at: one.at }
          if (one.name === '__path__' && module.isPackage)
            return { kind: 'list', items: [{ kind: 'path', path: folderOf(module.path) }], whole: true }
        }
        return lookup(one.name, standing.scope) ?? (classes.has(one.name) ? { kind: 'class', of: one.name } : UNKNOWN)
      case 'list':
      case 'tuple':
      case 'set': {
        const items = one.items.map(item => evaluate(item, standing))
        const form = one.kind === 'list' ? undefined : one.kind
        return { kind: 'list', items, whole: one.items.every(item => item.kind !== 'star'), form }
      }
      case 'dict': {
        const items = new Map<string, Value>()
        const keys = new Map<string, number>()
        for (const { key, value } of one.items) {
          const name = key && evaluate(key, standing)
          const found = evaluate(value, standing)
          if (name?.kind !== 'text') continue
          items.set(name.text, found)
          keys.set(name.text, name.at)
        }
        return { kind: 'dict', items, keys }
      }
      case 'binary': {
        const left = evaluate(one.left, standing)
        const isEither = one.operator === 'and' || one.operator === 'or'
        const right = evaluate(one.right, isEither ? perhaps : standing)
        if (isEither) return UNKNOWN
        if (one.operator === '%' && left.kind === 'text')
          return filled(left.text.split('%s'), right.kind === 'list' ? right.items : [right], left.at)
        return module && one.operator === '/' && left.kind !== 'path' ? UNKNOWN : combined(one.operator, left, right)
      }
      case 'conditional':
        evaluate(one.test, standing)
        evaluate(one.then, perhaps)
        evaluate(one.otherwise, perhaps)
        return UNKNOWN
      case 'attribute': {
        const of = evaluate(one.of, standing)
        if (one.name === 'parent') {
          const path = pathOf(of)
          if (path !== undefined && path !== '') return { kind: 'path', path: folderOf(path) }
        }
        if (of.kind === 'loader' && one.name === 'loader') return of
        if ((of.kind === 'class' || of.kind === 'instance') && !isSet(one.name))
          return classes.get(of.of)?.names.get(one.name) ?? UNKNOWN
        return UNKNOWN
      }
      case 'index':
        return indexed(one, standing)
      case 'call':
        return call(one, standing)
      case 'comprehension': {
        const [target, ...targets] = one.targets
        const [from, ...conditions] = one.parts
        const items = evaluate(from, standing)
        if (target?.kind !== 'name' || targets.length > 0 || conditions.length > 0 || items.kind !== 'list') {
          evaluate(one.of, perhaps)
          return UNKNOWN
        }
        // A generator may run later, or never.
        const { certain } = module ? perhaps : standing
        const found = items.items.slice(0, 100).map(item => {
          const scope = { names: new Map([[target.name, item]]), outer: standing.scope }
          return evaluate(one.of, { ...standing, scope, certain })
        })
        return { kind: 'list', items: found, whole: items.whole }
      }
      case 'unary':
      case 'star': {
        const value = evaluate(one.value, one.kind === 'star' ? standing : perhaps)
        if (value.kind !== 'literal') return value
        const isNegative = one.kind === 'unary' && one.operator === '-' && /^[\d.]+$/.test(value.text)
        return isNegative ? { ...value, text: `-${value.text}`, at: one.at } : UNKNOWN
      }
      case 'lambda':
        return UNKNOWN
      case 'walrus': {
        const value = evaluate(one.value, standing)
        assign(one.target.name, module ? UNKNOWN : value, perhaps)
        return value
      }
      case 'other':
        for (const part of one.parts) evaluate(part, perhaps)
        return UNKNOWN
      default:
        return UNKNOWN
    }
  }

  /** `f'{here}/README.md'`: names alone. */
  function formatted({ at, end }: Literal, standing: Standing): Value {
    const [, , inner] =
      /^[fF](['"])((?:[^{}\\'"\n]|\{\w+\})*)\1$/.exec(text.slice(at, Math.min(end, at + LONGEST))) ?? []
    if (inner === undefined) return UNKNOWN
    const names = [...inner.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => lookup(name, standing.scope) ?? UNKNOWN)
    return filled(inner.split(/\{\w+\}/), names, at)
  }

  function indexed(one: Extract<Expression, { kind: 'index' }>, standing: Standing): Value {
    const of = evaluate(one.of, standing)
    // Path(__file__).parents[0]
    const path =
      one.of.kind === 'attribute' && one.of.name === 'parents' ? pathOf(evaluate(one.of.of, standing)) : undefined
    if (path !== undefined && one.index.kind === 'number' && /^[0-9]$/.test(one.index.text)) {
      const parts = path.split('/').slice(0, -1 - Number(one.index.text))
      return Number(one.index.text) < path.split('/').length ? { kind: 'path', path: parts.join('/') } : UNKNOWN
    }
    const index = evaluate(one.index, standing)
    if (of.kind === 'list' && of.whole && one.index.kind === 'number')
      return of.items[Number(one.index.text)] ?? UNKNOWN
    if (of.kind === 'dict' && index.kind === 'text') return of.items.get(index.text) ?? UNKNOWN
    return UNKNOWN
  }

  function call(one: Call, standing: Standing): Value {
    const name = called(one.func, standing.scope)
    const method = one.func.kind === 'attribute' ? one.func : undefined
    const def = one.func.kind === 'name' ? defs.get(one.func.name) : undefined
    // A method's object may itself be a call that reads.
    const object =
      method && (name === undefined || isKnown(name.split('.')[0] ?? '', standing.scope))
        ? evaluate(method.of, standing)
        : undefined
    const args: Value[] = []
    let isExact = true
    const named = new Map<string, Value>()
    for (const { name: keyword, star, value } of one.args) {
      const found = evaluate(value, standing)
      if (keyword !== undefined) named.set(keyword, found)
      else if (star === '*') {
        if (found.kind === 'list' && found.whole) args.push(...found.items)
        else isExact = false
      } else if (star === '**') isExact &&= found.kind === 'dict' && !module
      else args.push(found)
    }
    if (def) return run(def, isExact ? args : undefined, named, standing)
    const ofClass = one.func.kind === 'name' ? evaluate(one.func, standing) : UNKNOWN
    if (ofClass.kind === 'class') {
      const made: Value = { kind: 'instance', of: ofClass.of }
      const init = classes.get(ofClass.of)?.methods.get('__init__')
      if (init) run(init, isExact ? [made, ...args] : undefined, named, standing)
      return made
    }
    const [first = UNKNOWN, second = UNKNOWN] = args
    if (method && object) {
      if (object.kind === 'class' || object.kind === 'instance') {
        const found = isSet(method.name) ? undefined : classes.get(object.of)?.methods.get(method.name)
        if (!found) return UNKNOWN
        const self = selfOf(found, object)
        return run(found, isExact ? [...self, ...args] : undefined, named, standing)
      }
      const path = pathOf(object)
      if (path !== undefined && object.kind === 'path') return onPath(method.name, path, args, named, one.at, standing)
      if (object.kind === 'loader' && /^(?:exec|load)_module$/.test(method.name)) {
        read({ kind: 'path', path: object.path }, one.at, standing)
        isTainted = true
        return UNKNOWN
      }
      if (object.kind === 'content' && method.name === 'read' && args.length === 0) return object
      if (object.kind === 'text' && method.name === 'format' && named.size === 0 && isExact)
        return filled(object.text.split(/\{\d?\}/), args, one.at)
      if (
        object.kind === 'list' &&
        (method.name === 'append' || method.name === 'extend') &&
        method.of.kind === 'name'
      ) {
        const more = method.name === 'append' ? [first] : first.kind === 'list' ? first.items : [UNKNOWN]
        const whole = object.whole && standing.certain && (method.name === 'append' || first.kind === 'list')
        const items = standing.certain ? [...object.items, ...more] : object.items
        assign(method.of.name, { kind: 'list', items, whole }, standing)
        return UNKNOWN
      }
    }
    if (name === undefined) return unfollowed(one, undefined, [...args, ...named.values()])
    if (ASKS.test(name) && first.kind === 'text' && standing.certain) {
      if (attributes().has(lastOf(name))) return UNKNOWN
      asks.push({ ...said(first.text, one.at), call: name })
      return UNKNOWN
    }
    const resource = module && resourceOf(module, name, args, one.at, standing)
    if (resource) return resource
    if (module && OPENERS.has(name) && (!isExact || named.has('opener') || attributes().has(lastOf(name))))
      return unfollowed(one, name, [...args, ...named.values()])
    if (OPENERS.has(name)) return open(first, second, named.get('mode'), args.length > 1, one.at, standing)
    if (SAME_PATH.has(name)) {
      const path = pathOf(first)
      return path === undefined ? UNKNOWN : { kind: 'path', path }
    }
    if (name === 'os.path.dirname') {
      const path = pathOf(first)
      return path === undefined || path === '' ? UNKNOWN : { kind: 'path', path: folderOf(path) }
    }
    if (name === 'os.path.split') {
      const path = pathOf(first)
      if (path === undefined || path === '') return UNKNOWN
      const items: Value[] = [
        { kind: 'path', path: folderOf(path) },
        { kind: 'text', text: path.slice(path.lastIndexOf('/') + 1), at: one.at },
      ]
      return { kind: 'list', items, whole: true }
    }
    if (name === 'runpy.run_path') read(first, one.at, standing)
    // Its loader opens the file when it runs it.
    if (/^(?:importlib\.util\.spec_from_file_location|importlib\.machinery\.SourceFileLoader)$/.test(name)) {
      const path = pathOf(second)
      return path === undefined ? UNKNOWN : { kind: 'loader', path }
    }
    if (name === 'importlib.util.module_from_spec') return UNKNOWN
    if (name === 'os.getcwd' || name === 'pathlib.Path.cwd') return module ? UNKNOWN : { kind: 'path', path: '' }
    if (name === 'os.path.join' || PATHS.has(name))
      return isExact && (!module || first.kind === 'path') ? joined(args) : UNKNOWN
    if (name === 'os.chdir' && pathOf(first) === '') return UNKNOWN
    if (!module && isExact && (WANTS.test(name) || (ARCHIVES.test(name) && args.length === 1)))
      read(first, one.at, standing, name)
    if (!module && RUNS.test(name)) runs(name, one, args, standing)
    if (name === 'os.listdir' || name === 'os.scandir') return UNKNOWN
    if (FINDERS.test(name)) {
      const where = args[0] ?? named.get('where')
      const lists = [args[1] ?? named.get('exclude'), args[2] ?? named.get('include')].map(allSaid)
      if (standing.certain && (where === undefined || where.kind === 'text'))
        finds.set(one.at, {
          ...said(lastOf(name), one.at),
          where: where && said(where.text, where.at),
          exclude: lists[0],
          include: lists[1],
        })
      return UNKNOWN
    }
    if (EXTENSIONS.test(name)) {
      const optional = named.get('optional')
      const sources = named.get('sources') ?? second
      const isAlone =
        name === 'setuptools.Extension' && isExact && args.length < 3 && [...named.keys()].every(isOfSources)
      return { kind: 'extension', sources, isOptional: optional !== undefined, isAlone, at: one.at }
    }
    if (/(?:^|\.)cythonize$/.test(name)) return cythonized(first, one.at)
    if (/^(?:list|tuple|sorted)$/.test(name)) return first.kind === 'list' ? first : UNKNOWN
    if (name === 'dict' && args.length === 0) return { kind: 'dict', items: named }
    if (isSetup(name)) {
      if (standing.certain) {
        const expanded = one.args.filter(({ star }) => star === '**').map(({ value }) => evaluate(value, standing))
        const values = new Map(expanded.flatMap(value => (value.kind === 'dict' ? [...value.items] : [])))
        for (const [keyword, value] of named) values.set(keyword, value)
        setups.push({ call: one, values, isOpen: expanded.some(value => value.kind !== 'dict') })
      } else setups.push({ call: one, values: new Map(), isOpen: true })
      return UNKNOWN
    }
    if (MAY_WRITE.test(name) || locals.has(name.split('.')[0] ?? '')) isTainted = true
    return unfollowed(one, name, [...args, ...named.values()])
  }

  /** `cythonize('a.pyx')`, with a list of such, or of extensions. */
  function cythonized(value: Value, at: number): Value {
    if (value.kind === 'list') return { ...value, items: value.items.map(item => cythonized(item, at)) }
    if (value.kind === 'extension') return value
    // A pattern is not a path.
    if (value.kind !== 'text' && pathOf(value) === undefined) return UNKNOWN
    return {
      kind: 'extension',
      sources: { kind: 'list', items: [value], whole: true },
      isOptional: false,
      isAlone: false,
      at,
    }
  }

  /** What a call does with a file, or a function of the module, is not known. */
  function unfollowed(one: Call, name: string | undefined, values: readonly Value[]): Value {
    if (!module || (name !== undefined && ONLY_LOOKS.test(name))) return UNKNOWN
    for (const value of values) if (value.kind === 'path') written.add(value.path)
    const isOwn = name === undefined || !(aliases.has(name.split('.', 1)[0] ?? '') || BUILT_IN.test(name))
    const isGivenOne = one.args.some(
      ({ value }) => value.kind === 'lambda' || (value.kind === 'name' && defs.has(value.name)),
    )
    if (mayWrite && (isOwn || isGivenOne)) isTainted = true
    return UNKNOWN
  }

  /** What a package has next to its modules, as `importlib.resources` and others find it. */
  function resourceOf(
    place: ModulePlace,
    name: string,
    [of = UNKNOWN, file = UNKNOWN]: readonly Value[],
    at: number,
    standing: Standing,
  ): Value | undefined {
    if (READERS.test(name) && of.kind === 'path') {
      read(of, at, standing)
      return UNKNOWN
    }
    const kind = RESOURCES.exec(name)
      ?.slice(1)
      .find(one => one !== undefined)
    if (kind === undefined) return undefined
    if (of.kind !== 'text' || of.text.split('.', 1)[0] !== ownTop) return UNKNOWN
    const folder: Value = {
      kind: 'path',
      path:
        of.text === place.name
          ? folderOf(place.path)
          : folderOf(`${of.text.replaceAll('.', '/')}${place.isFile?.(of.text) ? '.py' : '/'}`),
    }
    if (kind === 'files') return folder
    const found = file.kind === 'text' ? joined([folder, file]) : UNKNOWN
    if (kind !== 'resource_filename') read(found, at, standing)
    return kind === 'resource_filename' ? found : UNKNOWN
  }

  const isSetup = (name: string) =>
    /^(?:setuptools|distutils\.core|skbuild|numpy\.distutils\.core)\.setup$/.test(name) || name === 'setup'

  function open(
    file: Value,
    second: Value,
    named: Value | undefined,
    isGiven: boolean,
    at: number,
    standing: Standing,
  ): Value {
    const mode = named ?? (isGiven ? second : undefined)
    if (mode && mode.kind !== 'text') return UNKNOWN
    const path = pathOf(file)
    if (mode?.kind === 'text' && /[wax+]/.test(mode.text)) {
      if (path === undefined) isTainted = true
      else written.add(path)
      return UNKNOWN
    }
    read(file, at, standing)
    return contentOf(path)
  }

  /** What has been written before is not the file that lies there. */
  const contentOf = (path: string | undefined): Value =>
    path === undefined || isTainted || isWritten(path) ? UNKNOWN : { kind: 'content', path }

  function onPath(
    method: string,
    path: string,
    args: readonly Value[],
    named: ReadonlyMap<string, Value>,
    at: number,
    standing: Standing,
  ): Value {
    const [first = UNKNOWN] = args
    if (
      !module &&
      (/^(?:l?stat|iterdir|rmdir|chmod|rename)$/.test(method) || (method === 'unlink' && named.size === 0))
    )
      read({ kind: 'path', path }, at, standing, `Path.${method}`)
    if (method === 'read_text' || method === 'read_bytes') {
      read({ kind: 'path', path }, at, standing)
      return method === 'read_text' ? contentOf(path) : UNKNOWN
    }
    if (method === 'open') return open({ kind: 'path', path }, first, named.get('mode'), args.length > 0, at, standing)
    if (method === 'write_text' || method === 'write_bytes' || method === 'touch') written.add(path)
    else if (method === 'resolve' || method === 'absolute' || method === 'expanduser') return { kind: 'path', path }
    else if (method === 'joinpath') return joined([{ kind: 'path', path }, ...args])
    else if (method === 'with_name' && first.kind === 'text')
      return joined([{ kind: 'path', path: folderOf(path) }, first])
    else if (/^(?:rename|replace|symlink_to|hardlink_to|link_to|copy|move|mkdir)$/.test(method)) isTainted = true
    return UNKNOWN
  }

  /** Runs a function of the script with what it is given, where that is known. */
  function run(
    def: Def,
    args: readonly Value[] | undefined,
    named: ReadonlyMap<string, Value>,
    standing: Standing,
  ): Value {
    if (standing.depth >= DEEPEST || def.decorators.some(one => !isMethodKind(one)) || def.isDeferred) {
      if (mayWrite) isTainted = true
      return UNKNOWN
    }
    const names = new Map<string, Value>()
    const header = text.slice(def.at, def.body[0]?.at ?? def.at)
    const star = /(?<![*\w])\*\s*([A-Za-z_]\w*)/.exec(header.slice(header.indexOf('(')))?.[1]
    let given = 0
    for (const param of def.params) {
      if (!args) names.set(param, UNKNOWN)
      else if (param === star) {
        names.set(param, { kind: 'list', items: args.slice(given), whole: true })
        given = args.length
      } else
        names.set(param, (given < args.length ? args[given++] : named.get(param)) ?? defaultOf(header, param, def.at))
    }
    const returned: { value: Value | undefined } = { value: undefined }
    block(def.body, { scope: { names, outer: root }, certain: standing.certain, depth: standing.depth + 1, returned })
    return returned.value ?? UNKNOWN
  }

  function assign(name: string, value: Value, { scope, certain }: Standing): void {
    const before = lookup(name, scope)
    scope.names.set(name, certain || before === undefined ? (certain ? value : UNKNOWN) : mixed(before, value))
  }

  /** False behind what ends the block. */
  function block(body: readonly Statement[], standing: Standing): boolean {
    let { certain } = standing
    for (const one of body) {
      if (steps > MOST_STEPS) return false
      if (!statement(one, { ...standing, certain }) || (certain && ends(one))) certain = false
    }
    return certain || !standing.certain
  }

  /** False when what follows may not run. */
  function statement(one: Statement, standing: Standing): boolean {
    const perhaps = { ...standing, certain: false }
    switch (one.kind) {
      case 'import':
        for (const { name, as } of one.names)
          bind(as ?? name.split('.')[0] ?? '', as ? name : (name.split('.')[0] ?? ''))
        return true
      case 'from':
        if (one.level === 0) for (const { name, as } of one.names) bind(as ?? name, `${one.module}.${name}`)
        else
          for (const { name, as } of one.names) {
            unbind(as ?? name)
            locals.add(as ?? name)
          }
        if (module && one.names.some(({ name }) => name === '*')) isTainted = true
        return true
      case 'def':
        if (standing.depth === 0) {
          defs.set(one.name, one)
          classes.delete(one.name)
          root.names.delete(one.name)
        } else if (module) assign(one.name, UNKNOWN, standing)
        return true
      case 'class': {
        for (const { value } of one.args) evaluate(value, standing)
        const names = new Map<string, Value>()
        block(one.body, { ...standing, scope: { names, outer: standing.scope }, depth: standing.depth + 1 })
        defs.delete(one.name)
        root.names.delete(one.name)
        classes.delete(one.name)
        if (standing.depth > 0 || one.decorators.length > 0 || !one.args.every(isObject)) return true
        const methods = one.body.flatMap(part => (part.kind === 'def' ? [[part.name, part] as const] : []))
        // A method that is bound twice is one or the other.
        const isClear = !methods.some(([method]) => names.has(method))
        if (isClear && new Set(methods.map(([method]) => method)).size === methods.length && standing.certain)
          classes.set(one.name, { methods: new Map(methods), names })
        return true
      }
      case 'assign': {
        const value = evaluate(one.value, standing)
        for (const target of one.targets) {
          if (target.kind === 'name') {
            defs.delete(target.name)
            classes.delete(target.name)
            const before = lookup(target.name, standing.scope) ?? UNKNOWN
            assign(
              target.name,
              one.operator === '=' ? value : combined(one.operator.replace('=', ''), before, value),
              standing,
            )
          } else if (target.kind === 'tuple' || target.kind === 'list') {
            for (const [i, item] of target.items.entries())
              if (item.kind === 'name')
                assign(item.name, (value.kind === 'list' && value.whole && value.items[i]) || UNKNOWN, standing)
              else for (const name of namesIn(item)) assign(name, UNKNOWN, standing)
          } else if (target.kind === 'index' && target.of.kind === 'name') {
            const dict = lookup(target.of.name, standing.scope)
            const key = evaluate(target.index, standing)
            if (dict?.kind === 'dict' && key.kind === 'text')
              assign(
                target.of.name,
                {
                  kind: 'dict',
                  items: new Map(dict.items).set(key.text, standing.certain ? value : UNKNOWN),
                  keys: new Map(dict.keys).set(key.text, key.at),
                },
                { ...standing, certain: true },
              )
          }
        }
        return true
      }
      case 'expression':
        evaluate(one.value, standing)
        return true
      case 'return':
        if (standing.returned && standing.certain) standing.returned.value ??= evaluate(one.value, standing)
        else evaluate(one.value, standing)
        return false
      case 'if': {
        const isMain =
          one.test.kind === 'binary' &&
          one.test.operator === '==' &&
          one.test.left.kind === 'name' &&
          one.test.left.name === '__name__' &&
          one.test.right.kind === 'string' &&
          one.test.right.value === '__main__'
        evaluate(one.test, standing)
        const goesOn = block(one.body, isMain && !module ? standing : perhaps)
        block(one.otherwise, perhaps)
        // What an `if` leaves by `return` may be all; by an exception, the build has stopped.
        return goesOn && !leaves(one.body) && !leaves(one.otherwise)
      }
      case 'with': {
        const isHarmless = ({ value }: (typeof one.items)[number]) =>
          value.kind === 'call' &&
          (OPENERS.has(called(value.func, standing.scope) ?? '') ||
            methodOf(value) === '.open' ||
            (module && RESOURCES.test(called(value.func, standing.scope) ?? '')))
        let inside = standing
        for (const item of one.items) {
          const { value, target } = item
          const opened = evaluate(value, inside)
          // Any other may handle what is raised behind it.
          if (!isHarmless(item)) {
            inside = perhaps
            if (
              mayWrite &&
              (value.kind === 'name' ||
                (value.kind === 'call' && value.func.kind === 'name' && classes.has(value.func.name)))
            )
              isTainted = true
          }
          if (target?.kind === 'name') assign(target.name, opened.kind === 'content' ? opened : UNKNOWN, standing)
        }
        return block(one.body, inside) && (inside === standing || !leaves(one.body))
      }
      case 'for': {
        const items = evaluate(one.iterable, standing)
        if (items.kind === 'list' && items.whole && one.target.kind === 'name' && items.items.length <= 100) {
          for (const item of items.items) {
            assign(one.target.name, item, standing)
            block(one.body, leaves(one.body) ? perhaps : standing)
          }
        } else {
          for (const name of namesIn(one.target)) assign(name, UNKNOWN, standing)
          block(one.body, perhaps)
        }
        block(one.otherwise, perhaps)
        return !leaves(one.body, RETURNS) && !leaves(one.otherwise)
      }
      case 'while':
        evaluate(one.test, standing)
        block(one.body, perhaps)
        block(one.otherwise, perhaps)
        return !leaves(one.body, RETURNS) && !leaves(one.otherwise)
      case 'try':
        block(one.body, perhaps)
        for (const { body } of one.handlers) block(body, perhaps)
        block(one.otherwise, perhaps)
        block(one.last, perhaps)
        return ![one.body, one.otherwise, one.last, ...one.handlers.map(({ body }) => body)].some(body => leaves(body))
      case 'match':
        evaluate(one.subject, standing)
        for (const { names, body } of one.cases) {
          for (const name of names) assign(name, UNKNOWN, perhaps)
          block(body, perhaps)
        }
        return !one.cases.some(({ body }) => leaves(body))
      case 'broken':
        isTainted = true
        return true
      case 'other':
        for (const part of one.parts) evaluate(part, standing)
        return true
      default:
        return true
    }
  }

  function unbind(name: string): void {
    aliases.delete(name)
    defs.delete(name)
    classes.delete(name)
    root.names.delete(name)
  }

  function bind(name: string, dotted: string): void {
    unbind(name)
    aliases.set(name, dotted)
    // What a module of anybody's does when it is called is not known; of these it is.
    const top = dotted.split('.')[0] ?? ''
    if (module ? top === ownTop : !HARMLESS_MODULES.test(dotted)) locals.add(top)
  }

  const root: Scope = { names: new Map(), outer: undefined }
  block(tree.body, { scope: root, certain: tree.broken === undefined, depth: 0 })

  /** A literal by its first character: what is between its quotes. */
  function placed(value: string, at: number): Written {
    const [all = '', quote = ''] = STRING_START.exec(text.slice(at, at + LONGEST)) ?? []
    const start = at + all.length
    if (text.startsWith(value, start)) return { text: value, mark: undefined, ...position(start) }
    const rest = text.slice(start, start + LONGEST).split('\n', 1)[0] ?? ''
    const end = quote === '' ? -1 : rest.indexOf(quote)
    return { text: value, mark: end < 0 ? rest.slice(0, 1) : rest.slice(0, end), ...position(start) }
  }
  const asGiven = (value: Value, depth = 0): Given => {
    if (value.kind === 'text') return { kind: 'text', ...placed(value.text, value.at) }
    if (value.kind === 'literal') return { kind: 'literal', text: value.text, mark: undefined, ...position(value.at) }
    if (value.kind === 'content') return value
    if (value.kind === 'list' && depth < DEEPEST)
      return {
        kind: 'list',
        items: value.items.map(item => asGiven(item, depth + 1)),
        isWhole: value.whole,
        form: value.form,
      }
    if (value.kind !== 'dict' || depth >= DEEPEST) return { kind: 'unknown' }
    const items = [...value.items].flatMap(([key, item]): (readonly [Written, Given])[] => {
      const at = value.keys?.get(key)
      return at === undefined ? [] : [[placed(key, at), asGiven(item, depth + 1)]]
    })
    return { kind: 'dict', items }
  }

  const [only, ...others] = setups
  const givenTo = (keyword: string): Value => only?.values.get(keyword) ?? UNKNOWN
  const asSaid = (value: Value, at: number): Said | undefined =>
    value.kind === 'text'
      ? said(value.text, value.at)
      : pathOf(value) === undefined
        ? undefined
        : said(pathOf(value) ?? '', at)
  const listOf = (value: Value, at: number): readonly Said[] | undefined => {
    if (value.kind !== 'list' || !value.whole) return undefined
    const items = value.items.flatMap(item => asSaid(item, at) ?? [])
    return items.length === value.items.length ? items : undefined
  }
  return {
    reads,
    asks,
    broken: tree.broken === undefined ? undefined : position(tree.broken),
    setup:
      only && others.length === 0
        ? {
            ...position(only.call.at),
            keywords: new Set(only.values.keys()),
            isOpen: only.isOpen,
            given(keyword) {
              const value = only.values.get(keyword)
              return value && asGiven(value)
            },
            keyword(name) {
              const argument = only.call.args.find(one => one.name === name)
              const before = argument && text.slice(Math.max(0, argument.value.at - LONGEST), argument.value.at)
              const at = before === undefined ? -1 : before.search(new RegExp(`\\b${name}\\s*=[\\s(]*$`))
              return argument && before && at >= 0
                ? { text: name, mark: undefined, ...position(argument.value.at - before.length + at) }
                : undefined
            },
            valueAt(name) {
              const argument = only.call.args.find(one => one.name === name)
              return argument && position(argument.value.at)
            },
            text: keyword => asSaid(givenTo(keyword), only.call.at),
            list: keyword => listOf(givenTo(keyword), only.call.at),
            dict(keyword) {
              const value = givenTo(keyword)
              if (value.kind !== 'dict') return undefined
              const items = [...value.items].flatMap(([key, item]) => {
                const text = item.kind === 'text' ? item.text : pathOf(item)
                return text === undefined ? [] : [[key, text] as const]
              })
              return items.length === value.items.size ? new Map(items) : undefined
            },
            dataFiles: itemsOf(givenTo('data_files')).flatMap(row =>
              itemsOf(itemsOf(row)[1] ?? UNKNOWN).flatMap(file => asSaid(file, only.call.at) ?? []),
            ),
            entryPoints: entryPointsOf(givenTo('entry_points')),
            search: finds.get(only.call.args.find(({ name }) => name === 'packages')?.value.at ?? -1),
            sources: [givenTo('ext_modules')]
              .flatMap(value => (value.kind === 'extension' ? [value] : itemsOf(value)))
              .flatMap(one =>
                one.kind === 'extension' && !one.isOptional
                  ? itemsOf(one.sources).flatMap(file =>
                      isWritten(pathOf(file) ?? '')
                        ? []
                        : [asSaid(file, one.at)].flatMap(said => (said ? { ...said, isAlone: one.isAlone } : [])),
                    )
                  : [],
              ),
          }
        : undefined,
  }
}

/** Keywords of an Extension that add no folders. */
const isOfSources = (keyword: string) =>
  /^(?:name|sources|language|depends|define_macros|undef_macros|py_limited_api)$/.test(keyword)

const packageOf = ({ name, isPackage }: ModulePlace) =>
  isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')))

const GLOBAL = /^[ \t]+(?:global|nonlocal)[ \t]+([\w, \t]{1,500})/gm
const LITERALS = /^(?:None|True|False)$/
/** Those that stand in one line. */
const BYTES = /^[bB][rR]?(['"])[^'"\n\\]{0,200}\1$/
/** What raises or exits stops the build. */
const leaves = (body: readonly Statement[], by?: readonly Leaving[]) => body.some(one => isLeft(one, by))
const RETURNS = ['return'] as const

const lastOf = (name: string) => name.slice(name.lastIndexOf('.') + 1)

const STRING_START = /^[A-Za-z]{0,2}("""|'''|"|')/

const isObject = ({ name, star, value }: Argument) =>
  name === undefined && star === '' && value.kind === 'name' && value.name === 'object'

const isMethodKind = (decorator: Expression) =>
  decorator.kind === 'name' && /^(?:static|class)method$/.test(decorator.name)

/** What a method is given before its arguments: the class, the object, or nothing. */
function selfOf({ decorators }: Def, object: Extract<Value, { kind: 'class' | 'instance' }>): readonly Value[] {
  const [decorator] = decorators
  const kind = decorator?.kind === 'name' ? decorator.name : ''
  if (kind === 'staticmethod') return []
  if (kind === 'classmethod') return [{ kind: 'class', of: object.of }]
  return object.kind === 'class' ? [] : [object]
}

const methodOf = (one: Call) => (one.func.kind === 'attribute' ? `.${one.func.name}` : '')

/** The default of a parameter, where it is a plain string: `def read(path='README.md')`. */
function defaultOf(header: string, param: string, at: number): Value {
  const [, , value] =
    new RegExp(`[(,]\\s*${param}\\s*(?::[^=,()]{1,50})?=\\s*(['"])([^'"\\\\\\n]*)\\1\\s*[,)]`).exec(
      header.slice(0, LONGEST),
    ) ?? []
  return value === undefined ? UNKNOWN : { kind: 'text', text: value, at }
}

/** Attributes that any statement sets or deletes. */
function attributesSet(tree: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>()
  const left = [...tree]
  for (let one = left.pop(); one; one = left.pop()) {
    for (const target of expressionsIn(...targetsOf(one))) if (target.kind === 'attribute') found.add(target.name)
    for (const block of blocksOf(one)) left.push(...block)
  }
  return found
}

function targetsOf(one: Statement): readonly (Expression | undefined)[] {
  if (one.kind === 'assign' || one.kind === 'delete') return one.targets
  if (one.kind === 'for') return [one.target]
  return one.kind === 'with' ? one.items.map(({ target }) => target) : []
}

function namesIn(target: Expression): readonly string[] {
  if (target.kind === 'name') return [target.name]
  if (target.kind === 'star') return namesIn(target.value)
  return target.kind === 'tuple' || target.kind === 'list' ? target.items.flatMap(namesIn) : []
}
