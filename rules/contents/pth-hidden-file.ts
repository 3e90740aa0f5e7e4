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
  summary: 'The name of a .pth file begins with a dot.',
  why: 'Versions of Python before February 2024 (3.12.1, 3.11.7 and older) read it at every start, newer ones do not, and listings of files leave it out.',
  fix: 'Give the file a name without a dot at its beginning, or leave it out.',
  securitySeverity: 5,
  bad: { wheel: { files: { '.demo.pth': 'demo_vendor\n' } } },
  good: { wheel: { files: { 'demo.pth': 'demo_vendor\n' } } },
  *check(wheel) {
    for (const { member, isHidden } of pathFiles(wheel, '.pth'))
      if (isHidden)
        yield finding(
          { member },
          `${quote(member)} is hidden by its name, and read by Python 3.12.1, 3.11.7 and older.`,
        )
  },
})
