import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { plural } from '../../src/wording.js'

/** What the tools that install packages have in site-packages, and whose it is. */
const OWNERS: ReadonlyMap<string, string> = new Map([
  ['pip', 'pip'],
  ['setuptools', 'setuptools'],
  ['pkg_resources', 'setuptools'],
  ['_distutils_hack', 'setuptools'],
  ['distutils-precedence.pth', 'setuptools'],
  ['wheel', 'wheel'],
])

export default rule({
  id: 'foreign-project-tree',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/',
  summary: 'The wheel writes into the packages of pip, setuptools or wheel.',
  why: 'Installing it changes the tools that install packages, and removing it breaks them; attacks hide there.',
  breaks:
    'Installing the wheel changes pip, setuptools or wheel in that environment, and uninstalling it takes files away from them.',
  fix: 'Move the files into a package of your own.',
  securitySeverity: 7,
  bad: { wheel: { files: { 'pip/_internal/extra.py': 'x = 1\n' } } },
  good: [
    { wheel: { files: { 'demo/pip/__init__.py': '', 'setuptools_demo/__init__.py': '' } } },
    { wheel: { name: 'setuptools', version: '90.0', files: { '_distutils_hack/__init__.py': '' } } },
  ],
  *check(wheel) {
    const found = new Map<string, { member: string; count: number }>()
    for (const { parts, member } of installed(wheel)) {
      const top = parts[0]?.replace(/\.pyi?$/, '') ?? ''
      const owner = OWNERS.get(top)
      if (owner === undefined || owner === wheel.project) continue
      // pkg_resources and distutils were distribute's before setuptools took it back.
      if (owner === 'setuptools' && wheel.project === 'distribute') continue
      const row = found.get(top)
      if (row) row.count++
      else found.set(top, { member: member.path, count: 1 })
    }
    for (const [top, { member, count }] of found)
      yield finding(
        { member },
        `The wheel installs ${plural(count, 'file')} into ${quote(top)}, which belongs to ${OWNERS.get(top)}.`,
        { subject: top },
      )
  },
})
