import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

const MARK = /^(?:__editable__[^/]*|_editable_impl_[^/]*|__editable___[^/]*_finder\.py|[^/]*\.egg-link)$/

export default rule({
  id: 'editable-build',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 660, "Limitations"',
  url: 'https://peps.python.org/pep-0660/',
  summary: 'The wheel is an editable build.',
  why: 'The wheel only refers to a source tree on the machine that built it; on other machines nothing can be imported.',
  breaks: 'The package cannot be imported on any other machine.',
  fix: 'Build the wheel with `python -m build`.',
  bad: { wheel: { files: { '__editable__.demo-1.0.pth': 'src\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    const mark = installed(wheel).find(({ path }) => MARK.test(path))
    if (mark)
      yield finding(
        { member: mark.member.path },
        `${quote(mark.path)} is part of an editable install, which must not be distributed.`,
      )
  },
})
