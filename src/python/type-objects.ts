/** Expressions of types that older Pythons do not evaluate: `int | None`, `deque[int]`. */

import type { Construct, Expression, Statement } from './tree.js'
import { dottedName } from './walk.js'

type ClassStatement = Extract<Statement, { kind: 'class' }>

/** What the names of a module mean, as far as nothing binds them again. */
export interface TypeNames {
  /** Is it the name that every module finds? */
  isBuiltIn(name: string): boolean
  classOf(name: string): ClassStatement | undefined
  assignedTo(name: string): Expression | undefined
  /** `collections.deque` of an imported name. */
  pathOf(name: string): string | undefined
}

/**
 * What an expression gives: `class` joins with others from Python 3.10 on, but with no text; `typing`, an object of `typing`,
 * with text too.
 */
type TypeObject = 'none' | 'text' | 'class' | 'typing'

export interface TypeExpression {
  readonly one: Expression
  /** Python 3.14 evaluates annotations only when somebody asks for them. */
  readonly inAnnotation: boolean
}

/** May an expression be one that `typeConstructs` knows? */
export const mayBeOfTypes = (one: Expression): boolean =>
  one.kind === 'binary' ? one.operator === '|' : one.kind === 'index' && dottedName(one.of) !== undefined

/** Text without one of these has none but in annotations. */
export const TYPE_OPERATORS = /\||[A-Za-z]\[/

/** The first of each kind, in the order of the expressions. */
export function typeConstructs(all: readonly TypeExpression[], names: TypeNames): readonly Construct[] {
  const objects = new TypeObjects(names)
  const found = new Map<string, Construct>()
  for (const { one, inAnnotation } of all) {
    const [what, since] = objects.needs(one, inAnnotation) ?? []
    if (what === undefined || since === undefined) continue
    const text = inAnnotation ? `${what} in an annotation` : what
    if (!found.has(`${text} ${since}`))
      found.set(`${text} ${since}`, { what: text, at: one.at, since, before: undefined, raises: 'TypeError' })
  }
  return [...found.values()]
}

/** Unions in one another, and names of names. */
const DEEPEST = 50

class TypeObjects {
  readonly #names: TypeNames
  readonly #known = new Map<Expression, TypeObject | undefined>()
  readonly #plain = new Map<ClassStatement, boolean>()
  #depth = 0

  constructor(names: TypeNames) {
    this.#names = names
  }

  /** What an expression does that older Pythons refuse, and the first that does not. */
  needs(one: Expression, inAnnotation: boolean): readonly [what: string, since: number] | undefined {
    if (one.kind === 'index') {
      const name = dottedName(one.of)
      const since = name === undefined ? undefined : this.#indexedSince(name)
      return since === undefined ? undefined : [`\`${name}[…]\``, since]
    }
    if (one.kind !== 'binary' || one.operator !== '|') return undefined
    const [left, right] = [this.#objectOf(one.left), this.#objectOf(one.right)]
    // No Python joins None and None.
    if (left === undefined || right === undefined || (left === 'none' && right === 'none')) return undefined
    const isText = left === 'text' || right === 'text'
    if (!isText || left === 'typing' || right === 'typing') {
      const late = [one.left, one.right].map(side => this.#pathOfCall(side) ?? '').find(path => CLASS_SINCE.has(path))
      return late === undefined
        ? ['the operator `|` between types', 310]
        : [`the operator \`|\` with \`${late}\``, CLASS_SINCE.get(late) ?? 310]
    }
    return inAnnotation ? ['the operator `|` between a string and a type', EVALUATED_LATER] : undefined
  }

  #objectOf(one: Expression): TypeObject | undefined {
    if (this.#known.has(one)) return this.#known.get(one)
    if (this.#depth >= DEEPEST) return undefined
    this.#depth++
    const found = this.#read(one)
    this.#depth--
    this.#known.set(one, found)
    return found
  }

  #read(one: Expression): TypeObject | undefined {
    if (one.kind === 'string') return one.value !== undefined || one.formatted ? 'text' : undefined
    if (one.kind === 'index') {
      const name = dottedName(one.of)
      if (name === undefined) return undefined
      if (this.#indexedSince(name) !== undefined) return 'class'
      const own = this.#names.classOf(name)
      return (own ? this.#isGeneric(own) : /^typing\.[A-Z]/.test(this.#names.pathOf(name) ?? '')) ? 'typing' : undefined
    }
    if (one.kind === 'binary' && one.operator === '|') {
      const sides = [this.#objectOf(one.left), this.#objectOf(one.right)]
      return sides.includes(undefined) ? undefined : sides.includes('typing') ? 'typing' : 'class'
    }
    if (one.kind === 'call') return MAKERS.get(this.#pathOfCall(one.func) ?? '')
    const name = dottedName(one)
    if (name === undefined || name === 'True' || name === 'False') return undefined
    return name === 'None' ? 'none' : this.#named(name)
  }

  #named(name: string): TypeObject | undefined {
    const { isBuiltIn, classOf, assignedTo, pathOf } = this.#names
    if (BUILT_IN_TYPE.test(name)) return isBuiltIn(name) ? 'class' : undefined
    const own = classOf(name)
    if (own) return this.#isPlain(own) ? 'class' : undefined
    const value = assignedTo(name)
    if (value) return this.#objectOf(value)
    const path = pathOf(name) ?? ''
    return /^typing\.[A-Z]/.test(path) ? 'typing' : isPlainTypePath(path) ? 'class' : undefined
  }

  /** From which Python on a class of Python itself takes an index. */
  #indexedSince(name: string): number | undefined {
    if (INDEXED_BUILT_IN.test(name)) return this.#names.isBuiltIn(name) ? 309 : undefined
    return INDEXED.get(this.#names.pathOf(name) ?? '')
  }

  /** Is it a class whose metaclass has no operators? */
  #isPlain(own: ClassStatement): boolean {
    const known = this.#plain.get(own)
    if (known !== undefined) return known
    // One that inherits from itself is none.
    this.#plain.set(own, false)
    if (this.#depth >= DEEPEST) return false
    this.#depth++
    const found =
      own.decorators.every(one => DECORATORS.has(this.#pathOfCall(one.kind === 'call' ? one.func : one) ?? '')) &&
      own.args.every(({ name, star, value }) =>
        star !== ''
          ? false
          : name === 'metaclass'
            ? PLAIN_METACLASS.test(this.#pathOfCall(value) ?? '')
            : name !== undefined || this.#isPlainBase(value),
      )
    this.#depth--
    this.#plain.set(own, found)
    return found
  }

  #isPlainBase(value: Expression): boolean {
    const name = dottedName(value.kind === 'index' ? value.of : value)
    if (name === undefined) return false
    if (EXCEPTION.test(name) && this.#names.isBuiltIn(name)) return true
    const path = this.#names.pathOf(name) ?? ''
    if (PLAIN_BASE.test(path)) return true
    return value.kind === 'index' ? this.#indexedSince(name) !== undefined : this.#named(name) === 'class'
  }

  /** Does `A[int]` give an object of `typing`? */
  #isGeneric(own: ClassStatement): boolean {
    const isOwn = own.body.some(one => one.kind === 'def' && one.name === '__class_getitem__')
    return (
      !isOwn &&
      this.#isPlain(own) &&
      (own.typeParams.length > 0 ||
        own.args.some(
          ({ value }) =>
            value.kind === 'index' &&
            /^typing\.(?:Generic|Protocol)$/.test(this.#names.pathOf(dottedName(value.of) ?? '') ?? ''),
        ))
    )
  }

  #pathOfCall(func: Expression): string | undefined {
    const name = dottedName(func)
    return name === undefined ? undefined : this.#names.pathOf(name)
  }
}

const EVALUATED_LATER = 314

/** Types that are always there, by their names. */
const BUILT_IN_TYPE = /^(?:bool|bytearray|bytes|complex|dict|float|frozenset|int|list|object|range|set|str|tuple|type)$/
const INDEXED_BUILT_IN = /^(?:dict|frozenset|list|set|tuple|type)$/
const EXCEPTION =
  /^(?:[A-Z]\w*(?:Error|Exception|Warning)|Exception|Warning|KeyboardInterrupt|StopIteration|SystemExit)$/

/** Classes of Python that take an index, by the first Python where they do. */
const INDEXED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    309: {
      asyncio: 'Future Queue Task',
      collections: 'ChainMap Counter OrderedDict UserDict UserList defaultdict deque',
      'collections.abc':
        'AsyncGenerator AsyncIterable AsyncIterator Awaitable Callable Collection Container Coroutine Generator ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Reversible Sequence Set ValuesView',
      'concurrent.futures': 'Future',
      contextlib: 'AbstractAsyncContextManager AbstractContextManager',
      ctypes: 'Array',
      dataclasses: 'Field',
      functools: 'cached_property partial partialmethod',
      itertools: 'chain',
      os: 'DirEntry PathLike',
      queue: 'LifoQueue PriorityQueue Queue SimpleQueue',
      re: 'Match Pattern',
      subprocess: 'CompletedProcess Popen',
      tempfile: 'TemporaryDirectory',
      types: 'MappingProxyType',
      weakref: 'WeakKeyDictionary WeakSet WeakValueDictionary ref',
    },
    311: { logging: 'LoggerAdapter StreamHandler' },
    312: { array: 'array' },
  }).flatMap(([since, modules]) =>
    Object.entries(modules).flatMap(([module, classes]) =>
      String(classes)
        .split(' ')
        .map(name => [`${module}.${name}`, Number(since)] as const),
    ),
  ),
)

/** Modules of Python with their classes, and those of NumPy and pandas. */
const PLAIN_TYPE =
  /^(?:collections(?:\.abc)?|pathlib|datetime|decimal|fractions|uuid|types|logging|argparse|threading|asyncio|subprocess|io|re|socket|ipaddress|queue|http\.\w+|concurrent\.futures|email\.message|sqlite3|zipfile|tarfile|multiprocessing|configparser|pandas)\.[A-Z][A-Za-z]*$|^collections\.(?:defaultdict|deque)$|^os\.(?:DirEntry|PathLike)$|^datetime\.(?:date|datetime|time|timedelta|tzinfo|timezone)$|^numpy\.(?:ndarray|dtype)$/
/** It was a function before it became a class. */
const CLASS_SINCE: ReadonlyMap<string, number> = new Map([['threading.Lock', 313]])
/** They look like classes, and are functions. */
const FUNCTION =
  /^threading\.RLock$|^decimal\.\w+Context$|^sqlite3\.\w+FromTicks$|^multiprocessing\.(?:Array|Barrier|BoundedSemaphore|Condition|Event|JoinableQueue|Lock|Manager|Pipe|Pool|Queue|RLock|RawArray|RawValue|Semaphore|SimpleQueue|Value)$/
const isPlainTypePath = (path: string) =>
  PLAIN_TYPE.test(path) && !FUNCTION.test(path) && (!/\.[A-Z]+$/.test(path) || /\.(?:UUID|IO)$/.test(path))

/** Their metaclasses have no operators. */
const PLAIN_BASE =
  /^(?:abc\.ABC|enum\.(?:Enum|IntEnum|StrEnum|Flag|IntFlag)|typing\.(?:Generic|NamedTuple|Protocol|TypedDict|[A-Z][a-z]\w*))$/
const PLAIN_METACLASS = /^(?:abc\.ABCMeta|enum\.Enum(?:Meta|Type))$/
/** They return the class, or another one of the same kind. */
const DECORATORS: ReadonlySet<string> = new Set([
  'attr.attrs',
  'attr.define',
  'attr.frozen',
  'attr.s',
  'attrs.define',
  'attrs.frozen',
  'attrs.mutable',
  'dataclasses.dataclass',
  'enum.unique',
  'functools.total_ordering',
  'typing.final',
  'typing.runtime_checkable',
])
/** What calls return. */
const MAKERS: ReadonlyMap<string, TypeObject> = new Map([
  ['collections.namedtuple', 'class'],
  ['typing.NewType', 'typing'],
  ['typing.TypeVar', 'typing'],
])
