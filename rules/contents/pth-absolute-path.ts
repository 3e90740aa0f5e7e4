import { finding, quote, rule } from '../../src/rule.js'
import { pathFiles } from './_path-files.js'

export default rule({
  id: 'pth-absolute-path',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 660, "Limitations"; Python documentation, module site',
  url: 'https://peps.python.org/pep-0660/',
  summary: 'A .pth file names a folder on the machine that built the wheel.',
  why: 'The folder does not exist on other machines, so its modules cannot be imported. This usually means that an editable build was packaged.',
  breaks: 'The modules in the folder cannot be imported on other machines.',
  fix: 'Build the wheel with `python -m build`, not from an editable install.',
  bad: { wheel: { files: { 'demo.pth': '/home/ann/demo/src\n' } } },
  good: { wheel: { files: { 'demo.pth': 'demo_vendor\n' } } },
  *check(wheel) {
    for (const file of pathFiles(wheel, '.pth'))
      for (const line of file.lines)
        if (/^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(line.value))
          yield finding(line, `${file.member} adds the absolute path ${quote(line.value)} to sys.path.`)
  },
})
