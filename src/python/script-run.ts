/** Runs a build script or a module in thought: what is certain to happen, in order, with the values that are known. */

import { append } from '../append.js'
import { ends, isExit, isLeft, type Leaving } from './endings.js'
import { OPENERS, RESOURCES } from './known-calls.js'
import { combined, filled, folderOf, UNKNOWN, type Value } from './known-values.js'
import { callKnown, callMethod, type Evaluated, unfollowed } from './script-calls.js'
import { type Def, type ModulePlace, ScriptState, type Standing } from './script-state.js'
import type { Argument, Call, Expression, Literal, Statement } from './tree.js'
import { elifOf } from './walk.js'

/** More than any script needs. */
const MOST_STEPS = 400_000
/** Functions in one another. */
const DEEPEST = 8
/** Characters of a text that is read again. */
const LONGEST = 1000
/** Expressions in one another: what a longer one does is not known. */
const DEEPEST_EXPRESSION = 200
/** Items of a list that a loop goes through. */
const MOST_ITEMS = 100

/** What is known after the whole text has been run. */
export function runScript(text: string, module?: ModulePlace): ScriptState {
  const state = new ScriptState(text, module)
  const { root, tree } = state
  const isRead = tree.broken === undefined && tree.unread === undefined
  new Run(state).block(tree.body, { scope: root, certain: isRead, depth: 0 })
  return state
}

type Of<T extends { readonly kind: string }, K extends T['kind']> = Extract<T, { kind: K }>

class Run {
  private steps = 0
  private inside = 0
  private readonly state: ScriptState

  constructor(state: ScriptState) {
    this.state = state
  }

  private evaluate(one: Expression | undefined, standing: Standing): Value {
    if (!one || this.steps++ > MOST_STEPS) return UNKNOWN
    if (this.inside >= DEEPEST_EXPRESSION) {
      this.state.isTainted = true
      return UNKNOWN
    }
    this.inside++
    const value = this.value(one, standing)
    this.inside--
    return value
  }

  private value(one: Expression, standing: Standing): Value {
    const perhaps = { ...standing, certain: false }
    switch (one.kind) {
      case 'string':
        if (one.value !== undefined) return { kind: 'text', text: one.value, at: one.at }
        return one.formatted ? this.formatted(one, standing) : this.bytes(one)
      case 'number':
        return { kind: 'literal', text: one.text, at: one.at }
      case 'name':
        return this.named(one, standing)
      case 'list':
      case 'tuple':
      case 'set': {
        const items = one.items.map(item => this.evaluate(item, standing))
        const form = one.kind === 'list' ? undefined : one.kind
        return { kind: 'list', items, whole: one.items.every(item => item.kind !== 'star'), form }
      }
      case 'dict':
        return this.dict(one, standing)
      case 'binary': {
        const left = this.evaluate(one.left, standing)
        const isEither = one.operator === 'and' || one.operator === 'or'
        const right = this.evaluate(one.right, isEither ? perhaps : standing)
        if (isEither) return UNKNOWN
        if (one.operator === '%' && left.kind === 'text')
          return filled(left.text.split('%s'), right.kind === 'list' ? right.items : [right], left.at)
        const isOfNoPath = this.state.module && one.operator === '/' && left.kind !== 'path'
        return isOfNoPath ? UNKNOWN : combined(one.operator, left, right)
      }
      case 'conditional':
        this.evaluate(one.test, standing)
        this.evaluate(one.then, perhaps)
        this.evaluate(one.otherwise, perhaps)
        return UNKNOWN
      case 'attribute':
        return this.attribute(one, standing)
      case 'index':
        return this.indexed(one, standing)
      case 'call':
        return this.call(one, standing)
      case 'comprehension':
        return this.comprehension(one, standing)
      case 'unary':
      case 'star': {
        const value = this.evaluate(one.value, one.kind === 'star' ? standing : perhaps)
        if (value.kind !== 'literal') return value
        const isNegative = one.kind === 'unary' && one.operator === '-' && /^[\d.]+$/.test(value.text)
        return isNegative ? { ...value, text: `-${value.text}`, at: one.at } : UNKNOWN
      }
      case 'walrus': {
        const value = this.evaluate(one.value, standing)
        this.state.assign(one.target.name, this.state.module ? UNKNOWN : value, perhaps)
        return value
      }
      case 'other':
        for (const part of one.parts) this.evaluate(part, perhaps)
        return UNKNOWN
      default:
        return UNKNOWN
    }
  }

  private named({ name, at }: Of<Expression, 'name'>, { scope }: Standing): Value {
    const { state } = this
    const { module } = state
    if (LITERALS.test(name)) return { kind: 'literal', text: name, at }
    if (state.isGlobal(name)) return UNKNOWN
    const found = state.lookup(name, scope)
    if (found) return found
    if (name === '__file__') return { kind: 'path', path: module?.path ?? 'setup.py' }
    if (module) {
      if (name === '__name__') return { kind: 'text', text: module.name, at }
      if (name === '__package__') return { kind: 'text', text: packageOf(module), at }
      if (name === '__path__' && module.isPackage)
        return { kind: 'list', items: [{ kind: 'path', path: folderOf(module.path) }], whole: true }
    }
    return state.classes.has(name) ? { kind: 'class', of: name } : UNKNOWN
  }

  private dict(one: Of<Expression, 'dict'>, standing: Standing): Value {
    const items = new Map<string, Value>()
    const keys = new Map<string, number>()
    for (const { key, value } of one.items) {
      const name = key && this.evaluate(key, standing)
      const found = this.evaluate(value, standing)
      if (name?.kind !== 'text') continue
      items.set(name.text, found)
      keys.set(name.text, name.at)
    }
    return { kind: 'dict', items, keys }
  }

  private attribute(one: Of<Expression, 'attribute'>, standing: Standing): Value {
    const { state } = this
    const of = this.evaluate(one.of, standing)
    if (one.name === 'parent') {
      const path = state.pathOf(of)
      if (path !== undefined && path !== '') return { kind: 'path', path: folderOf(path) }
    }
    if (of.kind === 'loader' && one.name === 'loader') return of
    if ((of.kind === 'class' || of.kind === 'instance') && !state.isSet(one.name))
      return state.classes.get(of.of)?.names.get(one.name) ?? UNKNOWN
    return UNKNOWN
  }

  private comprehension(one: Of<Expression, 'comprehension'>, standing: Standing): Value {
    const perhaps = { ...standing, certain: false }
    const [target, ...targets] = one.targets
    const [from, ...conditions] = one.parts
    const items = this.evaluate(from, standing)
    if (target?.kind !== 'name' || targets.length > 0 || conditions.length > 0 || items.kind !== 'list') {
      this.evaluate(one.of, perhaps)
      return UNKNOWN
    }
    // A generator may run later, or never.
    const { certain } = this.state.module ? perhaps : standing
    const found = items.items.slice(0, MOST_ITEMS).map(item => {
      const scope = { names: new Map([[target.name, item]]), outer: standing.scope }
      return this.evaluate(one.of, { ...standing, scope, certain })
    })
    // A dictionary has a key and a value of each.
    return one.of.kind === 'other' ? UNKNOWN : { kind: 'list', items: found, whole: items.whole }
  }

  /** Those that stand in one line. */
  private bytes({ at, end }: Literal): Value {
    const text = this.state.text.slice(at, end)
    return /^[bB][rR]?(['"])[^'"\n\\]{0,200}\1$/.test(text) ? { kind: 'literal', text, at } : UNKNOWN
  }

  /** `f'{here}/README.md'`: names alone. */
  private formatted({ at, end }: Literal, { scope }: Standing): Value {
    const written = this.state.text.slice(at, Math.min(end, at + LONGEST))
    const [, , inner] = /^[fF](['"])((?:[^{}\\'"\n]|\{\w+\})*)\1$/.exec(written) ?? []
    if (inner === undefined) return UNKNOWN
    const names = [...inner.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => this.state.lookup(name, scope) ?? UNKNOWN)
    return filled(inner.split(/\{\w+\}/), names, at)
  }

  private indexed(one: Of<Expression, 'index'>, standing: Standing): Value {
    const of = this.evaluate(one.of, standing)
    // Path(__file__).parents[0]
    const path =
      one.of.kind === 'attribute' && one.of.name === 'parents'
        ? this.state.pathOf(this.evaluate(one.of.of, standing))
        : undefined
    if (path !== undefined && one.index.kind === 'number' && /^[0-9]$/.test(one.index.text)) {
      const parts = path.split('/').slice(0, -1 - Number(one.index.text))
      return Number(one.index.text) < path.split('/').length ? { kind: 'path', path: parts.join('/') } : UNKNOWN
    }
    const index = this.evaluate(one.index, standing)
    if (of.kind === 'list' && of.whole && one.index.kind === 'number')
      return of.items[Number(one.index.text)] ?? UNKNOWN
    if (of.kind === 'dict' && index.kind === 'text') return of.items.get(index.text) ?? UNKNOWN
    return UNKNOWN
  }

  private call(one: Call, standing: Standing): Value {
    const { state } = this
    const name = state.called(one.func, standing.scope)
    const method = one.func.kind === 'attribute' ? one.func : undefined
    const def = one.func.kind === 'name' ? state.defs.get(one.func.name) : undefined
    // A method's object may itself be a call that reads.
    const object =
      method && (name === undefined || state.isKnown(name.split('.')[0] ?? '', standing.scope))
        ? this.evaluate(method.of, standing)
        : undefined
    const given = this.evaluated(one, standing)
    if (def) return this.follow(def, given)
    const ofClass = one.func.kind === 'name' ? this.evaluate(one.func, standing) : UNKNOWN
    if (ofClass.kind === 'class') {
      const made: Value = { kind: 'instance', of: ofClass.of }
      const init = state.classes.get(ofClass.of)?.methods.get('__init__')
      if (init) this.follow(init, given, [made])
      return made
    }
    if (method && object) {
      if (object.kind === 'class' || object.kind === 'instance') {
        const found = state.isSet(method.name) ? undefined : state.classes.get(object.of)?.methods.get(method.name)
        return found ? this.follow(found, given, selfOf(found, object)) : UNKNOWN
      }
      const result = callMethod(state, object, method.name, given)
      if (result) return result
    }
    return name === undefined ? unfollowed(state, name, given) : callKnown(state, name, given)
  }

  private evaluated(call: Call, standing: Standing): Evaluated {
    const args: Value[] = []
    const named = new Map<string, Value>()
    const expanded: Value[] = []
    let isExact = true
    for (const { name, star, value } of call.args) {
      const found = this.evaluate(value, standing)
      if (name !== undefined) named.set(name, found)
      else if (star === '*') {
        if (found.kind === 'list' && found.whole) append(args, found.items)
        else isExact = false
      } else if (star === '**') {
        expanded.push(found)
        isExact &&= found.kind === 'dict' && !this.state.module
      } else args.push(found)
    }
    return { call, args, named, expanded, isExact, standing }
  }

  /** Runs a function of the script with what it is given, where that is known. */
  private follow(def: Def, { args, named, isExact, standing }: Evaluated, self: readonly Value[] = []): Value {
    const { state } = this
    if (standing.depth >= DEEPEST || def.decorators.some(one => !isMethodKind(one)) || def.isDeferred) {
      if (state.mayWrite) state.isTainted = true
      return UNKNOWN
    }
    const values = [...self, ...args]
    const names = new Map<string, Value>()
    const header = state.text.slice(def.at, def.body[0]?.at ?? def.at)
    const star = /(?<![*\w])\*\s*([A-Za-z_]\w*)/.exec(header.slice(header.indexOf('(')))?.[1]
    let used = 0
    for (const param of def.params) {
      if (!isExact) names.set(param, UNKNOWN)
      else if (param === star) {
        names.set(param, { kind: 'list', items: values.slice(used), whole: true })
        used = values.length
      } else
        names.set(param, (used < values.length ? values[used++] : named.get(param)) ?? defaultOf(header, param, def.at))
    }
    const returned: { value: Value | undefined } = { value: undefined }
    const scope = { names, outer: state.root }
    this.block(def.body, { scope, certain: standing.certain, depth: standing.depth + 1, returned })
    return returned.value ?? UNKNOWN
  }

  /** False behind what ends the block. */
  block(body: readonly Statement[], standing: Standing): boolean {
    let { certain } = standing
    for (const one of body) {
      if (this.steps > MOST_STEPS) return false
      if (
        !this.statement(one, { ...standing, certain }) ||
        (certain && ends(one, call => isExit(call, this.state.text)))
      )
        certain = false
    }
    return certain || !standing.certain
  }

  /** False when what follows may not run. */
  private statement(one: Statement, standing: Standing): boolean {
    const perhaps = { ...standing, certain: false }
    const { state } = this
    switch (one.kind) {
      case 'import':
        for (const { name, as } of one.names) {
          const top = name.split('.')[0] ?? ''
          state.bind(as ?? top, as ? name : top)
        }
        return true
      case 'from':
        for (const { name, as } of one.names)
          if (one.level === 0) state.bind(as ?? name, `${one.module}.${name}`)
          else state.bindLocal(as ?? name)
        if (state.module && one.names.some(({ name }) => name === '*')) state.isTainted = true
        return true
      case 'def':
        if (standing.depth === 0) {
          state.defs.set(one.name, one)
          state.classes.delete(one.name)
          state.root.names.delete(one.name)
        } else if (state.module) state.assign(one.name, UNKNOWN, standing)
        return true
      case 'class':
        this.class(one, standing)
        return true
      case 'assign': {
        const value = this.evaluate(one.value, standing)
        for (const target of one.targets) this.bindTarget(target, one.operator, value, standing)
        return true
      }
      case 'expression':
        this.evaluate(one.value, standing)
        return true
      case 'return':
        if (standing.returned && standing.certain) standing.returned.value ??= this.evaluate(one.value, standing)
        else this.evaluate(one.value, standing)
        return false
      case 'if': {
        this.evaluate(one.test, standing)
        const goesOn = this.block(one.body, isMain(one.test) && !state.module ? standing : perhaps)
        let { otherwise } = one
        for (let next = elifOf(otherwise); next; next = elifOf(otherwise)) {
          this.evaluate(next.test, perhaps)
          this.block(next.body, perhaps)
          otherwise = next.otherwise
        }
        this.block(otherwise, perhaps)
        // What an `if` leaves by `return` may be all; by an exception, the build has stopped.
        return goesOn && !isLeft(one)
      }
      case 'with':
        return this.with(one, standing)
      case 'for':
        this.for(one, standing)
        return !leaves(one.body, RETURNS) && !leaves(one.otherwise)
      case 'while':
        this.evaluate(one.test, standing)
        this.block(one.body, perhaps)
        this.block(one.otherwise, perhaps)
        return !leaves(one.body, RETURNS) && !leaves(one.otherwise)
      case 'try': {
        const blocks = [one.body, ...one.handlers.map(({ body }) => body), one.otherwise, one.last]
        for (const body of blocks) this.block(body, perhaps)
        return !blocks.some(body => leaves(body))
      }
      case 'match':
        this.evaluate(one.subject, standing)
        for (const { names, body } of one.cases) {
          for (const name of names) state.assign(name, UNKNOWN, perhaps)
          this.block(body, perhaps)
        }
        return !one.cases.some(({ body }) => leaves(body))
      case 'broken':
        state.isTainted = true
        return true
      case 'other':
        for (const part of one.parts) this.evaluate(part, standing)
        return true
      default:
        return true
    }
  }

  private class(one: Of<Statement, 'class'>, standing: Standing): void {
    const { defs, classes, root } = this.state
    for (const { value } of one.args) this.evaluate(value, standing)
    const names = new Map<string, Value>()
    this.block(one.body, { ...standing, scope: { names, outer: standing.scope }, depth: standing.depth + 1 })
    defs.delete(one.name)
    root.names.delete(one.name)
    classes.delete(one.name)
    if (standing.depth > 0 || one.decorators.length > 0 || !one.args.every(isObject)) return
    const methods = one.body.flatMap(part => (part.kind === 'def' ? [[part.name, part] as const] : []))
    // A method that is bound twice is one or the other.
    const isClear = !methods.some(([method]) => names.has(method))
    if (isClear && new Set(methods.map(([method]) => method)).size === methods.length && standing.certain)
      classes.set(one.name, { methods: new Map(methods), names })
  }

  private bindTarget(target: Expression, operator: string, value: Value, standing: Standing): void {
    const { state } = this
    if (target.kind === 'name') {
      state.defs.delete(target.name)
      state.classes.delete(target.name)
      const before = state.lookup(target.name, standing.scope) ?? UNKNOWN
      const now = operator === '=' ? value : combined(operator.replace('=', ''), before, value)
      state.assign(target.name, now, standing)
    } else if (target.kind === 'tuple' || target.kind === 'list') {
      for (const [i, item] of target.items.entries())
        if (item.kind === 'name')
          state.assign(item.name, (value.kind === 'list' && value.whole && value.items[i]) || UNKNOWN, standing)
        else for (const name of namesIn(item)) state.assign(name, UNKNOWN, standing)
    } else if (target.kind === 'index' && target.of.kind === 'name') {
      const dict = state.lookup(target.of.name, standing.scope)
      const key = this.evaluate(target.index, standing)
      if (dict?.kind !== 'dict' || key.kind !== 'text') return
      const items = new Map(dict.items).set(key.text, standing.certain ? value : UNKNOWN)
      const keys = new Map(dict.keys).set(key.text, key.at)
      state.assign(target.of.name, { kind: 'dict', items, keys }, { ...standing, certain: true })
    }
  }

  private with(one: Of<Statement, 'with'>, standing: Standing): boolean {
    const { state } = this
    let inside = standing
    for (const { value, target } of one.items) {
      const opened = this.evaluate(value, inside)
      // Any other may handle what is raised behind it.
      if (!this.isHarmless(value, standing)) {
        inside = { ...standing, certain: false }
        const isOwn =
          value.kind === 'name' ||
          (value.kind === 'call' && value.func.kind === 'name' && state.classes.has(value.func.name))
        if (state.mayWrite && isOwn) state.isTainted = true
      }
      if (target?.kind === 'name') state.assign(target.name, opened.kind === 'content' ? opened : UNKNOWN, standing)
    }
    return this.block(one.body, inside) && (inside === standing || !leaves(one.body))
  }

  /** Does a context that is left keep nothing that is raised in it? */
  private isHarmless(context: Expression, { scope }: Standing): boolean {
    if (context.kind !== 'call') return false
    const name = this.state.called(context.func, scope) ?? ''
    const isPathOpened = context.func.kind === 'attribute' && context.func.name === 'open'
    return OPENERS.has(name) || isPathOpened || (this.state.module !== undefined && RESOURCES.test(name))
  }

  private for(one: Of<Statement, 'for'>, standing: Standing): void {
    const { state } = this
    const perhaps = { ...standing, certain: false }
    const items = this.evaluate(one.iterable, standing)
    if (items.kind === 'list' && items.whole && one.target.kind === 'name' && items.items.length <= MOST_ITEMS) {
      const inside = leaves(one.body) ? perhaps : standing
      for (const item of items.items) {
        state.assign(one.target.name, item, standing)
        this.block(one.body, inside)
      }
    } else {
      for (const name of namesIn(one.target)) state.assign(name, UNKNOWN, standing)
      this.block(one.body, perhaps)
    }
    this.block(one.otherwise, perhaps)
  }
}

const LITERALS = /^(?:None|True|False)$/
/** What raises or exits stops the build. */
const leaves = (body: readonly Statement[], by?: readonly Leaving[]) => body.some(one => isLeft(one, by))
const RETURNS = ['return'] as const

const packageOf = ({ name, isPackage }: ModulePlace) =>
  isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')))

/** `__name__ == '__main__'` */
const isMain = (test: Expression) =>
  test.kind === 'binary' &&
  test.operator === '==' &&
  test.left.kind === 'name' &&
  test.left.name === '__name__' &&
  test.right.kind === 'string' &&
  test.right.value === '__main__'

const isObject = ({ name, star, value }: Argument) =>
  name === undefined && star === '' && value.kind === 'name' && value.name === 'object'

const isMethodKind = (decorator: Expression) =>
  decorator.kind === 'name' && /^(?:static|class)method$/.test(decorator.name)

/** What a method is given before its arguments: the class, the object, or nothing. */
function selfOf({ decorators }: Def, object: Of<Value, 'class' | 'instance'>): readonly Value[] {
  const [decorator] = decorators
  const kind = decorator?.kind === 'name' ? decorator.name : ''
  if (kind === 'staticmethod') return []
  if (kind === 'classmethod') return [{ kind: 'class', of: object.of }]
  return object.kind === 'class' ? [] : [object]
}

/** The default of a parameter, where it is a plain string: `def read(path='README.md')`. */
function defaultOf(header: string, param: string, at: number): Value {
  const [, , value] =
    new RegExp(`[(,]\\s*${param}\\s*(?::[^=,()]{1,50})?=\\s*(['"])([^'"\\\\\\n]*)\\1\\s*[,)]`).exec(
      header.slice(0, LONGEST),
    ) ?? []
  return value === undefined ? UNKNOWN : { kind: 'text', text: value, at }
}

function namesIn(target: Expression): readonly string[] {
  if (target.kind === 'name') return [target.name]
  if (target.kind === 'star') return namesIn(target.value)
  return target.kind === 'tuple' || target.kind === 'list' ? target.items.flatMap(namesIn) : []
}
