import { finding, quote, rule } from '../../src/rule.js'
import { leftovers } from '../../src/views/leftovers.js'
import { plural, someQuoted } from '../../src/wording.js'
import { setting } from '../shared/advice.js'

export default rule({
  id: 'junk-in-wheel',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'The wheel contains files of an editor, a version control system or the desktop.',
  why: 'Every user installs them, and some of them reveal details of the machine that built the wheel.',
  fix: project => `Exclude them (${setting(project, 'excludeFromWheel')}), and build from a clean checkout.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  bad: [
    { wheel: { files: { 'demo/.DS_Store': 'x' } } },
    { wheel: { files: { 'demo/core.py': 'x = 1\n', 'demo/core.py.orig': 'x = 0\n', 'demo/core.py~': 'x = 2\n' } } },
    { wheel: { files: { 'demo/.claude/settings.json': '{}', 'demo/.env': 'PORT=8000\n' } } },
    { wheel: { files: { 'demo/examples/shop/.env': 'PORT=8000\n' } } },
    { wheel: { files: { 'env/pyvenv.cfg': 'home = /usr/bin\n', 'env/bin/activate': 'VIRTUAL_ENV=/home/ann/env\n' } } },
  ],
  good: [
    // secret-file tells it.
    { wheel: { files: { 'demo/.env': 'API_TOKEN=abc\n' } } },
    {
      wheel: {
        files: {
          'demo/LICENSE.orig': 'The license of what this was made from.\n',
          'demo/templates/app/.vscode/settings.json': '{}',
          'demo/data/._state.crc': 'crc',
        },
      },
    },
    { wheel: { files: { 'cmeel.prefix/lib/python3.12/site-packages/demo_core.py': 'x = 1\n' } } },
    { wheel: { files: { 'demo/python/Lib/os.py': 'x = 1\n', 'demo/python/Lib/site-packages/README.txt': 'Empty\n' } } },
  ],
  *check(wheel) {
    for (const { kind, places, count, first, severity } of leftovers(wheel)) {
      // Compiled Python files have their own rule, and npm packages may be part of web pages.
      if (kind === '__pycache__' || kind === '*.pyc' || kind === 'node_modules') continue
      yield finding(
        { member: first },
        kind === 'virtual environment'
          ? `${someQuoted(places, 3)} ${places.length === 1 ? 'is a virtual environment' : 'are virtual environments'}, and the wheel installs ${plural(count, 'file')} from ${places.length === 1 ? 'it' : 'them'}.`
          : `The wheel contains ${plural(count, 'file')} of the kind ${quote(kind)}; the first is ${quote(first)}.`,
        { subject: kind, severity },
      )
    }
  },
})
