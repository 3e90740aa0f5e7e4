import { clean } from '../../src/archive/links.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importLines, pathFiles } from './_path-files.js'

export default rule({
  id: 'pth-path-outside',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, module site',
  url: 'https://docs.python.org/3/library/site.html',
  summary: 'A .pth file adds a folder outside site-packages to sys.path.',
  why: 'Anyone who can write to that folder, which the wheel does not install, controls what programs in the environment import.',
  fix: 'Name a folder that the wheel installs, or remove the line.',
  securitySeverity: 5,
  bad: { wheel: { files: { 'demo.pth': '../../../../tmp\n' } } },
  good: { wheel: { files: { 'demo.pth': 'demo/../demo_vendor\n' } } },
  *check(wheel) {
    for (const file of pathFiles(wheel, '.pth')) {
      const code = new Set(importLines(file))
      // An absolute path has its own rule.
      for (const line of file.lines)
        if (
          !code.has(line) &&
          !/^(?:[/\\]|[A-Za-z]:)/.test(line.value) &&
          clean(line.value.replaceAll('\\', '/')) === undefined
        )
          yield finding(line, `${file.member} adds ${quote(line.value)} to sys.path, which is outside site-packages.`)
    }
  },
})
