import { finding, rule } from '../../src/rule.js'
import { importLines, pathFiles } from './_path-files.js'

export default rule({
  id: 'pth-nspkg',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 829, "Specification"; PEP 420',
  url: 'https://packaging.python.org/en/latest/guides/packaging-namespace-packages/',
  summary: 'Code in an -nspkg.pth file creates a namespace package.',
  why: 'This legacy mechanism of setuptools slows down the startup of Python, and stops working in Python 3.18 (PEP 829).',
  fix: 'Remove `namespace_packages` from setup.py, and ship the namespace without `__init__.py` (PEP 420).',
  byHand: 'The packages have to become namespaces without setup code, in all projects that share them.',
  bad: { wheel: { files: { 'demo-1.0-nspkg.pth': 'import sys, types, os;has_mfs = sys.version_info > (3, 5)\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    for (const file of pathFiles(wheel, '.pth')) {
      const [line] = importLines(file)
      if (file.isNspkg && line)
        yield finding(line, `${file.member} creates a namespace package with code that runs whenever Python starts.`)
    }
  },
})
