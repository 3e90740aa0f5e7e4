import { finding, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

export default rule({
  id: 'toplevel-init',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'The wheel installs __init__.py directly into site-packages.',
  why: 'It does not belong to a package, and every other wheel with such a file overwrites it.',
  fix: 'Configure the build backend to use the folder above the package.',
  bad: { wheel: { files: { '__init__.py': '' } } },
  good: { wheel: {} },
  *check(wheel) {
    const file = installed(wheel).find(({ path }) => path === '__init__.py')
    if (file) yield finding({ member: file.member.path }, '__init__.py would be installed directly into site-packages.')
  },
})
