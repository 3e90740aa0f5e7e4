import { describe, expect, it } from 'vitest'
import { readModule } from '../../src/python/module.js'
import { cpuSeconds } from '../support/cpu.js'

/** `kind dots module: names`, one line an import. */
const read = (text: string) =>
  readModule(text).imports.map(
    ({ kind, level, module, names }) =>
      `${kind} ${'.'.repeat(level)}${module}${names.length > 0 ? `: ${names.join(' ')}` : ''}`,
  )

describe('imports of Python files', () => {
  it('are read in every form', () => {
    expect(
      read(
        'import a.b as c, d; import e\nfrom . import x as y, z\nfrom ..p.q import (  # these\n    one,\n    two as three,\n)\nfrom m import \\\n    n\nfrom w import *\nif x: import f\n',
      ),
    ).toEqual([
      'eager a.b',
      'eager d',
      'eager e',
      'eager .: x z',
      'eager ..p.q: one two',
      'eager m: n',
      'eager w: *',
      'eager f',
    ])
  })

  it('are guarded by what catches their failure', () => {
    const guarded = (clause: string, body = 'x = None') => read(`try:\n    import x\n${clause}\n    ${body}\n`)
    for (const clause of [
      'except ImportError:',
      'except (ImportError, AttributeError) as error:',
      'except ModuleNotFoundError:',
      'except Exception:',
      'except:',
    ])
      expect(guarded(clause), clause).toEqual(['try x'])
    for (const clause of ['except KeyError:', 'except OSError:']) expect(guarded(clause), clause).toEqual(['eager x'])
    expect(guarded('finally:')).toEqual(['eager x'])
    expect(read('try: import x\nexcept ImportError: x = None\n')).toEqual(['try x'])
    expect(read('with contextlib.suppress(ImportError):\n    import x\n')).toEqual(['try x'])
    expect(
      read('try:\n    pass\nexcept ValueError:\n    pass\nexcept ImportError:\n    import y\nelse:\n    import z\n'),
    ).toEqual(['eager y', 'eager z'])
  })

  it('are not guarded where the failure is raised again', () => {
    expect(read('try:\n    import x\nexcept ImportError as e:\n    raise ImportError("no x") from e\n')).toEqual([
      'eager x',
    ])
    expect(read('try:\n    import x\nexcept ImportError as e:\n    if strict:\n        raise\n')).toEqual(['try x'])
  })

  it('of functions are lazy, and those for type checkers apart', () => {
    expect(
      read(
        'def f(\n    a,\n):\n    import x\n    try:\n        import y\n    except ImportError:\n        pass\nclass C:\n    import z\n    async def g(self):\n\timport t\nimport u\n',
      ),
    ).toEqual(['lazy x', 'try y', 'eager z', 'lazy t', 'eager u'])
    expect(read('try:\n    def f():\n        import x\nexcept ImportError:\n    pass\n')).toEqual(['lazy x'])
    expect(read('if typing.TYPE_CHECKING:\n    import x\nelse:\n    import y\n')).toEqual(['typing x', 'eager y'])
    expect(read('if __name__ == "__main__":\n    import x\n')).toEqual(['lazy x'])
  })

  it('in strings and comments are none', () => {
    expect(
      read('"""\nimport a\n"""\n# import b\nx = \'it\\\'s; import c\'\ny = """ \\""" import d"""\nimport e\n'),
    ).toEqual(['eager e'])
  })

  it('by call count too', () => {
    expect(read('import_module("a.b")\ndef f():\n    return importlib.import_module(".c", __package__)\n')).toEqual([
      'eager a.b',
      'lazy .c',
    ])
  })

  it('are read in linear time', async () => {
    const hostile = [
      '"',
      '"'.repeat(3),
      '(',
      'from .',
      'from . ',
      '.',
      '\\',
      'with suppress(',
      ': from a',
      '\timport ',
      '\0',
      '  ',
    ]
    for (const text of hostile) {
      const long = text.repeat(250_000 / text.length)
      expect(await cpuSeconds(2, () => readModule(long)), text).toBeLessThan(2)
    }
  })
})

describe('values that nobody can call', () => {
  it('are told of a few operators, and of no chain without an end', () => {
    expect(readModule('main = 1 + 2 * -3\n').uncallable.get('main')).toBe('a number')
    expect(readModule(`main = ${'1 + '.repeat(20_000)}1\n`).uncallable.get('main')).toBeUndefined()
  })
})

describe('names of Python files', () => {
  const all = (text: string) => {
    const found = readModule(text).all
    return found && (found.names ? [...found.names] : 'unknown')
  }

  it('are those of __all__ where that is made of literals alone', () => {
    expect(all('x = 1\n')).toBeUndefined()
    expect(all("__all__ = ['a', 'b']\n__all__ += ('c',)\n")).toEqual(['a', 'b', 'c'])
    expect(all('__all__ = []\n')).toEqual([])
    for (const text of [
      '__all__ = other.__all__\n',
      "__all__ = ['a'] + more\n",
      "__all__ = ['a']\n__all__.append(name)\n",
      "__all__ = ['a', name]\n",
      "if x:\n    __all__ = ['a']\n",
      "__all__ = ['a']\n__all__ = ['b']\n",
    ])
      expect(all(text), text).toBe('unknown')
  })

  it('leave out what is deleted or only annotated', () => {
    const names = (text: string) => [...readModule(text).names.keys()]
    expect(names('a = 1\ndel a\nb: int\nc: int = 2\n')).toEqual(['c'])
    expect(names('a = 1\nif x:\n    del a\n')).toEqual(['a'])
    expect(names('a = 1\ndel a\na = 2\n')).toEqual(['a'])
  })
})

describe('imports that run for certain', () => {
  /** `module`, behind `?` where it may not run, behind `|` where it runs if others fail. */
  const certain = (text: string) =>
    readModule(text).imports.map(
      ({ module, reached, isCaught }) =>
        `${reached === false || isCaught ? '?' : reached === true ? '' : '|'}${module}`,
    )

  it('may fail where the last block is left', () => {
    expect(certain('def f():\n    try:\n        import x\n    finally:\n        return\nf()\n')).toEqual(['?x'])
    expect(certain('for _ in [1]:\n    try:\n        import x\n    finally:\n        break\n')).toEqual(['?x'])
    expect(certain('try:\n    import x\nfinally:\n    for _ in y:\n        break\n')).toEqual(['x'])
  })

  it('are those of each branch of an if that has an else', () => {
    const branches = (text: string) => {
      const { imports, alternatives } = readModule(text)
      return alternatives.map(all => all.map(branch => branch.map(index => imports[index]?.module)))
    }
    expect(branches('if a:\n    import x\nelif b:\n    from y import z\nelse:\n    import v, w\n')).toEqual([
      [['x'], ['y'], ['v', 'w']],
    ])
    for (const text of [
      'if a:\n    import x\n',
      'if a:\n    import x\nelse:\n    pass\n',
      'if a:\n    import x\nelse:\n    try:\n        import y\n    except ImportError:\n        pass\n',
      'def f():\n    if a:\n        import x\n    else:\n        import y\n',
      'try:\n    if a:\n        import x\n    else:\n        import y\nexcept ImportError:\n    pass\n',
    ])
      expect(branches(text), text).toEqual([])
  })

  it('are those behind a try that cannot fail', () => {
    expect(certain('try:\n    import json\nexcept ImportError:\n    pass\nelse:\n    import x\n')).toEqual([
      '?json',
      'x',
    ])
    expect(certain('try:\n    import numpy\nexcept ImportError:\n    pass\nelse:\n    import x\n')).toEqual([
      '?numpy',
      '?x',
    ])
  })

  it('are those of functions that the module calls', () => {
    const inner = 'def f(a=None):\n    import x\n'
    expect(certain(`${inner}f()\n`)).toEqual(['x'])
    expect(certain(`${inner}y = [1, {'k': f()}]\n`)).toEqual(['x'])
    expect(certain(`${inner}def g():\n    return f()\ng()\n`)).toEqual(['x'])
    expect(certain(`${inner}@f\ndef g(): ...\n`)).toEqual(['x'])
    expect(certain('class C:\n    def __init__(self):\n        import x\nc = C()\n')).toEqual(['x'])
    for (const text of [
      inner,
      `${inner}y = lambda: f()\n`,
      `${inner}y = None and f()\n`,
      `${inner}y = [f() for z in a]\n`,
      `${inner}if y:\n    f()\n`,
      `${inner}try:\n    f()\nexcept ImportError: ...\n`,
      `${inner}f = print\nf()\n`,
      `@later\n${inner}f()\n`,
      `async ${inner}f()\n`,
      `${inner}    yield x\nf()\n`,
      'def f(a=None):\n    if a: return\n    import x\nf(b)\n',
      'def f():\n    for a in ():\n        import x\nf()\n',
      'class C(B):\n    def __init__(self):\n        import x\nc = C()\n',
    ])
      expect(certain(text), text).toEqual(['?x'])
  })

  it('are not those behind what ends the module on every branch', () => {
    const stop = 'import sys\nparser = argparse.ArgumentParser()\ndef stop():\n    print()\n    sys.exit()\n'
    for (const text of [
      'raise SystemExit',
      'stop()',
      'if a:\n    stop()\nelif b:\n    raise SystemExit\nelse:\n    sys.exit()',
      'try:\n    a()\nfinally:\n    stop()',
      'try:\n    sys.exit()\nexcept ValueError:\n    pass',
      'while True:\n    a()',
      'while 1:\n    for a in b:\n        break',
      'match a:\n    case 1:\n        stop()\n    case _:\n        raise SystemExit',
      'for a in (1,):\n    stop()',
      'for a in b:\n    pass\nelse:\n    stop()',
      'with open(a):\n    stop()',
      'parser.parse_args(["--help"])',
      'args = parser.parse_args(args=["a", "--version"])',
      'parser.error("a")',
      'from sys import exit as bye\nbye()',
      'import os\nos.kill(os.getpid(), 9)',
    ]) {
      expect(certain(`${stop}${text}\nimport x\n`).at(-1), text).toBe('?x')
      const inner = `def f():\n${text.replace(/^/gm, '    ')}\n    import x\nf()\n`
      expect(certain(`${stop}${inner}`).at(-1), inner).toBe('?x')
      expect(readModule(`${stop}${text}\ngone\n`).undefinedName?.name, text).not.toBe('gone')
    }
    expect(certain('import sys\nbye = sys.exit\nbye()\nimport x\n').at(-1)).toBe('?x')
    for (const text of [
      'if a:\n    stop()',
      'try:\n    sys.exit()\nexcept SystemExit:\n    pass',
      'try:\n    raise ValueError\nexcept ValueError:\n    pass',
      'while True:\n    break',
      'match a:\n    case 1:\n        stop()',
      'for a in b:\n    stop()',
      'for a in (1,):\n    break\n    stop()',
      'with suppress(SystemExit):\n    stop()',
      'parser.parse_args()',
      'log.error("a")',
      'a and stop()',
    ])
      expect(certain(`${stop}${text}\nimport x\n`).at(-1), text).toBe('x')
  })

  it('are those of a handler, where the import before fails', () => {
    expect(certain('try:\n    import x\nexcept ImportError:\n    import y\n')).toEqual(['?x', '|y'])
    expect(certain('try:\n    import x\nexcept KeyError:\n    import y\n')).toEqual(['x', '?y'])
    expect(certain('try:\n    x()\nexcept ImportError:\n    import y\n')).toEqual(['?y'])
    expect(
      certain(
        'try:\n    import x\nexcept ImportError:\n    try:\n        import y\n    except ImportError:\n        import z\n',
      ),
    ).toEqual(['?x', '?y', '|z'])
  })

  it('are not those that a test keeps from Python 3', () => {
    const under = (test: string) => certain(`${test}:\n    import x\nelse:\n    import y\n`)
    for (const test of [
      'if sys.version_info[0] == 2',
      'if sys.version_info < (3,)',
      'if sys.version_info.major < 3',
      'if six.PY2',
      'from typing import TYPE_CHECKING as TC\nif TC',
      'if t.TYPE_CHECKING and x',
      'PY3 = sys.version_info[0] >= 3\nif not PY3',
      'if False',
    ])
      expect(under(test).slice(-2), test).toEqual(['?x', 'y'])
    expect(under('if a()')).toEqual(['?x', '?y'])
    expect(under('X = False\nX = a()\nif X')).toEqual(['?x', '?y'])
    expect(readModule('if sys.version_info >= (3, 8):\n    import x\nelse:\n    import y\n').imports).toMatchObject([
      { pythons: [8, Number.POSITIVE_INFINITY], unguarded: false },
      { pythons: [0, 8], unguarded: false },
    ])
  })
})

it('has any number of items in one place', () => {
  // So many arguments of one call do not fit on the stack.
  const many = 130_000
  for (const text of [`x = [${'1,'.repeat(many)}]\n`, `f(${'1,'.repeat(many)})\n`, `x = {${'1:1,'.repeat(many)}}\n`])
    expect(readModule(`${text}import y\n`).imports).toMatchObject([{ module: 'y', unguarded: true }])
})

it('tells of annotations only what is certain to be evaluated, and to be built in', () => {
  const raising = (text: string) => readModule(text).constructs.filter(({ raises }) => raises).length
  expect(raising('def f(x: int | None): ...\n')).toBe(1)
  for (const text of [
    'def f(x: list[int] if a else b): ...',
    'def f(x: (lambda: list[int])): ...',
    'def f(x: 0 and list[int]): ...',
    'def f(x: (list[int] for _ in a)): ...',
    'from .a import Null\ndef f(x: int | Null): ...',
    'class A:\n    a = list = List\n    x: list[int]',
    'vars()["list"] = List\nx: list[int] = []',
    'with suppress(TypeError):\n    x: list[int] = []',
  ])
    expect(raising(`${text}\n`)).toBe(0)
})

it('tells of types that older Pythons do not join, of its own and of Python, and of no others', () => {
  const joins = (text: string) => readModule(text).constructs.some(({ what }) => what.includes('between types'))
  expect(joins('from pathlib import Path\nx: Path | None = None\n')).toBe(true)
  expect(joins('import datetime\ndef f(a: datetime.date | None): ...\n')).toBe(true)
  expect(joins('class A: ...\ndef f(a: A | None): ...\n')).toBe(true)
  expect(joins('from typing import List\nx: List[int] | None\n')).toBe(true)
  expect(joins('from re import I, M\nx: I | M\n')).toBe(false)
  expect(joins('from other import Path\nx: Path | None = None\n')).toBe(false)
  expect(joins('class A(metaclass=Meta): ...\nx: A | None\n')).toBe(false)
  expect(joins('from pathlib import Path\ndef f():\n    global Path\n    Path = 1\nf()\nx: Path | None = None\n')).toBe(
    false,
  )
})

it('claims nothing behind what may end the program unseen', () => {
  const reached = (text: string) => readModule(`import sys\n${text}\nfrom . import a\n`).imports.at(-1)?.reached
  const ending = (method: string, use: string) => `class A:\n    def ${method}: sys.exit()\n${use}`
  for (const text of [
    'x = sys.exit() if sys.version_info > (3,) else 0',
    'from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 0\n    def __post_init__(self): sys.exit()\nA()',
    'class M(type):\n    def __new__(m, n, b, d): sys.exit()\nclass A(metaclass=M): ...',
    'class A:\n    x = property(print)\n    @x.setter\n    def x(self, v): sys.exit()\nA().x = 2',
    ending('__setattr__(self, k, v)', 'A().x = 2'),
    ending('__contains__(self, k)', '1 in A()'),
    ending('__radd__(self, o)', '1 + A()'),
    ending('__hash__(self)', 'x = {A(): 1}'),
    ending('__get__(self, o, t)', 'class B:\n    x = A()\nB().x'),
    'class E(Enum):\n    @classmethod\n    def _missing_(cls, v): sys.exit()\nE(3)',
    'def g():\n    yield "a"\n    sys.exit()\n"".join(g())',
    'def g():\n    yield "a"\n    sys.exit()\nx = dict(zip(g(), g()))',
    'def g():\n    yield "a"\n    sys.exit()\na, = g()',
    'import asyncio\nasync def f(): sys.exit()\nasync def g(): await asyncio.gather(f())\nasyncio.run(g())',
    'def k(x): sys.exit()\nsorted([1], key=k)',
    'def k(x): sys.exit()\n[1].sort(key=k)',
    'import re\ndef k(x): sys.exit()\nre.sub("a", k, "a")',
    'x = {k: sys.exit for k in "a"}\nx["a"]()',
    'x = dict(zip(["a"], [sys.exit]))\nx["a"]()',
    'class B:\n    def go(self): ...\nclass M(B):\n    def go(self): super().go()\nclass N(B):\n    def go(self): sys.exit()\nclass C(M, N): ...\nC().go()',
    'import contextlib\nwith contextlib.ExitStack() as s:\n    s.callback(sys.exit, 0)',
    'match 2:\n    case 2: sys.exit()\n    case _: pass',
  ])
    expect(reached(text), text).toBe(false)
  for (const text of [
    'def k(x): return -x\ndef main(): sys.exit()\nsorted([1], key=k)',
    ending('__setattr__(self, k, v)', ''),
    'class A:\n    def __setattr__(self, k, v): raise AttributeError(k)\nA()\ndef main(): sys.exit()',
    'class A:\n    def __hash__(self):\n        if self.x: sys.exit()\nA()',
    'class A:\n    def __call__(self): sys.exit()\nmain = A()',
    '@click.command()\ndef main(): sys.exit()',
    'parser.set_defaults(func=sys.exit)',
    'import atexit\natexit.register(sys.exit)',
  ])
    expect(reached(text), text).toBe(true)
})

it('looks for methods in classes of any number and depth', () => {
  const bases = (count: number) => Array.from({ length: count }, (_, i) => `B${i}`).join(', ')
  const wide = `${Array.from({ length: 3000 }, (_, i) => `class B${i}: ...\n`).join('')}class A(${bases(3000)}): ...\nclass B(${bases(2999)}, A): ...\nA().go()\nB().go()\n`
  const level = (i: number) => ['A', 'B', 'C'].map(one => `class ${one}${i + 1}(A${i}, B${i}, C${i}): ...\n`).join('')
  const deep = `class A0: ...\nclass B0: ...\nclass C0: ...\n${Array.from({ length: 400 }, (_, i) => level(i)).join('')}A400().go()\n`
  for (const text of [wide, deep]) expect(readModule(`${text}import y\n`).imports).toMatchObject([{ module: 'y' }])
})

it('reads nested loops in no more rounds than a few', () => {
  const nested = (word: string) =>
    `${Array.from({ length: 60 }, (_, i) => `${' '.repeat(i)}${word}:\n`).join('')}${' '.repeat(60)}x()\n`
  for (const word of ['for a in b', 'while a', 'for a in [1, 2]', 'async for a in b'])
    expect(readModule(`${nested(word)}import y\n`).imports).toMatchObject([{ module: 'y' }])
})

it('follows functions in one another only so far, claims nothing past it, and follows names to their end', () => {
  const calls = (count: number) =>
    `${Array.from({ length: count }, (_, i) => `def f${i}(): f${i + 1}()\n`).join('')}def f${count}(): sys.exit()\n`
  const reached = (text: string) => readModule(`${text}from . import a\n`).imports.at(-1)?.reached
  expect(reached(`import sys\n${calls(3000)}f0()\n`)).toBe(false)
  const aliases = Array.from({ length: 3000 }, (_, i) => `f${i + 1} = f${i}\n`).join('')
  const partials = aliases.replace(/= (f\d+)/g, '= partial($1)')
  expect(reached(`from functools import partial\nfrom sys import exit as f0\n${partials}f3000()\n`)).toBe(false)
  expect(reached(`f0 = print\n${aliases}f3000()\n`)).toBe(true)
})
