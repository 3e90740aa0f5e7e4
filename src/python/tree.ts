/** The statements and expressions of Python text, as the parser gives them. `at` is where one begins in the text. */

export type Expression =
  | Name
  | Literal
  | { readonly kind: 'number'; readonly at: number; readonly text: string }
  | { readonly kind: 'attribute'; readonly at: number; readonly of: Expression; readonly name: string }
  | Call
  | { readonly kind: 'index'; readonly at: number; readonly of: Expression; readonly index: Expression }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly at: number; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly at: number; readonly items: readonly DictItem[] }
  | {
      readonly kind: 'binary'
      readonly at: number
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'unary'; readonly at: number; readonly operator: string; readonly value: Expression }
  | {
      readonly kind: 'conditional'
      readonly at: number
      readonly test: Expression
      readonly then: Expression
      readonly otherwise: Expression
    }
  | { readonly kind: 'walrus'; readonly at: number; readonly target: Name; readonly value: Expression }
  | { readonly kind: 'star'; readonly at: number; readonly value: Expression }
  | {
      readonly kind: 'lambda'
      readonly at: number
      readonly params: readonly string[]
      readonly stars: readonly string[]
      readonly defaults: readonly Expression[]
      /** Default values, then what it returns. */
      readonly parts: readonly Expression[]
      /** Parameters that every call must give. */
      readonly required: readonly string[]
    }
  | {
      readonly kind: 'comprehension'
      readonly at: number
      readonly of: Expression
      readonly targets: readonly Expression[]
      readonly parts: readonly Expression[]
    }
  /** `await`, `yield`, a slice, backticks: only their parts count. */
  | { readonly kind: 'other'; readonly at: number; readonly parts: readonly Expression[] }

interface Name {
  readonly kind: 'name'
  readonly at: number
  readonly name: string
}

/** A string, or several that stand side by side. */
export interface Literal {
  readonly kind: 'string'
  readonly at: number
  readonly end: number
  /** What it means; undefined for one with replacement fields, which only running tells, and for bytes. */
  readonly value: string | undefined
  readonly formatted: boolean
  /** Where the expressions in the replacement fields of f-strings begin and end: `fieldsOf` reads them. */
  readonly fields: readonly Field[]
}

export type Field = readonly [from: number, end: number]

interface DictItem {
  /** Absent in `**more`. */
  readonly key: Expression | undefined
  readonly value: Expression
}

export interface Argument {
  /** Of a keyword argument. */
  readonly name: string | undefined
  readonly star: '' | '*' | '**'
  readonly value: Expression
}

export interface Call {
  readonly kind: 'call'
  readonly at: number
  readonly func: Expression
  readonly args: readonly Argument[]
}

/** `import a.b as c`: module `a.b`, name `a` (or `c`). */
export interface Alias {
  readonly at: number
  readonly name: string
  readonly as: string | undefined
}

export type Statement =
  | { readonly kind: 'import'; readonly at: number; readonly names: readonly Alias[] }
  | {
      readonly kind: 'from'
      readonly at: number
      /** Without the dots it begins with: '' in `from . import x`. */
      readonly module: string
      readonly level: number
      /** `*` too. */
      readonly names: readonly Alias[]
    }
  | {
      readonly kind: 'def'
      readonly at: number
      readonly name: string
      /** `def a[T]`: names for its annotations and its body. */
      readonly typeParams: readonly string[]
      readonly decorators: readonly Expression[]
      readonly params: readonly string[]
      /** `*args` and `**more`. */
      readonly stars: readonly string[]
      /** Those that every call must give. */
      readonly required: readonly string[]
      /** Default values and annotations: they run with the statement, annotations not for every Python. */
      readonly parts: readonly Expression[]
      readonly defaults: readonly Expression[]
      readonly annotations: readonly Expression[]
      readonly body: readonly Statement[]
      /** A call runs none of its body: a generator, a coroutine. */
      readonly isDeferred: boolean
    }
  | {
      readonly kind: 'class'
      readonly at: number
      readonly name: string
      /** `class A[T]`: names for what is in parentheses and in the body. */
      readonly typeParams: readonly string[]
      readonly decorators: readonly Expression[]
      readonly args: readonly Argument[]
      readonly body: readonly Statement[]
    }
  | {
      readonly kind: 'if' | 'while'
      readonly at: number
      readonly test: Expression
      readonly body: readonly Statement[]
      /** `elif` is an `if` of its own in here. */
      readonly otherwise: readonly Statement[]
    }
  | {
      readonly kind: 'for'
      readonly at: number
      readonly target: Expression
      readonly iterable: Expression
      readonly body: readonly Statement[]
      readonly otherwise: readonly Statement[]
    }
  | {
      readonly kind: 'try'
      readonly at: number
      readonly body: readonly Statement[]
      readonly handlers: readonly Handler[]
      readonly otherwise: readonly Statement[]
      readonly last: readonly Statement[]
    }
  | {
      readonly kind: 'with'
      readonly at: number
      readonly items: readonly { readonly value: Expression; readonly target: Expression | undefined }[]
      readonly body: readonly Statement[]
    }
  | {
      readonly kind: 'match'
      readonly at: number
      readonly subject: Expression
      readonly cases: readonly { readonly names: readonly string[]; readonly body: readonly Statement[] }[]
      /** The last case takes all: `case _`. */
      readonly takesAll: boolean
    }
  | {
      readonly kind: 'assign'
      readonly at: number
      readonly targets: readonly Expression[]
      /** `=`, or that of an augmented assignment. */
      readonly operator: string
      /** Absent where there is only an annotation. */
      readonly value: Expression | undefined
      /** `x: int`. */
      readonly annotation: Expression | undefined
    }
  | { readonly kind: 'expression'; readonly at: number; readonly value: Expression }
  | { readonly kind: 'raise' | 'return'; readonly at: number; readonly value: Expression | undefined }
  | { readonly kind: 'global' | 'nonlocal'; readonly at: number; readonly names: readonly string[] }
  | { readonly kind: 'delete'; readonly at: number; readonly targets: readonly Expression[] }
  | { readonly kind: 'type'; readonly at: number; readonly name: string }
  | { readonly kind: 'break' | 'continue'; readonly at: number }
  /** `pass`, `assert`, and `print` and `exec` of Python 2. */
  | { readonly kind: 'other'; readonly at: number; readonly parts: readonly Expression[] }
  /** What no grammar reads; the block behind its header, where there is one. */
  | { readonly kind: 'broken'; readonly at: number; readonly body: readonly Statement[] }

export interface Handler {
  readonly at: number
  /** Absent in a bare `except:`. */
  readonly type: Expression | undefined
  readonly name: string | undefined
  readonly body: readonly Statement[]
}

/** A construct that not every Python reads. */
export interface Construct {
  readonly what: string
  readonly at: number
  /** The first Python that reads it, as its minor: 3.8 is 308. */
  readonly since: number
  /** The first one that reads it no more. */
  readonly before: number | undefined
  /** Python reads it all the same, and fails where it runs. */
  readonly isLate?: boolean
  /** What an import of the module raises; by default a SyntaxError. */
  readonly raises?: string
}

export interface Tree {
  readonly body: readonly Statement[]
  /** The first of each kind, in the order of the text; of those that are late, more. */
  readonly constructs: readonly Construct[]
  /** Where the first text stands that no grammar reads. */
  readonly broken: number | undefined
  /** Where the first statement begins that is nested too deeply to be read here: what follows is not known. */
  readonly unread: number | undefined
}
