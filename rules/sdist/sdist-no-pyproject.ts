import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'sdist-no-pyproject',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist does not contain pyproject.toml.',
  why: 'Installers then build it with setup.py, in an environment that contains only setuptools. Without setup.py, nothing can build it.',
  fix: 'Add a pyproject.toml with a `[build-system]` table.',
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'member',
  bad: [
    { sdist: { pyproject: null } },
    { sdist: { pyproject: null, files: { '{top}/setup.py': 'from setuptools import setup\n\nsetup()\n' } } },
    {
      tree: {
        pyproject: null,
        files: { 'setup.py': 'from setuptools import setup\n\nsetup(name="demo", version="1.0")\n' },
      },
    },
    { tree: { pyproject: null, files: { 'setup.cfg': '[metadata]\nname = demo\nversion = 1.0\n' } } },
  ],
  good: [{ sdist: {} }, { tree: {} }],
  *check(sdist) {
    const { top, members, tree } = sdist
    if (top === undefined) return
    const has = (name: string) => members.has(`${top}/${name}`) || members.has(`./${top}/${name}`)
    if (has('pyproject.toml')) return
    const missing = tree
      ? `The project does not have ${quote('pyproject.toml')}`
      : `The sdist does not contain ${quote(`${top}/pyproject.toml`)}`
    const at = (name: string) => (tree ? { member: `${top}/${name}`, line: 1 } : undefined)
    if (!has('setup.py')) {
      yield finding(at('setup.cfg'), `${missing} or setup.py, so nothing can build it.`)
      return
    }
    yield finding(at('setup.py'), `${missing}; installers build it with setup.py.`, {
      severity: 'info',
      enforcedBy: [],
    })
  },
})
