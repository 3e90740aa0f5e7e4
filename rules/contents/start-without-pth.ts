import { finding, rule } from '../../src/rule.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { importLines, pathFiles } from './_path-files.js'

export default rule({
  id: 'start-without-pth',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 829, "Backward compatibility"',
  url: 'https://peps.python.org/pep-0829/',
  summary: 'A .start file does not have a matching .pth file, although the wheel supports Python below 3.15.',
  why: 'Older versions of Python do not support `.start` files and never run the code.',
  fix: project =>
    `Add a \`.pth\` file of the same name that imports and calls the same functions, or raise ${project.key('Requires-Python')}.`,
  byHand: 'Only a person knows which Pythons are to run the file.',
  absence: 'content',
  bad: { wheel: { files: { 'demo.start': 'demo:hook\n' } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.15' }, files: { 'demo.start': 'demo:hook\n' } } },
  *check(wheel) {
    const supported = specifiersOf(wheel.metadata?.first('Requires-Python'))
    if (supported && !supported.contains('3.14')) return
    const stems = new Set(
      pathFiles(wheel, '.pth')
        .filter(file => importLines(file).length > 0)
        .map(file => file.stem),
    )
    for (const file of pathFiles(wheel, '.start'))
      if (file.lines.length > 0 && !stems.has(file.stem))
        yield finding(
          { member: file.member },
          `${file.member} runs only on Python 3.15 and later; older versions need ${file.stem}.pth, which is missing.`,
        )
  },
})
