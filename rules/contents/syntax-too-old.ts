import { finding, rule } from '../../src/rule.js'
import { pythonList, wheelPythons } from '../../src/views/wheel-pythons.js'
import { setupModule, syntaxFindings } from './_syntax.js'

const whyOld = ({ what, before }: { readonly what: string; readonly before: number | undefined }): string => {
  if (before === 300 || before === undefined) return 'is valid only in Python 2'
  if (what.startsWith('the name ')) return 'is a keyword since Python 3.7'
  return `Python ${Math.floor(before / 100)}.${before % 100} and newer refuse`
}

export default rule({
  id: 'syntax-too-old',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: "What's New In Python 3.0; What's New In Python 3.7",
  url: 'https://docs.python.org/3/whatsnew/3.0.html',
  summary: 'A wheel for Python 3, or setup.py, contains code that only Python 2 or an older Python 3 can parse.',
  why: 'Importing the code raises a SyntaxError, and so does a build of the sdist.',
  fix: project =>
    `Port the module, or say with ${project.key('Requires-Python')} and the tag which Pythons the release is for.`,
  byHand: 'The code has to be changed, or support for a Python version dropped.',
  precision: 'high',
  needs: ['python-imports'],
  inCode: true,
  bad: [
    { wheel: { metadata: { 'Requires-Python': '>=3.8' }, files: { 'demo/__init__.py': "print 'hello'\n" } } },
    {
      wheel: {
        files: { 'demo/log.py': 'import sys\n\ndef log(text):\n    print >>sys.stderr, text\n' },
      },
    },
    {
      wheel: {
        files: { 'demo/extra.py': 'try:\n    pass\nexcept ValueError:\n    raise KeyError, "x"\n' },
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: { '{top}/setup.py': 'from setuptools import setup\nsetup(name="demo")\nprint "done"\n' },
      },
    },
    { wheel: { metadata: { 'Requires-Python': '>=3.6' }, files: { 'demo/__init__.py': 'def f(async=True): ...\n' } } },
    { wheel: { files: { 'demo/__init__.py': 'def f():\n    print(state)\n    global state\n    state = 1\n' } } },
    { wheel: { files: { 'demo/__init__.py': "HOME = 'C:\\Users\\me'\n" } } },
  ],
  good: [
    {
      wheel: {
        files: {
          'demo/log.py':
            'import sys\n\nif sys.version_info >= (3, 0):\n    show = print\nelse:\n    def show(text):\n        print >>sys.stderr, text\n',
        },
      },
    },
    {
      wheel: {
        filename: 'demo-1.0-py2-none-any.whl',
        metadata: { 'Requires-Python': '>=2.7,<3' },
        wheel: { Tag: 'py2-none-any' },
        files: { 'demo/__init__.py': "print 'hello'\n" },
      },
    },
    { wheel: { files: { 'demo/tests/bad_print.py': "print 'hello'\n", 'demo/py2.py': 'exec "x = 1"\n' } } },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.5,<3.7' },
        files: { 'demo/__init__.py': 'def f(async=True): ...\n' },
      },
    },
    { wheel: { files: { 'demo/__init__.py': "print('hello')\nprint = print\nprint >> 1, 2\n" } } },
  ],
  *check(dist) {
    if (dist.kind === 'sdist') {
      const setup = setupModule(dist)
      const old = setup?.facts.constructs.find(({ before, isLate }) => before !== undefined && !isLate)
      // Text that is none has a rule of its own.
      if (setup && old && !setup.facts.broken)
        yield finding(
          { member: setup.member, line: old.line, column: old.column },
          `The build fails: ${setup.member}:${old.line} contains ${old.what}, which ${whyOld(old)}.`,
          { subject: 'setup' },
        )
    }
    const wheel = dist
    const pythons = wheelPythons(wheel)
    const alsoForPython2 = wheel.kind === 'wheel' && wheel.name?.python.some(tag => /^[a-z]+2/.test(tag)) === true
    // Such a wheel may contain modules only for Python 2.
    for (const draft of syntaxFindings(
      wheel,
      construct => {
        const { before } = construct
        const lacking = pythons.filter(minor => before !== undefined && 300 + minor >= before)
        if (lacking.length === 0) return undefined
        return { construct, lacking, isLater: construct.isLate === true }
      },
      ({ construct, lacking }, where) =>
        construct.before === 300
          ? `${where} contains ${construct.what}, which ${whyOld(construct)}: ${construct.isLate ? 'running it raises a TypeError' : 'importing it raises a SyntaxError'}.`
          : `${where} contains ${construct.what}, which ${whyOld(construct)}: importing it raises a SyntaxError on Python ${pythonList(lacking)}.`,
    ))
      if (!alsoForPython2 || draft.subject === 'chain') yield draft
  },
})
