import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { importChain } from '../../src/views/import-chain.js'
import { requiredBy } from '../../src/views/required.js'

/** The first setuptools without pkg_resources. */
const REMOVED = tryVersion('82.0.0')

const PUT_IN_PLACE = /\bsys\.modules\[(?:'pkg_resources'|"pkg_resources")\] =/

export default rule({
  id: 'pkg-resources-undeclared',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "History", 82.0.0',
  url: 'https://setuptools.pypa.io/en/latest/history.html#v82-0-0',
  summary: 'A package imports pkg_resources, which no requirement provides.',
  why: 'pkg_resources is part of setuptools up to version 81. New environments do not contain setuptools, and its newest version does not contain pkg_resources: importing the package fails with ModuleNotFoundError.',
  fix: project =>
    `Use \`importlib.metadata\` and \`importlib.resources\` instead, or add \`setuptools<82\` to ${project.key('Requires-Dist')}.`,
  byHand: 'The code has to be changed, or support for a Python version dropped.',
  precision: 'high',
  needs: ['python-imports'],
  bad: [
    {
      sdist: {
        metadata: { 'Metadata-Version': '2.1', 'License-File': null, 'License-Expression': null, License: 'MIT' },
        pyproject: null,
        files: {
          '{top}/setup.py':
            'from setuptools import setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    install_requires=["six"],\n)\n',
          '{top}/src/demo/__init__.py': 'import pkg_resources\n',
        },
      },
    },
    { wheel: { files: { 'demo/__init__.py': 'import pkg_resources\n' } } },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'setuptools>=40' },
        files: { 'demo/__init__.py': 'from pkg_resources import get_distribution\n' },
      },
    },
  ],
  good: [
    {
      wheel: {
        files: {
          'demo/__init__.py':
            "import sys\n\nfrom ._vendor import copied\n\nsys.modules['pkg_resources'] = copied\nimport pkg_resources\n",
          'demo/_vendor/__init__.py': '',
          'demo/_vendor/copied.py': '',
        },
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: {
          '{top}/setup.py':
            'from setuptools import setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    namespace_packages=["demo"],\n    install_requires=["six"],\n)\n',
          '{top}/src/demo/__init__.py': "__import__('pkg_resources').declare_namespace(__name__)\n",
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'setuptools<82' },
        files: { 'demo/__init__.py': 'import pkg_resources\n' },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py': 'try:\n    import pkg_resources\nexcept ImportError:\n    pkg_resources = None\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            "try:\n    __import__('pkg_resources').declare_namespace(__name__)\nexcept ImportError:\n    pass\n",
        },
      },
    },
  ],
  *check(dist) {
    const required = requiredBy(dist)
    if (!required) return
    const used = importChain(dist).foreign.find(({ module }) => /^pkg_resources(?:\.|$)/.test(module))
    const last = used?.chain.at(-1)
    if (!used || !last) return
    // A copy of its own takes the place.
    if (used.chain.some(({ member }) => PUT_IN_PLACE.test(dist.python.get(member)?.text ?? ''))) return
    const at = { member: last.member, line: last.line, column: last.column }
    const setuptools = required.filter(({ name }) => name === 'setuptools' || name === 'distribute')
    if (setuptools.length === 0)
      yield finding(
        at,
        `${last.path}:${last.line} imports pkg_resources, which no requirement provides: it is part of setuptools up to version 81.`,
        { subject: 'undeclared' },
      )
    else if (setuptools.every(({ requirement }) => REMOVED && requirement.specifier.contains(REMOVED)))
      yield finding(
        at,
        `${last.path}:${last.line} imports pkg_resources, which setuptools 82 and later do not contain; the requirement is ${quote(setuptools[0]?.text ?? '')}.`,
        { subject: 'removed' },
      )
  },
})
