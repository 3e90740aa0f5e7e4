import { finding, rule } from '../../src/rule.js'
import { installed, topName } from '../../src/views/install-tree.js'
import { someQuoted, thousands } from '../../src/wording.js'

export default rule({
  id: 'toplevel-several',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'check-wheel-contents, W009',
  url: 'https://github.com/jwodder/check-wheel-contents#checks',
  summary: 'The wheel installs more than one top-level module or package.',
  why: 'Each name may conflict with another project, and users expect only one.',
  fix: 'Move everything into one package. If several are intended, ignore this rule.',
  status: 'strict',
  bad: { wheel: { files: { 'other/__init__.py': '' } } },
  good: { wheel: { files: { '_demo.py': 'x = 1\n', 'demo-stubs/core.pyi': '' } } },
  *check(wheel) {
    const tops = new Map<string, string>()
    for (const file of installed(wheel)) {
      const name = topName(file)
      // Private names belong to the public one, and so do stubs.
      if (name === undefined || /^_|-stubs$|\.(?:libs|dylibs)$/.test(name) || tops.has(name)) continue
      tops.set(name, file.member.path)
    }
    if (tops.size > 1)
      yield finding(
        { member: [...tops.values()][1] },
        `The wheel installs ${thousands(tops.size)} top-level names: ${someQuoted(tops.keys())}.`,
      )
  },
})
