import { finding, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { plural } from '../../src/wording.js'

export default rule({
  id: 'python-cache-in-wheel',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'The wheel holds compiled Python files.',
  why: 'Installers compile for the Python at hand; those files fit one version and carry paths of the machine that built them.',
  fix: 'Exclude `__pycache__` and `*.pyc` in the build backend.',
  bad: { wheel: { files: { 'demo/__pycache__/core.cpython-313.pyc': 'x' } } },
  good: { wheel: {} },
  *check(wheel) {
    const files = installed(wheel).filter(({ path }) => /\.py[co]$/.test(path) && /(?:^|\/)__pycache__\//.test(path))
    const first = files[0]
    if (first)
      yield finding(
        { member: first.member.path },
        `The wheel holds ${plural(files.length, 'compiled file')} in __pycache__ folders.`,
      )
  },
})
