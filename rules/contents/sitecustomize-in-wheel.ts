import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { searchedFolders } from './_path-files.js'

/** What Python imports as a module: sources, bytecode, extension modules with any tag, and packages of these. */
const MODULE = /(^|\/)(?:site|user)customize(?:\/__init__)?(?:\.[^/]*)?\.(?:pyc?|pyw|so|pyd)$/i

export default rule({
  id: 'sitecustomize-in-wheel',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, module site',
  url: 'https://docs.python.org/3/library/site.html#module-sitecustomize',
  summary: 'The wheel installs sitecustomize or usercustomize.',
  why: 'Python imports the module at startup, and an environment can contain only one: it overwrites, or is overwritten by, the module of another project.',
  breaks: 'The module runs at every start of Python, and one project replaces that of another.',
  fix: 'Use a `.pth` or `.start` file that is named after the project.',
  bad: [
    { wheel: { files: { 'sitecustomize.py': 'print(1)\n' } } },
    { wheel: { files: { 'usercustomize/__init__.pyc': 'x' } } },
    { wheel: { files: { '{data}/data/lib/python3.12/site-packages/sitecustomize.py': 'print(1)\n' } } },
    { wheel: { files: { 'demo.pth': 'demo_startup\n', 'demo_startup/sitecustomize.py': 'print(1)\n' } } },
  ],
  good: { wheel: { files: { 'demo/sitecustomize.py': 'print(1)\n', 'sitecustomize.txt': 'About it.\n' } } },
  *check(wheel) {
    const folders = searchedFolders(wheel)
    for (const { path, member } of installed(wheel)) {
      const found = MODULE.exec(path)
      if (found && folders.has(path.slice(0, found.index + found[1]!.length)))
        yield finding({ member: member.path }, `${quote(path)} is imported whenever Python starts in the environment.`)
    }
  },
})
