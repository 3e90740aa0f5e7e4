import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { groupBy } from '../../src/group-by.js'
import { topOf } from '../../src/python/module-name.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isStdlibModule } from '../../src/standards/import-name.js'
import { stdlibName } from '../../src/standards/stdlib-names.js'
import { importChain, isOfPython2 } from '../../src/views/import-chain.js'
import { requiredBy } from '../../src/views/required.js'
import { pythonList, wheelPythons } from '../../src/views/wheel-pythons.js'
import { someQuoted } from '../../src/wording.js'
import { chainText, startText } from './_chain.js'

/** Projects that provide a module under its old name, if their own name does not reveal it. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  distutils: ['setuptools'],
  cgitb: ['legacy-cgi'],
  crypt: ['crypt-r', 'legacycrypt'],
  asyncore: ['pyasyncore'],
  asynchat: ['pyasynchat'],
  enum: ['enum34'],
}

export default rule({
  id: 'stdlib-module-unavailable',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 594, "Removing dead batteries from the standard library"; PEP 632',
  url: 'https://docs.python.org/3/whatsnew/3.13.html#pep-594-remove-dead-batteries-from-the-standard-library',
  summary:
    'A package imports a standard library module, or a name of one, that a supported Python version does not have.',
  why: 'Installers install the release on that Python, and importing it fails with ModuleNotFoundError or ImportError.',
  fix: project =>
    `Import it only on versions that have it, require a backport, or narrow ${project.key('Requires-Python')}.`,
  byHand: 'The code has to be changed, or support for a Python version dropped.',
  precision: 'high',
  needs: ['python-imports'],
  bad: [
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: { 'demo/__init__.py': 'from distutils.version import LooseVersion\n' },
      },
    },
    {
      wheel: { metadata: { 'Requires-Python': '>=3.9' }, files: { 'demo/__init__.py': 'import tomllib\n' } },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: {
          'demo/__init__.py':
            'from collections import Mapping, OrderedDict, Sequence\nfrom typing import Self\nfrom itertools import izip\n',
        },
      },
    },
    {
      wheel: { metadata: { 'Requires-Python': '>=3.6' }, files: { 'demo/__init__.py': 'import ConfigParser\n' } },
    },
    {
      sdist: { metadata: { 'Requires-Python': '>=3.9' }, files: { '{top}/src/demo/__init__.py': 'import cgi\n' } },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': null, Classifier: 'Programming Language :: Python :: 3.13' },
        files: { 'demo/__init__.py': 'import telnetlib\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: { 'demo/__init__.py': 'import collections\n\n\nclass Table(collections.MutableMapping): ...\n' },
      },
    },
  ],
  good: [
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: {
          'demo/__init__.py':
            'import collections\nimport inspect\n\ncollections.Mapping = collections.abc.Mapping\nKIND = collections.Mapping\nif hasattr(inspect, "getargspec"):\n    spec = inspect.getargspec\n',
        },
      },
    },
    {
      sdist: {
        metadata: { 'Requires-Python': '>=3.9' },
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: {
          '{top}/src/demo.egg-info/top_level.txt': 'demo\n',
          '{top}/src/demo.egg-info/requires.txt': '\n[:python_version >= "3.13"]\nlegacy-cgi\n',
          '{top}/src/demo/__init__.py': 'import cgi\n',
          '{top}/tools/make.py': 'import imp\n',
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: {
          'demo/__init__.py':
            'import sys\nfrom xml.etree import cElementTree\n\ntry:\n    from collections.abc import Mapping\nexcept ImportError:\n    from collections import Mapping\nif sys.version_info >= (3, 11):\n    from typing import Self\nelse:\n    Self = object\n\n\ndef old():\n    from inspect import getargspec\n',
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9' },
        files: {
          'demo/__init__.py':
            'import sys\n\ntry:\n    import telnetlib\nexcept ImportError:\n    telnetlib = None\nif sys.version_info >= (3, 11):\n    import tomllib\n',
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.9', 'Requires-Dist': 'standard-imghdr' },
        files: { 'demo/__init__.py': 'import imghdr\n' },
      },
    },
    {
      wheel: { metadata: { 'Requires-Python': '>=3.9,<3.12' }, files: { 'demo/__init__.py': 'import imp\n' } },
    },
  ],
  *check(dist) {
    // Without it every Python is allowed, which nobody intends: then the classifiers tell.
    const all = dist.metadata?.first('Requires-Python') ? wheelPythons(dist) : classified(dist)
    const pythons = all.filter(minor => minor >= OLDEST)
    if (pythons.length === 0) return
    const required = requiredBy(dist)?.map(({ name }) => name)
    if (!required) return
    const told = new Set<string>()
    for (const { chain, module } of importChain(dist).foreign) {
      const [top = ''] = module.split('.')
      const last = chain.at(-1)
      if (last && !told.has(top) && isOfPython2(dist, top)) {
        told.add(top)
        yield finding(
          { member: last.member, line: last.line, column: last.column },
          `${startText(dist, chain)} fails on every Python 3: ${chainText(chain)} imports ${module}, and only Python 2 has ${quote(top)}.`,
          { subject: top },
        )
        continue
      }
      // The table does not contain the private modules of every version.
      if (!last || told.has(top) || top.startsWith('_') || !isStdlibModule(top)) continue
      const lacking = pythons.filter(minor => !isStdlibModule(top, `3.${minor}`))
      // A module that no Python 3 has belongs to Python 2, or to another project.
      if (lacking.length === 0 || !has(top)) continue
      const providers = PROVIDERS[top] ?? []
      if (
        required.some(
          name => providers.includes(name) || name.split('-').includes(top.toLowerCase().replaceAll('_', '-')),
        )
      )
        continue
      told.add(top)
      yield finding(
        { member: last.member, line: last.line, column: last.column },
        `${startText(dist, chain)} fails on Python ${pythonList(lacking)}: ${chainText(chain)} imports ${module}, and ${quote(top)} ${isRemoved(top, lacking) ? `was removed from the standard library in Python 3.${removal(top)}` : `is in the standard library only since Python 3.${addition(top)}`}.`,
        { subject: top },
      )
    }
    const rows = importChain(dist).stdlibNames.flatMap(({ chain, module, name, isAttribute = false }) => {
      const last = chain.at(-1)
      const { added, removed } = stdlibName(module, name) ?? {}
      const lacking = pythons.filter(minor => (removed ?? minor + 1) <= minor || (added ?? 0) > minor)
      return last && lacking.length > 0 && !told.has(topOf(module))
        ? [{ chain, last, module, name, isAttribute, added, removed, lacking }]
        : []
    })
    // The names of one import that are there in the same versions.
    for (const [, alike] of groupBy(
      rows,
      row => `${row.last.member}:${row.last.line} ${row.module} ${row.lacking.join()} ${row.isAttribute}`,
    )) {
      const [{ chain, last, module, name, isAttribute, added, removed, lacking }] = alike
      const names = someQuoted(
        alike.map(row => row.name),
        4,
      )
      const change =
        removed === 0
          ? 'which only Python 2 has'
          : removed !== undefined
            ? `which was removed in Python 3.${removed}`
            : `which exists only since Python 3.${added}`
      yield finding(
        { member: last.member, line: last.line, column: last.column },
        `${startText(dist, chain)} fails on Python ${pythonList(lacking)}: ${chainText(chain)} ${isAttribute ? 'uses' : 'imports'} ${names} from ${module}, ${change}.`,
        { subject: `${module}.${name}` },
      )
    }
  },
})

/** The minor versions of Python 3 that classifiers name. */
const classified = ({ metadata }: Wheel | Sdist): readonly number[] =>
  (metadata?.all('Classifier') ?? [])
    .flatMap(({ value }) => /^Programming Language :: Python :: 3\.(\d{1,2})$/.exec(value)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)

/** Older Pythons are no longer in use. */
const OLDEST = 6
const NEWEST = 40

/** The table starts with 3.2. */
const minors = Array.from({ length: NEWEST }, (_, minor) => minor + 2)
const has = (module: string) => minors.some(minor => isStdlibModule(module, `3.${minor}`))
const addition = (module: string) => minors.find(minor => isStdlibModule(module, `3.${minor}`)) ?? 0
const removal = (module: string) => {
  const first = addition(module)
  return minors.find(minor => minor > first && !isStdlibModule(module, `3.${minor}`)) ?? 0
}
const isRemoved = (module: string, lacking: readonly number[]) => (lacking.at(-1) ?? 0) > addition(module)
