import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type ChainModule, importChain } from '../../src/views/import-chain.js'
import { isForPython3 } from '../../src/views/python-modules.js'
import { plural } from '../../src/wording.js'
import { setupModule } from './_syntax.js'

export default rule({
  id: 'syntax-invalid',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'The Python Language Reference, "Full Grammar specification"',
  url: 'https://docs.python.org/3/reference/grammar.html',
  summary: 'A module that is imported with the package, or setup.py, contains a syntax error.',
  why: 'Importing the package raises a SyntaxError, and so does a build of the sdist.',
  fix: 'Correct the syntax error, and import the package in a test before each release.',
  precision: 'high',
  needs: ['python-imports'],
  inCode: true,
  bad: [
    { wheel: { files: { 'demo/__init__.py': 'x = 1\ndef f(:\n    return x\n' } } },
    { wheel: { files: { 'demo/__init__.py': 'from .core import x\n', 'demo/core.py': 'x = """\n' } } },
    { wheel: { files: { 'demo/__init__.py': '# -*- coding: uft-8 -*-\nx = 1\n' } } },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: { '{top}/setup.py': 'from setuptools import setup\nsetup(name="demo"\n' },
      },
    },
    { wheel: { files: { 'demo/extra.py': 'class A:\n    def f(self):\n        return [1, 2\n' } } },
  ],
  good: [
    {
      wheel: {
        files: {
          'demo/templates/main.py': 'import {{ name }}\n',
          'demo/parts/model.py': 'class {{ cookiecutter.name }}:\n    x = 1\n',
          'demo/tests/bad_syntax.py': 'def f(:\n',
        },
      },
    },
  ],
  *check(dist) {
    if (dist.kind === 'sdist') {
      const setup = setupModule(dist)
      const broken = setup?.facts.broken
      if (setup && broken && setup.facts.conflict === undefined)
        yield finding(
          { member: setup.member, line: broken.line, column: broken.column },
          `The build fails: ${quote(setup.member)} raises a SyntaxError, because ${broken.why ?? `no version of Python can parse line ${broken.line}`}.`,
        )
    }
    if (!isForPython3(dist) || (dist.kind === 'sdist' && dist.tree !== undefined)) return
    const { modules, beside } = importChain(dist)
    for (const one of modules) {
      const { broken } = one.facts
      if (broken && isOwnFault(one))
        yield finding(
          { member: one.member, line: broken.line, column: broken.column },
          `${quote(one.member)} raises a SyntaxError when it is imported: ${broken.why ?? `no version of Python can parse line ${broken.line}`}.`,
        )
    }
    const others = beside.filter(
      one => one.facts.broken && isOwnFault(one) && !DATA.test(one.module) && !isTemplate(dist, one),
    )
    const [first] = others
    if (!first?.facts.broken) return
    const { line, column, why } = first.facts.broken
    yield finding(
      { member: first.member, line, column },
      `${quote(first.member)} is not valid Python: ${why ?? `no version of Python can parse line ${line}`}.${others.length > 1 ? ` The same is true of ${plural(others.length - 1, 'more module')}.` : ''}`,
      { subject: 'beside', severity: 'warning' },
    )
  },
})

/** A merge that was not finished has a rule of its own. */
const isOwnFault = ({ facts }: ChainModule) => facts.conflict === undefined

/** Names of what is read as data, or is wrong on purpose. */
const DATA =
  /(?:^|[._])(?:bad|broken|invalid|syntax_?errors?|grammars?|resources?|assets|snippets?|stubs?|py2|python2|nodes?)(?:[._]|$)/i

/** Marks of what makes Python of it: Jinja, ERB, Mako, string templates, autoconf. */
const isTemplate = ({ python }: Wheel | Sdist, { member }: ChainModule): boolean =>
  /\{\{|\{%|<%|%>|\$\{|\$[a-z]\w*|@\w+@|\{[A-Z_]+\}|^[ \t]*[%!]\w/m.test(python.get(member)?.text ?? '')
