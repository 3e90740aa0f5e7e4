/** What is known of a script, or of a module, while it is run in thought: its names, what it has read and written so far. */

import { append } from '../append.js'
import { once } from '../once.js'
import { linesOf, type Position } from '../text/lines.js'
import { BUILT_IN, HARMLESS_MODULES, ONLY_LOOKS, WRITES } from './known-calls.js'
import { anyPathOf, mixed, UNKNOWN, type Value } from './known-values.js'
import { parsePython } from './parse.js'
import type { Call, Expression, Statement, Tree } from './tree.js'
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
export interface Said extends Position {
  readonly text: string
}

/** A file that is opened, or given to a call that fails without it. */
export interface Read extends Said {
  readonly byCall: string | undefined
  /** Nobody asks whether the call has failed. */
  readonly isIgnored?: boolean
}

/** A call of `find_packages` or `find_namespace_packages`; a list is undefined where it is not known whole. */
export interface Search extends Said {
  readonly where: Said | undefined
  readonly exclude: readonly Said[] | undefined
  readonly include: readonly Said[] | undefined
}

export interface Scope {
  readonly names: Map<string, Value>
  readonly outer: Scope | undefined
}

/** Where a statement stands: `certain` when it runs in every build that succeeds. */
export interface Standing {
  readonly scope: Scope
  readonly certain: boolean
  readonly depth: number
  /** Value of the first `return` that is reached for certain. */
  readonly returned?: { value: Value | undefined } | undefined
}

export type Def = Extract<Statement, { kind: 'def' }>

/** A class without base classes and decorators: its methods, and what its body binds. */
export interface Class {
  readonly methods: ReadonlyMap<string, Def>
  readonly names: ReadonlyMap<string, Value>
}

/** A call of `setup(…)`: what its keywords are given; `**` of what is not known makes it open. */
interface Setup {
  readonly call: Call
  readonly values: ReadonlyMap<string, Value>
  readonly isOpen: boolean
}

export class ScriptState {
  readonly text: string
  readonly module: ModulePlace | undefined
  readonly tree: Tree
  readonly root: Scope = { names: new Map(), outer: undefined }
  readonly defs = new Map<string, Def>()
  readonly classes = new Map<string, Class>()
  readonly reads: Read[] = []
  readonly asks: (Said & { readonly call: string })[] = []
  readonly setups: Setup[] = []
  /** Calls that look for packages, by where they begin. */
  readonly searches = new Map<number, Search>()
  /** Functions that are not followed may write, or change names, only where something in the module does. */
  readonly mayWrite: boolean
  /** Something may have been written or changed that nobody saw. */
  isTainted: boolean
  private readonly aliases = new Map<string, string>()
  private readonly locals = new Set<string>()
  private readonly written = new Set<string>()
  private readonly globals: ReadonlySet<string>
  private readonly ownTop: string | undefined
  readonly positionOf: (at: number) => Position
  private readonly attributes: () => ReadonlySet<string>

  constructor(text: string, module: ModulePlace | undefined) {
    this.text = text
    this.module = module
    this.tree = parsePython(text)
    this.positionOf = linesOf(text).position
    this.ownTop = module?.name.split('.', 1)[0]
    this.mayWrite = module !== undefined && WRITES.test(text)
    this.isTainted = module !== undefined && /\b(?:globals|exec|eval)\(/.test(text)
    this.globals = new Set(
      [...text.matchAll(GLOBAL)].flatMap(([, names = '']) => names.split(',').map(name => name.trim())),
    )
    this.attributes = once(() => attributesSet(this.tree.body))
  }

  said(text: string, at: number): Said {
    return { text, ...this.positionOf(at) }
  }

  /** A module is imported from any folder: paths alone do not tell where they begin. */
  pathOf(value: Value): string | undefined {
    return this.module && value.kind !== 'path' ? undefined : anyPathOf(value)
  }

  lookup(name: string, scope: Scope): Value | undefined {
    for (let one: Scope | undefined = scope; one; one = one.outer) {
      const found = one.names.get(name)
      if (found) return found
    }
    return undefined
  }

  isKnown(name: string, scope: Scope): boolean {
    return this.lookup(name, scope) !== undefined || this.classes.has(name)
  }

  /** Does a function say `global name`? Then its value is not known. */
  isGlobal(name: string): boolean {
    return this.globals.has(name)
  }

  /** Does a statement set or delete an attribute of that name, of whatever object? */
  isAttributeSet(name: string): boolean {
    return this.attributes().has(name)
  }

  /** Is an attribute of that name set from outside, whatever the object? */
  isSet(name: string): boolean {
    return this.isAttributeSet(name) || /\bsetattr\b|\b__dict__\b|\bvars\b/.test(this.text)
  }

  /** Is that the top level of a package which the module belongs to? */
  isOwn(name: string): boolean {
    return name.split('.', 1)[0] === this.ownTop
  }

  /** `open` of `from io import open` is `io.open`. */
  called(func: Expression, scope: Scope): string | undefined {
    const name = dottedName(func)
    if (name === undefined) return undefined
    const [first = '', ...rest] = name.split('.')
    if (this.module && this.lookup(first, scope)) return undefined
    return [this.aliases.get(first) ?? first, ...rest].join('.')
  }

  /** May calling it do what nobody sees, because it is another file's? */
  isLocal(name: string): boolean {
    return this.locals.has(name.split('.')[0] ?? '')
  }

  isWritten(path: string): boolean {
    // In a package, what is given a folder may write into it.
    return (
      this.written.has(path) ||
      (this.module !== undefined && [...this.written].some(folder => path.startsWith(`${folder}/`)))
    )
  }

  /** A file that is written, undefined where it is not known which. */
  write(path: string | undefined): void {
    if (path === undefined) this.isTainted = true
    else this.written.add(path)
  }

  read(value: Value, at: number, standing: Standing, byCall?: string, isIgnored = false): void {
    const path = this.pathOf(value)
    if (path === undefined || !standing.certain || this.isTainted || this.isWritten(path)) return
    this.reads.push({ ...this.said(path, at), byCall, ...(isIgnored && { isIgnored }) })
  }

  /** What has been written before is not the file that lies there. */
  contentOf(path: string | undefined): Value {
    return path === undefined || this.isTainted || this.isWritten(path) ? UNKNOWN : { kind: 'content', path }
  }

  assign(name: string, value: Value, { scope, certain }: Standing): void {
    const before = this.lookup(name, scope)
    scope.names.set(name, certain || before === undefined ? (certain ? value : UNKNOWN) : mixed(before, value))
  }

  /** `import dotted as name`. */
  bind(name: string, dotted: string): void {
    this.unbind(name)
    this.aliases.set(name, dotted)
    // What a module of anybody's does when it is called is not known; of these it is.
    if (this.module ? this.isOwn(dotted) : !HARMLESS_MODULES.test(dotted)) this.locals.add(dotted.split('.')[0] ?? '')
  }

  /** `from . import name`. */
  bindLocal(name: string): void {
    this.unbind(name)
    this.locals.add(name)
  }

  /** The name no longer stands for a function or a class of the script. */
  unbind(name: string): void {
    this.aliases.delete(name)
    this.defs.delete(name)
    this.classes.delete(name)
    this.root.names.delete(name)
  }

  /** What a call does with a file, or a function of the module, is not known. */
  unfollowed(one: Call, name: string | undefined, values: readonly Value[]): Value {
    if (!this.module || (name !== undefined && ONLY_LOOKS.test(name))) return UNKNOWN
    for (const value of values) if (value.kind === 'path') this.written.add(value.path)
    const isOwn = name === undefined || !(this.aliases.has(name.split('.', 1)[0] ?? '') || BUILT_IN.test(name))
    const isGivenOne = one.args.some(
      ({ value }) => value.kind === 'lambda' || (value.kind === 'name' && this.defs.has(value.name)),
    )
    if (this.mayWrite && (isOwn || isGivenOne)) this.isTainted = true
    return UNKNOWN
  }
}

const GLOBAL = /^[ \t]+(?:global|nonlocal)[ \t]+([\w, \t]{1,500})/gm

/** Attributes that any statement sets or deletes. */
function attributesSet(tree: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>()
  const left = [...tree]
  for (let one = left.pop(); one; one = left.pop()) {
    for (const target of expressionsIn(...targetsOf(one))) if (target.kind === 'attribute') found.add(target.name)
    for (const block of blocksOf(one)) append(left, block)
  }
  return found
}

function targetsOf(one: Statement): readonly (Expression | undefined)[] {
  if (one.kind === 'assign' || one.kind === 'delete') return one.targets
  if (one.kind === 'for') return [one.target]
  return one.kind === 'with' ? one.items.map(({ target }) => target) : []
}
