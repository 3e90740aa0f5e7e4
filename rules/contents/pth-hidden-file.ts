import { finding, quote, rule } from '../../src/rule.js'
import { pathFiles } from './_path-files.js'

export default rule({
  id: 'pth-hidden-file',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, module site',
  url: 'https://docs.python.org/3/library/site.html',
  summary: 'The name of a .pth file starts with a dot.',
  why: 'Versions of Python before February 2024 (3.12.1, 3.11.7 and older) read it at startup and newer ones do not, and file listings hide it.',
  fix: 'Rename the file so that it does not start with a dot, or remove it.',
  securitySeverity: 5,
  bad: { wheel: { files: { '.demo.pth': 'demo_vendor\n' } } },
  good: { wheel: { files: { 'demo.pth': 'demo_vendor\n' } } },
  *check(wheel) {
    for (const { member, isHidden } of pathFiles(wheel, '.pth'))
      if (isHidden)
        yield finding({ member }, `${quote(member)} is a hidden file, but Python 3.12.1, 3.11.7 and older read it.`)
  },
})
