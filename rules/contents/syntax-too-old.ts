import { rule } from '../../src/rule.js'
import { pythonList, wheelPythons } from '../../src/views/wheel-pythons.js'
import { syntaxFindings } from './_syntax.js'

export default rule({
  id: 'syntax-too-old',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: "What's New In Python 3.0; What's New In Python 3.7",
  url: 'https://docs.python.org/3/whatsnew/3.0.html',
  summary: 'A wheel for Python 3 contains code that is valid only in Python 2, or in Python before 3.7.',
  why: 'Importing the code raises a SyntaxError.',
  fix: project =>
    `Port the module, or say with ${project.key('Requires-Python')} and the tag which Pythons the release is for.`,
  byHand: 'The code has to be changed, or support for a Python version dropped.',
  precision: 'high',
  needs: ['python-imports'],
  bad: [
    { wheel: { metadata: { 'Requires-Python': '>=3.8' }, files: { 'demo/__init__.py': "print 'hello'\n" } } },
    {
      wheel: {
        files: { 'demo/extra.py': 'try:\n    pass\nexcept ValueError:\n    raise KeyError, "x"\n' },
      },
    },
    { wheel: { metadata: { 'Requires-Python': '>=3.6' }, files: { 'demo/__init__.py': 'def f(async=True): ...\n' } } },
  ],
  good: [
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
    { wheel: { files: { 'demo/__init__.py': "print('hello')\nprint = print\n" } } },
  ],
  *check(wheel) {
    const pythons = wheelPythons(wheel)
    const alsoForPython2 = wheel.name?.python.some(tag => /^[a-z]+2/.test(tag)) === true
    // Such a wheel may contain modules only for Python 2.
    for (const draft of syntaxFindings(
      wheel,
      construct => {
        const { before } = construct
        const lacking = pythons.filter(minor => before !== undefined && 300 + minor >= before)
        return lacking.length > 0 ? { construct, lacking } : undefined
      },
      ({ construct, lacking }, where) =>
        construct.before === 300
          ? `${where} contains ${construct.what}, which is valid only in Python 2: importing it raises a SyntaxError.`
          : `${where} contains ${construct.what}, which is a keyword since Python 3.7: importing it raises a SyntaxError on Python ${pythonList(lacking)}.`,
    ))
      if (!alsoForPython2 || draft.subject === 'chain') yield draft
  },
})
