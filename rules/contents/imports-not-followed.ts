import { finding, quote, rule } from '../../src/rule.js'
import { importChain } from '../../src/views/import-chain.js'

export default rule({
  id: 'imports-not-followed',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'distaudit, limits',
  url: 'https://docs.python.org/3/reference/import.html',
  summary: 'Importing the package runs more Python than distaudit reads.',
  why: 'The modules past the limit were not checked: imports that fail, syntax that a supported Python does not have.',
  fix: 'Import the package once from the built wheel in a fresh environment.',
  precision: 'high',
  needs: ['python-imports'],
  bad: { wheel: { make: 'longModule' } },
  good: { wheel: { files: { 'demo/__init__.py': 'from .core import x\n', 'demo/core.py': 'x = 1\n' } } },
  *check(wheel) {
    const { cut } = importChain(wheel)
    if (cut === undefined) return
    yield finding(
      { member: cut },
      `Not all Python that runs when the package is imported was checked: ${quote(cut)} is the first module that was not read to its end.`,
    )
  },
})
