import { finding, rule } from '../../src/rule.js'
import { leftovers } from '../../src/views/leftovers.js'
import { plural } from '../../src/wording.js'
import { setting } from '../shared/advice.js'

export default rule({
  id: 'python-cache-in-wheel',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'The wheel contains compiled Python files.',
  why: 'Installers compile the source for the Python in use. Compiled files work with only one version, and contain paths from the machine that built them.',
  fix: project => `Exclude \`__pycache__\` and \`*.pyc\` (${setting(project, 'excludeFromWheel')}).`,
  byHand: 'Which files belong in a release is a decision of the project.',
  bad: [
    {
      wheel: {
        files: { 'demo/core.py': 'x = 1\n', 'demo/__pycache__/core.cpython-38.pyc': 'U\r\r\n\0\0\0\0' },
      },
    },
    { wheel: { files: { 'demo/core.py': 'x = 1\n', 'demo/core.pyc': 'U\r\r\n\0\0\0\0' } } },
  ],
  good: [{ wheel: {} }, { wheel: { files: { 'demo/__pycache__/README.pyc': 'About compiled files.\n' } } }],
  *check(wheel) {
    const found = leftovers(wheel).filter(({ kind }) => kind === '__pycache__' || kind === '*.pyc')
    const [member] = found.flatMap(({ places }) => places)
    if (member === undefined) return
    const count = found.reduce((sum, one) => sum + one.count, 0)
    const where = found.length > 1 ? '' : found[0]?.kind === '*.pyc' ? ' next to the source' : ' in __pycache__'
    yield finding({ member }, `The wheel contains ${plural(count, 'compiled Python file')}${where}.`)
  },
})
