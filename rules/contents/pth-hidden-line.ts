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
  summary: 'A .pth or .start file contains a character that only newer versions of Python read as a line ending.',
  why: 'Python 3.13 and later end lines at vertical tab, form feed, the separators FS, GS and RS, NEL, and the Unicode line and paragraph separators. Editors and older versions do not, so a comment can hide code that runs.',
  breaks: 'At startup, Python 3.13 and later run a line that is part of another line elsewhere.',
  fix: 'End the lines with LF, and remove the other character.',
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
              `Python 3.13 and later read ${quote(line.value)} as a separate line, because ${codePoint(line.after)} ends the line before it.`,
              runs.has(line) ? {} : { severity: 'warning' },
            )
      }
  },
})
