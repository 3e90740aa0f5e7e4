import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Homes } from '../../src/homes.js'
import { quote, rule } from '../../src/rule.js'
import { pythonList, wheelPythons } from '../../src/views/wheel-pythons.js'
import { syntaxFindings } from './_syntax.js'

/** Does the build compile modules with a compiler that reads more than the Python which runs them? Cython and mypyc do. */
const compilesPython = (dist: Wheel | Sdist): boolean =>
  dist.kind === 'sdist' &&
  ['setup.py', 'setup.cfg', 'pyproject.toml', 'build.py', 'meson.build'].some(name => {
    const path = `${dist.top}/${name}`
    const text = dist.texts.get(path)?.text ?? dist.python.get(path)?.text ?? ''
    return /\b(?:mypyc|mypycify|nuitka)\b/i.test(text) || (/\bcython/i.test(text) && /\.py['"]/.test(text))
  })

/** Few people still run older Python versions. */
const IN_USE = 8
/** Those before ended by 2020. */
const ENDED = 6

export default rule({
  id: 'syntax-too-new',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'The Python Language Reference, "Full Grammar specification"',
  url: 'https://docs.python.org/3/reference/grammar.html',
  summary: 'A module uses syntax that is too new for a Python version that Requires-Python allows.',
  why: 'Installers install the release on that Python, and importing it raises a SyntaxError, or a TypeError where Python reads it.',
  fix: project => `Raise the lower bound of ${project.key('Requires-Python')}, or write it in an older way.`,
  byHand: 'The code has to be changed, or support for a Python version dropped.',
  precision: 'high',
  needs: ['python-imports'],
  inCode: true,
  bad: [
    {
      sdist: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: { '{top}/src/demo/__init__.py': 'match 1:\n    case 1:\n        x = 1\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.8' },
        files: { 'demo/__init__.py': 'def f(x):\n    match x:\n        case 1:\n            return f"{x}"\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: { 'demo/__init__.py': 'def limit(most: int | None = None): ...\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.8' },
        files: { 'demo/__init__.py': 'from collections import deque\n\nQueue = deque[int]\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.13' },
        files: { 'demo/__init__.py': 'def parent(of: "Node" | None): ...\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: { 'demo/extra.py': 'name = "x"\ntext = f"{name + "y"}"\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.4' },
        files: { 'demo/__init__.py': 'name = "x"\ntext = f"{name}"\n' },
      },
    },
  ],
  good: [
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: {
          'demo/__init__.py': 'from __future__ import annotations\n\n\ndef limit(most: int | None = None): ...\n',
          'demo/own.py':
            'class Joined(type):\n    def __or__(cls, other): return cls\n\n\nclass One(metaclass=Joined): ...\n\n\nTwo = One | None\n',
          'demo/types.py': 'def later():\n    most: int | None = 1\n    return most\n',
          'demo/flags.py':
            'from re import ASCII, VERBOSE\n\n\ndef limit(most: "int | None", flags=ASCII | VERBOSE): ...\n',
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.10' },
        files: { 'demo/__init__.py': 'def f(x):\n    match x:\n        case 1:\n            return f"{x}"\n' },
      },
    },
    {
      wheel: {
        filename: 'demo-1.0-py310-none-any.whl',
        metadata: { 'Requires-Python': '>=3.8' },
        files: { 'demo/__init__.py': 'match = 1\n\n\ndef f(x):\n    match x:\n        case 1: ...\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.8' },
        files: {
          'demo/__init__.py': 'import sys\n\nif sys.version_info >= (3, 10):\n    from ._match import f\n',
          'demo/_match.py': 'def f(x):\n    match x:\n        case 1: ...\n',
        },
      },
    },
  ],
  *check(wheel) {
    const field = wheel.metadata?.first('Requires-Python')
    if (!field || compilesPython(wheel)) return
    const pythons = wheelPythons(wheel)
    yield* syntaxFindings(
      wheel,
      construct => {
        const lacking = pythons.filter(minor => 300 + minor < construct.since)
        if (construct.before !== undefined || lacking.length === 0) return undefined
        return {
          construct,
          lacking,
          isRare: lacking.every(minor => minor < IN_USE),
          isGone: lacking.every(minor => minor < ENDED),
        }
      },
      ({ construct, lacking }, where) =>
        `${where} contains ${construct.what}, which requires Python 3.${construct.since - 300}: importing it raises a ${construct.raises ?? 'SyntaxError'} on Python ${pythonList(lacking)}, which Requires-Python ${quote(field.value)} allows.`,
      ({ construct }) => (construct.raises === undefined ? undefined : helpForTypes(construct.since)),
    )
  },
})

/** From Python 3.14 on, nothing evaluates annotations at import. */
const helpForTypes = (since: number) => (project: Homes) =>
  since === 314
    ? 'Write the whole annotation as one string.'
    : `Raise the lower bound of ${project.key('Requires-Python')}, or take the type from \`typing\`: \`Optional[int]\` for \`int | None\`, \`List[int]\` for \`list[int]\`.`
