import { finding, quote, rule } from '../../src/rule.js'

const FILES = /(?:^|\/)(?:build-details\.json|pyvenv\.cfg|EXTERNALLY-MANAGED|_sysconfigdata[^/]*\.py)$/

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
  bad: { wheel: { files: { '{data}/data/pyvenv.cfg': 'home = /usr/bin\n' } } },
  good: { wheel: { files: { 'demo/pyvenv.cfg': 'home = /usr/bin\n' } } },
  *check({ members }) {
    for (const { path } of members.files)
      if (FILES.test(path) && (/^[^/]+\.data\/data\//.test(path) || !path.includes('/')))
        yield finding({ member: path }, `${quote(path)} belongs to a Python installation, not to a distribution.`)
  },
})
