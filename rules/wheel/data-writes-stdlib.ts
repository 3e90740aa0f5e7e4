import { finding, quote, rule } from '../../src/rule.js'
import { installTree } from '../../src/views/install-tree.js'

export default rule({
  id: 'data-writes-stdlib',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, "The initialization of the sys.path module search path"',
  url: 'https://docs.python.org/3/library/sys_path_init.html',
  summary: 'The data scheme writes into the standard library of Python.',
  why: 'The scheme writes below the prefix of Python. In a virtual environment, nothing looks there. Elsewhere, the file replaces a module of Python, or shadows all modules from the zip that comes first on sys.path.',
  breaks:
    'Installed outside of a virtual environment, the file becomes part of the standard library, for every program of that Python.',
  fix: 'Put modules at the root of the wheel, and data into a directory of the project.',
  securitySeverity: 8,
  bad: [
    { wheel: { files: { '{data}/data/lib/python3.12/os.py': 'x = 1\n' } } },
    { wheel: { files: { '{data}/data/lib/python312.zip': 'PK' } } },
    { wheel: { files: { '{data}/data/lib/python3.12/demo.cfg': '[demo]\n' } } },
  ],
  good: { wheel: { files: { '{data}/data/lib/demo/plugin.py': 'x = 1\n', '{data}/data/share/python312.zip': 'PK' } } },
  *check(wheel) {
    for (const { root, path, member, only } of installTree(wheel))
      if (root === 'stdlib') {
        const code = /\.(?:py|pyc|so|pyd|dll|zip|pth)$/i.test(path)
        const python = only?.python === undefined ? 'Python' : `Python ${only.python}`
        yield finding(
          { member: member.path },
          `${quote(member.path)} is installed into the standard library of ${python}, outside of a virtual environment.`,
          code ? {} : { severity: 'warning' },
        )
      }
  },
})
