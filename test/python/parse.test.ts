import { describe, expect, it } from 'vitest'
import { parsePython } from '../../src/python/parse.js'
import { cpuSeconds } from '../support/cpu.js'

/** The constructs of a text with the first Python that reads it, or after `<` the first that does not. */
const constructs = (text: string) =>
  parsePython(text).constructs.map(
    ({ what, since, before }) => `${what} ${before === undefined ? since : `<${before}`}`,
  )

const isBroken = (text: string) => parsePython(text).broken !== undefined

describe('constructs that not every Python reads', () => {
  it.each([
    ['match x:\n    case [a, *b] if a := 1:\n        pass\n', ['`match` 310', 'the operator := 308']],
    ['match = 1\nmatch(x)\nmatch[x]: int = 3\nprint(match)\nmatch.group(1)\n', ['an annotation of a variable 306']],
    ['type X[T] = int\n', ['the statement `type` 312', 'type parameters of a type alias 312']],
    ['type = 1\ntype(x)\ntype.x = 2\n', []],
    ['def f[T](a, /, b): ...\n', ['type parameters of a function 312', 'a `/` among the parameters 308']],
    ['class A[T = int](B): ...\n', ['type parameters of a class 312', 'a default of a type parameter 313']],
    ['with (open(a) as b, c as d):\n    pass\n', ['`with` and parentheses around its items 309']],
    ['with (a, b): pass\nwith (a, b).c as d: pass\nwith (a) as b, (c) as d: pass\n', []],
    ['try:\n    a\nexcept* A:\n    b\n', ['`except*` 311']],
    ['try:\n    a\nexcept A, B:\n    b\n', ['`except` with a comma and without parentheses 314']],
    ['try:\n    a\nexcept A, B, C:\n    b\n', ['`except` of several without parentheses 314']],
    ["t'{a}'\n", ['a template string 314']],
    ['f\'{a!r:>{w}} {{ {b["c"]} \\N{DASH}\'\n', ['an f-string 306']],
    ["f'{a['b']}'\n", ['an f-string 306', "the quote ' in a replacement field of an f-string 312"]],
    ["f'''{a['b']} {\n 1 }'''\n", ['an f-string 306']],
    ['f\'{x or ""}\' f"{x or \'\'}"\n', ['an f-string 306']],
    ['x = 0x0_E1 + 0b_1 + 1_0.0_1e1_0\n', ['an underscore in a number 306']],
    ['x: int = 1_000\n', ['an annotation of a variable 306', 'an underscore in a number 306']],
    ['a @ b\n@c\ndef d(): ...\n', ['the operator @ 305']],
    ['@a.b[0]\ndef f(): ...\n', ['a decorator that is no name or call of one 309']],
    ['@a.b(x)[0].c\ndef f(): ...\n', ['a decorator that is no name or call of one 309']],
    ['x[*a]\n', ['an unpacked index 311']],
    ['async def f():\n    await x\n', ['`async` 305', '`await` 305']],
    ['f(async=True)\n', ['the name `async` <307']],
    ["print 'a'\n", ['the statement `print` <300']],
    ['print x % y,\n', ['the statement `print` <300']],
    ['print(a)\nprint\nprint -1\nprint = 2\nx = print if y else z\n', []],
    ['exec code in names\n', ['the statement `exec` <300']],
    ['x = `a`\n', ['backticks <300']],
    ['a <> b\n', ['the operator <> <300']],
    ["ur'x'\n", ["a string with the prefix ur'' <300"]],
    ['x = 0777\n', ['an octal number that begins with 0 alone <300']],
    ['x = 00 + 0o7 + 0.5 + 09.5\n', []],
    ['x = 10L\n', ['a number with L <300']],
    ["raise A, 'b'\n", ['`raise` with a comma <300']],
    ['def f(a, (b, c)): pass\n', ['a tuple among the parameters <300']],
    ['if x:\n\ta\n        b\n', ['tabs and spaces mixed in the indentation <300']],
  ])('%j', (text, expected) => {
    expect(constructs(text)).toEqual(expected)
    expect(isBroken(text)).toBe(false)
  })
})

describe('what is nested', () => {
  const inside = (count: number, line: string, last = 'pass') =>
    `${Array.from({ length: count }, (_, i) => ' '.repeat(i) + line).join('\n')}\n${' '.repeat(count)}${last}\n`

  it.each([
    ['elif', `if x: pass\n${'elif x: pass\n'.repeat(5000)}`],
    ['not', `x = ${'not '.repeat(5000)}1\n`],
    ['signs', `x = ${'-'.repeat(5000)}y\n`],
    ['**', `x = ${'y ** -'.repeat(5000)}y\n`],
    ['conditional expressions', `x = ${'1 if y else '.repeat(5000)}1\n`],
    ['lambdas', `x = ${'lambda: '.repeat(600)}1\n`],
    ['brackets', `x = ${'('.repeat(200)}1${')'.repeat(200)}\n`],
    ['indentation', inside(99, 'if x:')],
  ])('is read as far as Python reads it: %s', (_, text) => {
    expect(parsePython(text)).toMatchObject({ constructs: [], broken: undefined, unread: undefined })
  })

  it('is not read past that, and called invalid only where no Python reads it', () => {
    expect(isBroken(`x = ${'('.repeat(201)}1${')'.repeat(201)}\n`)).toBe(true)
    expect(isBroken(inside(100, 'if x:'))).toBe(true)
    const { broken, unread } = parsePython(`y = 1\nx = ${'lambda: '.repeat(2000)}1\nelse\n`)
    expect([broken, unread]).toEqual([undefined, 6])
    expect(constructs(inside(20, 'for x in y:'))).toEqual([])
    expect(constructs(inside(21, 'for x in y:'))).toEqual(['more than 20 loops, `with` and `try` in one another 313'])
  })
})

describe('text that is no Python', () => {
  it('is one broken statement, and reading goes on', () => {
    const { body, broken } = parsePython('a = 1\nb = = 2\nimport c\n{% if x %}\ndef f(:\n    import d\nimport e\n')
    expect(broken).toBe(6)
    expect(body.map(({ kind }) => kind)).toEqual(['assign', 'broken', 'import', 'broken', 'broken', 'import'])
  })

  it('does not swallow the file where a bracket stays open', () => {
    expect(parsePython('x = dict(\nimport a\ndef f(): ...\n').body.map(({ kind }) => kind)).toEqual([
      'broken',
      'import',
      'def',
    ])
  })

  it.each([
    ["'a\n"],
    ['"""a\n'],
    ['x = (\n'],
    ['if x:\n'],
    ['  x\n'],
    ['if a:\n        b\n    c\n'],
    ['a b\n'],
    ['f(\n<<<<<<< HEAD\n)\n'],
  ])('%j', text => expect(isBroken(text)).toBe(true))

  it('is read in linear time', async () => {
    for (const piece of [
      '(',
      '[',
      'f"{',
      "f'{x:{",
      '# = ',
      '\\\n',
      'not ',
      '-',
      'a.',
      'a if b else ',
      'lambda: ',
      'x = ',
      'if a:\n ',
      '@',
      '"',
      'match (',
      'match x:\n',
      'f(a\n#\n',
      '*',
      'a,',
      '{**',
      'await ',
      'print a ',
      'type x',
      'with (',
      'else:\n',
      'elif a:\n',
    ]) {
      const text = piece.repeat(50_000 / piece.length)
      expect(await cpuSeconds(2, () => parsePython(text)), piece).toBeLessThan(2)
    }
  })
})

it('reads strings as they mean', () => {
  const meaning = (text: string) => {
    const [statement] = parsePython(text).body
    return statement?.kind === 'expression' && statement.value.kind === 'string' ? statement.value.value : 'none'
  }
  expect(meaning("'a' \"b\" r'\\n' '''c\n'''\n")).toBe('ab\\nc\n')
  expect(meaning("'\\x41\\u00e9\\n\\'\\\n'\n")).toBe("Aé\n'")
  expect(meaning("f'{a}'\n")).toBeUndefined()
  expect(meaning("b'a'\n")).toBeUndefined()
})

describe('what a grammar reads and no compiler takes', () => {
  const broken = (text: string) => parsePython(text).broken

  it.each([
    'return 1\n',
    'class A:\n    return 1\n',
    'break\n',
    'for x in y:\n    def f():\n        continue\n',
    'yield 1\n',
    'nonlocal x\n',
    'del f()\n',
    'def f(a, a): ...\n',
    'def f(a=1, b): ...\n',
    'f(a=1, 2)\n',
    'x = “y”\n',
    'x\u200b = 1\n',
  ])('%j', text => expect(broken(text)).toBeDefined())

  it.each([
    'def f():\n    for x in y:\n        if x: continue\n        else: break\n    return 1\n',
    'f = lambda: (yield)\n',
    'def f(x):\n    class A:\n        def g(self):\n            nonlocal x\n',
    'del a, b[0], (c.d, [e])\n',
    'def f(a=1, *, b, **c): ...\n',
    'def f(a=1, *b, c): ...\n',
    'f(a=1, *b, **c)\n',
    'größe = 变量 = π\n',
  ])('%j is none', text => expect(broken(text)).toBeUndefined())
})
