import { finding, quote, rule } from '../../src/rule.js'
import { pythonModules } from '../../src/views/python-modules.js'

/** Packages that projects of many authors share, and the projects that own them and may contain an `__init__` there. */
const NAMESPACES = new Map([
  ['sphinxcontrib', []],
  ['google', []],
  ['google.cloud', []],
  ['azure', []],
  ['azure.mgmt', []],
  ['azure.ai', []],
  ['zope', []],
  ['zope.app', []],
  ['z3c', []],
  ['zc', []],
  ['five', []],
  ['plone', []],
  ['plone.app', []],
  ['collective', []],
  ['Products', []],
  ['repoze', []],
  ['jaraco', []],
  ['backports', []],
  ['ruamel', []],
  ['hgext3rd', []],
  ['flaskext', []],
  ['xstatic', []],
  ['xstatic.pkg', []],
  ['odoo.addons', ['odoo', 'openerp']],
  ['mpl_toolkits', ['matplotlib']],
  ['opentelemetry', []],
  ['opentelemetry.instrumentation', ['opentelemetry-instrumentation']],
  ['opentelemetry.exporter', []],
  ['airflow.providers', ['apache-airflow', 'apache-airflow-core']],
  ['ansible_collections', ['ansible']],
  ['logilab', []],
  ['tiddlywebplugins', []],
  ['oslo', []],
  ['odoo', ['odoo']],
  ['airflow', ['apache-airflow', 'apache-airflow-core']],
  ['paste', ['paste']],
] as const satisfies readonly (readonly [string, readonly string[]])[])

export default rule({
  id: 'shared-namespace-init',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python Packaging User Guide, "Packaging namespace packages"',
  url: 'https://packaging.python.org/en/latest/guides/packaging-namespace-packages/',
  summary: 'The wheel contains an __init__.py in a namespace that many projects share.',
  why: 'Python then looks only in that folder: projects of the namespace that are installed elsewhere cannot be imported, and projects that contain such a file overwrite each other.',
  fix: 'Remove the `__init__.py`: folders without one form a namespace that all projects share.',
  precision: 'high',
  needs: ['python-imports'],
  bad: {
    wheel: {
      files: { 'sphinxcontrib/__init__.py': 'x = 1\n', 'sphinxcontrib/demo.py': 'y = 2\n', 'demo/__init__.py': null },
    },
  },
  good: [
    { wheel: { files: { 'sphinxcontrib/demo.py': 'y = 2\n', 'demo/__init__.py': null } } },
    {
      wheel: {
        files: {
          'sphinxcontrib/__init__.py': "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n",
          'sphinxcontrib/demo.py': 'y = 2\n',
          'demo/__init__.py': null,
        },
      },
    },
  ],
  *check(wheel) {
    const modules = pythonModules(wheel)
    for (const [name, owners] of NAMESPACES) {
      const entry = modules.get(name)
      if (entry?.kind !== 'package' || !entry.installed) continue
      if (owners.some(owner => owner === wheel.project) || wheel.project === name) continue
      // It turns itself into a namespace.
      if (entry.file?.module.redirects !== false) continue
      yield finding(
        { member: entry.installed.member.path },
        `${quote(entry.installed.member.path)} turns ${quote(name)}, a namespace that many projects share, into a regular package.`,
      )
    }
  },
})
