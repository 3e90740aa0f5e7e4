import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

export default rule({
  id: 'sitecustomize-in-wheel',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'Python documentation, module site',
  url: 'https://docs.python.org/3/library/site.html#module-sitecustomize',
  summary: 'The wheel installs sitecustomize or usercustomize.',
  why: 'Python imports the module at every start, and an environment has one: it replaces, or is replaced by, that of others.',
  fix: 'Use a `.pth` or `.start` file with a name of your own.',
  bad: { wheel: { files: { 'sitecustomize.py': 'print(1)\n' } } },
  good: { wheel: { files: { 'demo/sitecustomize.py': 'print(1)\n' } } },
  *check(wheel) {
    for (const { path, member } of installed(wheel))
      if (/^(?:site|user)customize(?:\/__init__)?\.py$/.test(path))
        yield finding(
          { member: member.path },
          `${quote(path)} is imported by every interpreter of the environment at its start.`,
        )
  },
})
