import { finding, quote, rule } from '../../src/rule.js'
import { installTree } from '../../src/views/install-tree.js'

const FILES = /(?:^|\/)(?:build-details\.json|pyvenv\.cfg|EXTERNALLY-MANAGED|_sysconfigdata[^/]*\.py)$/
/** Below the prefix: programs, libraries and headers of Python. */
const OF_PYTHON =
  /^(?:pythonw?\.exe|python[0-9]*t?(?:\.dll|\._pth)|lib\/libpython[0-9][^/]*|include\/python[0-9.]+t?\/(?:[^/]+\.h|(?:cpython|internal)\/.+))$/i

export default rule({
  id: 'interpreter-file',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 739, PEP 668, PEP 405',
  url: 'https://peps.python.org/pep-0739/',
  summary: 'The wheel installs a file that belongs to a Python installation.',
  why: 'The file changes how Python or pip behaves in the environment.',
  fix: 'Exclude the file from the wheel.',
  bad: [
    { wheel: { files: { '{data}/data/pyvenv.cfg': 'home = /usr/bin\n' } } },
    { wheel: { files: { '{data}/data/include/python3.12/Python.h': '#define Py_PYTHON_H\n' } } },
  ],
  good: [
    { wheel: { files: { 'demo/pyvenv.cfg': 'home = /usr/bin\n' } } },
    { wheel: { files: { '{data}/data/include/python3.12/demo/demo.h': '#define DEMO_H\n' } } },
  ],
  *check(wheel) {
    for (const { path, root, scheme, member } of installTree(wheel))
      if (
        (FILES.test(path) && (scheme === 'data' || !path.includes('/'))) ||
        (root === 'prefix' && OF_PYTHON.test(path))
      )
        yield finding(
          { member: member.path },
          `${quote(member.path)} belongs to a Python installation, not to a distribution.`,
        )
  },
})
