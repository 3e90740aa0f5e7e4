import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { dependencies } from '../../src/views/dependencies.js'
import { importChain } from '../../src/views/import-chain.js'

/** The first setuptools without pkg_resources. */
const REMOVED = tryVersion('82.0.0')

export default rule({
  id: 'pkg-resources-undeclared',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel'],
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
  *check(wheel) {
    const used = importChain(wheel).foreign.find(({ module }) => /^pkg_resources(?:\.|$)/.test(module))
    const last = used?.chain.at(-1)
    if (!used || !last) return
    const at = { member: last.member, line: last.line, column: last.column }
    const setuptools = dependencies(wheel.metadata).filter(({ name }) => name === 'setuptools' || name === 'distribute')
    if (setuptools.length === 0)
      yield finding(
        at,
        `${last.path}:${last.line} imports pkg_resources, which no requirement provides: it is part of setuptools up to version 81.`,
        { subject: 'undeclared' },
      )
    else if (setuptools.every(({ requirement }) => REMOVED && requirement.specifier.contains(REMOVED)))
      yield finding(
        at,
        `${last.path}:${last.line} imports pkg_resources, which setuptools 82 and later do not contain; the requirement is ${quote(setuptools[0]?.field.value ?? '')}.`,
        { subject: 'removed' },
      )
  },
})
