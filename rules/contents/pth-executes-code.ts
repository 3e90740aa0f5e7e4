import { finding, quote, rule } from '../../src/rule.js'
import { importLines, LONGEST_IMPORT, pathFiles, suspicion } from './_path-files.js'

export default rule({
  id: 'pth-executes-code',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 829, "Specification"; Python documentation, module site',
  url: 'https://peps.python.org/pep-0829/',
  summary: 'A .pth file runs code whenever Python starts.',
  why: 'The code slows down every interpreter of the environment and runs without being imported; Python 3.18 and later ignore such lines.',
  fix: 'Add a `.start` file with the same name for Python 3.15 and later (PEP 829), or import the code where it is needed.',
  bad: { wheel: { files: { 'demo.pth': 'import demo; demo.hook()\n' } } },
  good: {
    wheel: { files: { 'demo.pth': 'import demo; demo.hook()\n', 'demo.start': 'demo:hook\n' } },
  },
  *check(wheel) {
    const stems = new Set(pathFiles(wheel, '.start').map(file => file.stem))
    for (const file of pathFiles(wheel, '.pth')) {
      if (stems.has(file.stem) || file.isNspkg) continue
      const lines = importLines(file)
      // Such lines have their own rule.
      if (lines.some(({ value }) => value.length > LONGEST_IMPORT || suspicion(value) !== undefined)) continue
      const [line] = lines
      if (line) yield finding(line, `${file.member} runs code whenever Python starts: ${quote(line.value)}.`)
    }
  },
})
