import { finding, quote, rule } from '../../src/rule.js'
import { list } from '../../src/wording.js'
import { needsOf, providers } from './_dynamic-metadata.js'

const pyproject = (...settings: readonly string[]) =>
  `[build-system]\nrequires = ["scikit-build-core", "dynamic-metadata"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n\n[[tool.dynamic-metadata]]\nprovider = "dynamic_metadata.${settings.join('\n')}\n`

export default rule({
  id: 'dynamic-metadata-setting-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata 0.6, "Bundled plugins"; scikit-build-core 1.1',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/plugins.html',
  summary: 'A required setting of a dynamic-metadata provider is missing.',
  why: 'The provider rejects its table, and the build fails.',
  breaks: 'scikit-build-core fails, so nobody can install from the sdist.',
  fix: 'Add the missing setting.',
  byHand: 'Only a person knows the value of the setting.',
  bad: [
    { sdist: { pyproject: pyproject('template"', 'result = "Reads files"') } },
    { sdist: { pyproject: pyproject('regex"', 'field = "description"', 'regex = "(?P<value>.*)"') } },
    { sdist: { pyproject: pyproject('readme_fragment"').replace('["description"]', '["readme"]') } },
  ],
  good: { sdist: { pyproject: pyproject('template"', 'field = "description"', 'result = "Reads files"') } },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const { installed, at, table, fields, keyed } of providers(pyproject)) {
      const needs = installed === undefined ? undefined : needsOf(installed)
      if (installed === undefined || needs === undefined || needs === 'unknown') continue
      const missing = (needs.settings ?? []).filter(key => !Object.hasOwn(table, key))
      if (needs.field && !keyed && !Object.hasOwn(table, 'field')) missing.unshift('field')
      // Only the version has a default pattern.
      const isVersion = fields.some(({ field }) => field === 'version')
      if (installed.endsWith('.regex') && !isVersion && !Object.hasOwn(table, 'regex')) missing.push('regex')
      if (installed.endsWith('.readme_fragment') && !Object.hasOwn(table, 'text') && !Object.hasOwn(table, 'path'))
        missing.push('text')
      if (missing.length > 0)
        yield finding(
          at,
          `The provider ${quote(installed)} requires the ${missing.length === 1 ? 'setting' : 'settings'} ${list(missing.map(key => quote(key)))}.`,
          {
            subject: `${installed} ${missing.join()}`,
          },
        )
    }
  },
})
