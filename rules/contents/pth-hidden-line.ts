import { finding, quote, rule } from '../../src/rule.js'
import { codePoint } from '../shared/paths.js'
import { importLines, pathFiles } from './_path-files.js'

export default rule({
  id: 'pth-hidden-line',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, module site; str.splitlines',
  url: 'https://docs.python.org/3/library/site.html',
  summary:
    'A line of a .pth or .start file begins behind a character that ends lines for newer versions of Python alone.',
  why: 'Python 3.13 and later end lines at vertical tab, form feed, the separators FS, GS and RS, NEL, and the line and paragraph separators of Unicode. Editors and older versions do not, so a comment hides what runs.',
  breaks: 'Python 3.13 and later run a line at every start that is a part of another one elsewhere.',
  fix: 'End the lines with LF, and leave the other character out.',
  securitySeverity: 7,
  bad: [
    { wheel: { files: { 'demo.pth': '# search path\vimport demo; demo.hook()\n' } } },
    { wheel: { files: { 'demo.pth': '# search path\u2028demo_vendor\n' } } },
  ],
  good: { wheel: { files: { 'demo.pth': '# search path\r\ndemo_vendor\r\n' } } },
  *check(wheel) {
    for (const suffix of ['.pth', '.start'] as const)
      for (const file of pathFiles(wheel, suffix)) {
        const runs = new Set(suffix === '.pth' ? importLines(file) : file.lines)
        for (const line of file.lines)
          if (line.after !== undefined)
            yield finding(
              line,
              `For Python 3.13 and later ${quote(line.value)} is a line of its own, as ${codePoint(line.after)} ends the one before.`,
              runs.has(line) ? {} : { severity: 'warning' },
            )
      }
  },
})
