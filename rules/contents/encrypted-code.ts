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
  summary: 'A Python file contains a marker of PyArmor or SourceDefender.',
  why: 'PyPI rejects encrypted code. It also rejects a file that only mentions the marker, such as a detector or its test.',
  fix: 'Ship the plain source code. If the marker is data, assemble it at run time.',
  pypiMessage: 'PyArmor-encrypted content is not allowed. / SourceDefender-encrypted content is not allowed.',
  needs: ['python-scan'],
  bad: { wheel: { files: { 'demo/core.py': '__pyarmor__(__name__, __file__, b"x")\n' } } },
  good: { wheel: { files: { 'demo/core.py': 'name = "pyarmor"\n' } } },
  *check({ obfuscated }) {
    for (const [member, tool] of obfuscated)
      yield finding({ member }, `${quote(member)} contains a marker of ${NAMES[tool]}, and PyPI rejects such files.`)
  },
})
