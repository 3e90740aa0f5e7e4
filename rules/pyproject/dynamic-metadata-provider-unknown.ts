import { finding, quote, rule } from '../../src/rule.js'
import { hinter } from '../shared/hints.js'
import { needsOf, providerNames, providers } from './_dynamic-metadata.js'

const pyproject = (provider: string) =>
  `[build-system]\nrequires = ["scikit-build-core", "dynamic-metadata"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n\n[[tool.dynamic-metadata]]\nprovider = "${provider}"\nfield = "description"\nresult = "Reads files"\n`

export default rule({
  id: 'dynamic-metadata-provider-unknown',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata 0.6, "Bundled plugins"; scikit-build-core 1.1',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/plugins.html',
  summary: 'A package that brings providers of dynamic metadata has none of this name.',
  why: 'The loader finds no such provider and stops the build.',
  breaks: 'scikit-build-core stops at it, so nobody can build or install from the sdist.',
  fix: 'Correct the name.',
  byHand: 'A person has to say which of the two is meant.',
  bad: [
    { sdist: { pyproject: pyproject('dynamic_metadata.templates') } },
    { sdist: { pyproject: pyproject('dynamic_metadata.from_the_moon') } },
  ],
  good: { sdist: { pyproject: pyproject('dynamic_metadata.template') } },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const { installed, at } of providers(pyproject)) {
      if (installed === undefined || needsOf(installed) !== 'unknown') continue
      const hint = hinter(() => providerNames(installed))(installed.slice(installed.lastIndexOf('.') + 1))
      // A version that is newer than the table may have it.
      yield finding(at, `There is no provider ${quote(installed)}.${hint}`, {
        subject: installed,
        ...(hint === '' && { severity: 'warning' }),
      })
    }
  },
})
