import { finding, quote, rule } from '../../src/rule.js'
import { installed, topName } from '../../src/views/install-tree.js'
import { isStray } from './_toplevel.js'

export default rule({
  id: 'toplevel-non-module',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'check-wheel-contents, W003',
  url: 'https://github.com/jwodder/check-wheel-contents#checks',
  summary: 'The wheel installs a file that is not a module directly into site-packages.',
  why: 'Nothing shows which project the file belongs to, and a wheel with a file of the same name overwrites it.',
  fix: 'Move the file into the package.',
  status: 'strict',
  bad: { wheel: { files: { 'settings.yaml': 'a: 1\n' } } },
  good: {
    wheel: { files: { 'demo/settings.yaml': 'a: 1\n', 'other.py': 'x = 1\n', 'other.pyi': '', 'demo.pth': 'demo\n' } },
  },
  *check(wheel) {
    for (const file of installed(wheel)) {
      const { path, member } = file
      // Files of the source tree have their own rule.
      if (
        path.includes('/') ||
        topName(file) !== undefined ||
        /\.(?:py[ci]|pth|start|typed)$/.test(path) ||
        isStray(path)
      )
        continue
      yield finding(
        { member: member.path },
        `${quote(path)} is not a module, but would be installed directly into site-packages.`,
        {
          subject: path,
        },
      )
    }
  },
})
