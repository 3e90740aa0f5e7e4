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
  summary: 'A dynamic-metadata provider does not exist in its package.',
  why: 'The provider cannot be loaded, so the build fails.',
  breaks: 'scikit-build-core fails, so nobody can install from the sdist.',
  fix: 'Correct the name of the provider.',
  byHand: 'Only a person knows which provider is meant.',
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
      // A version that is newer than the table may contain it.
      yield finding(at, `The provider ${quote(installed)} does not exist.${hint}`, {
        subject: installed,
        ...(hint === '' && { severity: 'warning' }),
      })
    }
  },
})
