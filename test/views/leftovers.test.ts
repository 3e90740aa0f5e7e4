import { expect, it } from 'vitest'
import type { Member } from '../../src/archive/archive.js'
import { membersOf } from '../../src/distribution/members.js'
import { leftovers } from '../../src/views/leftovers.js'

const PYC = 'U\r\r\n\0\0\0\0'
const DS_STORE = '\0\0\0\x01Bud1'
const APPLE_DOUBLE = '\0\x05\x16\x07'

/** Kinds, severities and places of what is left in files with these texts. */
function found(files: Readonly<Record<string, string>>, top?: string) {
  const list = Object.keys(files).map(path => ({ path, type: 'file' }) as Member)
  const heads = new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]))
  return leftovers({ members: membersOf(list), heads, texts: new Map(), project: 'demo', top }).map(
    ({ kind, severity, places }) => `${severity} ${kind}: ${places.join(' ')}`,
  )
}

it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['a copy beside the file', { 'demo/a.py': '', 'demo/a.py.orig': '' }, ['warning *.orig: demo/a.py.orig']],
  ['a copy of a patch that failed', { 'demo/a.py': '', 'demo/a.py.rej': '' }, ['warning *.rej: demo/a.py.rej']],
  ['a backup', { 'demo/a.py': '', 'demo/a.py~': '' }, ['warning *~: demo/a.py~']],
  [
    'numbered backups',
    { 'd/a.py': '', 'd/a.py.~1~': '', 'd/a.py.~HEAD~': '' },
    ['warning *~: d/a.py.~1~ d/a.py.~HEAD~'],
  ],
  ['a swap file of vim', { 'demo/.a.py.swp': 'b0VIM 9.1' }, ['warning *.swp: demo/.a.py.swp']],
  ['attributes of macOS', { 'demo/a.py': '', 'demo/._a.py': APPLE_DOUBLE }, ['warning ._*: demo/._a.py']],
  ['the same among tests', { 'd/tests/a.py': '', 'd/tests/._a.py': APPLE_DOUBLE }, ['warning ._*: d/tests/._a.py']],
  ['compiled Python', { 'demo/a.py': '', 'demo/a.pyc': PYC }, ['warning *.pyc: demo/a.pyc']],
  [
    'compiled Python of a cache',
    { 'demo/__pycache__/a.cpython-38.pyc': PYC, 'demo/tests/__pycache__/b.cpython-38.pyc': PYC },
    ['warning __pycache__: demo/__pycache__/ demo/tests/__pycache__/'],
  ],
  [
    'data of macOS',
    { 'demo/.DS_Store': '', 'd/templates/.DS_Store': DS_STORE },
    ['warning .DS_Store: demo/.DS_Store d/templates/.DS_Store'],
  ],
  ['a repository', { 'demo-1.0/.git/config': '[core]' }, ['warning .git: demo-1.0/.git/']],
  ['a cache among tests', { 'demo/tests/.mypy_cache/x.json': '' }, ['warning .mypy_cache: demo/tests/.mypy_cache/']],
  [
    'a virtual environment',
    { 'demo/sandbox/pyvenv.cfg': '', 'demo/sandbox/bin/python': '' },
    ['warning virtual environment: demo/sandbox/'],
  ],
  [
    'one on Windows',
    { 'env/Lib/site-packages/six.py': '', 'env/Lib/a.py~': '' },
    ['warning virtual environment: env/'],
  ],
  ['an install of npm', { 'd/node_modules/@a/b/package.json': '' }, ['warning node_modules: d/node_modules/']],
  [
    'one that npm listed',
    { 'd/node_modules/.package-lock.json': '', 'd/node_modules/a/b.js': '' },
    ['warning node_modules: d/node_modules/'],
  ],
  [
    'packages of npm that a package brings',
    { 'd/__init__.py': '', 'd/web/node_modules/a/package.json': '' },
    ['info node_modules: d/web/node_modules/'],
  ],
  [
    'a file in a folder called so',
    { 'demo-1.0/node_modules/icons/a.svg': '' },
    ['info node_modules: demo-1.0/node_modules/'],
  ],
])('finds %s', (_, files, expected) => {
  expect(found(files)).toEqual(expected)
})

it.each<[string, Readonly<Record<string, string>>]>([
  ['the original of what a build backend writes', { 'd-1/pyproject.toml': '', 'd-1/pyproject.toml.orig': '' }],
  ['the original of what cargo writes', { 'd-1/vendor/a/Cargo.toml': '', 'd-1/vendor/a/Cargo.toml.orig': '' }],
  ['a name that ends so, alone', { 'demo/LICENSE.orig': '', 'demo/schemas/package.json.orig': '', 'demo/a~': '' }],
  [
    'copies among tests',
    { 'd/test/a.yml': '', 'd/test/a.yml~': '', 'd/django_tests/b': '', 'd/django_tests/b.orig': '' },
  ],
  ['copies in templates', { 'demo/templates/a.html': '', 'demo/templates/a.html~': '' }],
  ['settings of an editor that a program writes', { 'demo/tpls/vscode/.vscode/tasks.json.tpl': '' }],
  ['a checksum of Hadoop', { 'demo/log/_last': '', 'demo/log/._last.crc': 'crc', 'demo/log/_last.crc': '' }],
  ['no attributes of macOS', { 'demo/_a.crc': '', 'demo/a.crc': '', 'demo/._a.crc': 'crc' }],
  ['a module without its source', { 'demo/a.pyc': PYC }],
  ['text called .pyc', { 'demo/a.py': '', 'demo/a.pyc': 'text', 'demo/__pycache__/b.pyc': 'text' }],
  ['compiled samples', { 'd/tests/data/a.py': '', 'd/tests/data/__pycache__/a.cpython-38.pyc': PYC }],
  ['text with the suffix of a swap file', { 'demo/a.swp': 'swap' }],
  ['a repository among tests', { 'demo/tests/repo/.git/HEAD': '', 'demo/tests/repo/.hg/store': '' }],
  ['a folder named like an environment', { 'demo/.venv/README.md': '', 'demo/venv/__init__.py': '' }],
  ['an environment that tests read', { 'demo/tests/assets/env/pyvenv.cfg': '' }],
  [
    'a Python that is brought along',
    { 'd/py/lib/python3.13/os.py': '', 'd/py/lib/python3.13/site-packages/pip.py': '' },
  ],
  ['the data scheme of a wheel', { 'demo-1.0.data/data/lib/python3/site-packages/x.py': '' }],
])('leaves alone %s', (_, files) => {
  expect(found(files)).toEqual([])
})

it('knows the folder of the sdist itself', () => {
  const files = { 'demo-1.0/lib/python3.13/site-packages/six.py': '', 'demo-1.0/a.py': '', 'demo-1.0/pyvenv.cfg': '' }
  expect(found(files, 'demo-1.0')).toEqual(['warning virtual environment: demo-1.0/lib/python3.13/site-packages/'])
})
