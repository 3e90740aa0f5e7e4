import { finding, quote, rule } from '../../src/rule.js'
import { importChain } from '../../src/views/import-chain.js'

export default rule({
  id: 'syntax-invalid',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'The Python Language Reference, "Full Grammar specification"',
  url: 'https://docs.python.org/3/reference/grammar.html',
  summary: 'A module that is imported with the package contains a syntax error.',
  why: 'Importing the package raises a SyntaxError.',
  fix: 'Correct the syntax error, and import the package in a test before each release.',
  precision: 'high',
  needs: ['python-imports'],
  bad: [
    { wheel: { files: { 'demo/__init__.py': 'x = 1\ndef f(:\n    return x\n' } } },
    { wheel: { files: { 'demo/__init__.py': 'from .core import x\n', 'demo/core.py': 'x = """\n' } } },
  ],
  good: [{ wheel: { files: { 'demo/templates/main.py': 'import {{ name }}\n', 'demo/draft.py': 'def f(:\n' } } }],
  *check(wheel) {
    for (const { member, facts } of importChain(wheel).modules) {
      const { broken } = facts
      // Merge conflict markers have their own rule.
      if (!broken || facts.conflict !== undefined) continue
      yield finding(
        { member, line: broken.line, column: broken.column },
        `${quote(member)} raises a SyntaxError when it is imported: no version of Python can parse line ${broken.line}.`,
      )
    }
  },
})
