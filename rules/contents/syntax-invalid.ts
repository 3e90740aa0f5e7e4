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
  summary: 'A module that is imported with the package has text that no Python reads.',
  why: 'Importing the package stops with SyntaxError.',
  fix: 'Correct the text, and import the package before the release.',
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
      // A merge that was not finished has a rule of its own.
      if (!broken || facts.conflict !== undefined) continue
      yield finding(
        { member, line: broken.line, column: broken.column },
        `${quote(member)} stops with SyntaxError when it is imported: no Python reads line ${broken.line}.`,
      )
    }
  },
})
