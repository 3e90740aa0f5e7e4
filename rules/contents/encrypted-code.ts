import { finding, quote, rule } from '../../src/rule.js'

const NAMES = { pyarmor: 'PyArmor', sourcedefender: 'SourceDefender' }

export default rule({
  id: 'encrypted-code',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, YARA rules (warehouse 6b62157, 2026-08-21)',
  url: 'https://docs.pypi.org/',
  summary: 'A Python file holds the marks of PyArmor or SourceDefender.',
  why: 'PyPI refuses encrypted code. A file that only mentions the marks, such as a detector or its test, is refused too.',
  fix: 'Ship the plain source. Where the marks are meant as data, put them together at run time.',
  pypiMessage: 'PyArmor-encrypted content is not allowed. / SourceDefender-encrypted content is not allowed.',
  needs: ['python-scan'],
  bad: { wheel: { files: { 'demo/core.py': '__pyarmor__(__name__, __file__, b"x")\n' } } },
  good: { wheel: { files: { 'demo/core.py': 'name = "pyarmor"\n' } } },
  *check({ obfuscated }) {
    for (const [member, tool] of obfuscated)
      yield finding({ member }, `${quote(member)} holds a mark of ${NAMES[tool]}, and PyPI refuses such files.`)
  },
})
