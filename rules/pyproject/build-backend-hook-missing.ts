import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { texts } from '../../src/views/pyproject.js'
import { isSetElsewhere } from '../../src/views/python-modules.js'

const local = (backend: string) =>
  `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "${backend}"\nbackend-path = ["_build"]\n`

export default rule({
  id: 'build-backend-hook-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'PEP 517, "Build backend interface"',
  url: 'https://peps.python.org/pep-0517/#mandatory-hooks',
  summary:
    'The build backend in the source tree does not define the object that build-backend names, or `build_wheel`.',
  why: 'pip, uv and build cannot call the backend, so the build fails.',
  fix: 'Define what build-backend names in the module, with the functions `build_wheel` and `build_sdist`.',
  byHand: 'The code has to be changed.',
  precision: 'high',
  needs: ['python-imports'],
  bad: [
    { sdist: { pyproject: local('backend:hooks'), files: { '{top}/_build/backend.py': 'class Hooks: ...\n' } } },
    {
      sdist: {
        pyproject: local('backend'),
        files: { '{top}/_build/backend.py': 'from setuptools.build_meta import build_sdist\n' },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: local('backend'),
        files: { '{top}/_build/backend.py': 'from setuptools.build_meta import *\n' },
      },
    },
    {
      sdist: {
        pyproject: local('backend:hooks'),
        files: { '{top}/_build/backend.py': 'from setuptools import build_meta as hooks\n' },
      },
    },
    {
      sdist: {
        pyproject: local('backend'),
        files: {
          '{top}/_build/backend.py':
            'import backend\nfrom setuptools import build_meta\n\nbackend.build_wheel = build_meta.build_wheel\n',
        },
      },
    },
  ],
  *check(sdist) {
    const { pyproject, top } = sdist
    const named = pyproject?.get('build-system', 'build-backend')
    if (!pyproject || top === undefined || typeof named !== 'string') return
    const [, module = '', object = 'build_wheel'] = /^\s*(\w+(?:\.\w+)*)\s*(?::\s*(\w+)|$)/.exec(named) ?? []
    const [path, ...others] = module === '' ? [] : filesOf(sdist, module)
    const facts = path === undefined || others.length > 0 ? undefined : sdist.python.get(path)?.module
    if (path === undefined || !facts || facts.isOpen || facts.broken || facts.names.has(object)) return
    if (facts.imports.some(({ names }) => names.includes('*'))) return
    if (isSetElsewhere(sdist, object)) return
    // A package has its modules as well.
    if (path.endsWith('/__init__.py') && sdist.members.has(`${path.slice(0, -11)}${object}.py`)) return
    yield finding(
      pyproject.place('build-system', 'build-backend'),
      `The build backend ${quote(named)} cannot be used: ${quote(path)} does not define ${quote(object)}.`,
      { related: [{ member: path, message: 'the module of the backend' }] },
    )
  },
})

/** Where the module is, in the folders of backend-path. */
const filesOf = ({ pyproject, members, top }: Sdist, module: string): readonly string[] =>
  texts(pyproject?.get('build-system', 'backend-path')).flatMap(([, folder]) => {
    const parts = [top, ...folder.split('/').filter(part => part !== '' && part !== '.'), ...module.split('.')]
    return [`${parts.join('/')}.py`, `${parts.join('/')}/__init__.py`].filter(path => members.has(path))
  })
