import { finding, quote, rule } from '../../src/rule.js'
import { isIdentifier } from '../../src/text/python.js'
import { pathFiles } from './_path-files.js'

export default rule({
  id: 'start-invalid-line',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'MUST',
  source: 'PEP 829, "Entry point specification"',
  url: 'https://peps.python.org/pep-0829/',
  summary: 'A line in a .start file does not have the form package.module:callable.',
  why: 'Python 3.15 and later skip the line, so the startup code does not run.',
  fix: 'Write one `package.module:function` per line.',
  bad: { wheel: { files: { 'demo.start': 'demo.hook\n' } } },
  good: { wheel: { files: { 'demo.start': '# start-up\ndemo:hook\n' } } },
  *check(wheel) {
    for (const file of pathFiles(wheel, '.start')) {
      for (const line of file.lines) {
        const [module = '', callable, ...more] = line.value.split(':')
        const names = (text: string) => text.split('.').every(isIdentifier)
        if (callable === undefined || more.length > 0 || !names(module) || !names(callable))
          yield finding(
            line,
            `${file.member} contains the line ${quote(line.value)}; expected package.module:callable.`,
          )
      }
    }
  },
})
