import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { backendFolders, hasTopModule, providers, requiredBuilds } from './_dynamic-metadata.js'

const pyproject = (requires: string, provider = 'dynamic_metadata.regex') =>
  `[build-system]\nrequires = [${requires}]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n\n[[tool.dynamic-metadata]]\nprovider = "${provider}"\nfield = "description"\ninput = "src/demo/__init__.py"\nregex = "(?P<value>.+)"\n`

/** Packages of modules whose first part differs from the name of the package. */
const PACKAGES = new Map([
  ['dynamic_metadata', 'dynamic-metadata'],
  ['vcs_versioning', 'vcs-versioning'],
  ['setuptools_scm', 'setuptools-scm'],
  ['scikit_build_core', 'scikit-build-core'],
])
/** Build requirements that are known not to register a provider. */
const NO_PROVIDERS = new Set([
  'setuptools',
  'wheel',
  'hatchling',
  'flit-core',
  'poetry-core',
  'pdm-backend',
  'uv-build',
  'maturin',
  'meson-python',
  'scikit-build-core',
  'cmake',
  'ninja',
  'cython',
  'cffi',
  'numpy',
  'pybind11',
  'nanobind',
  'dynamic-metadata',
])

export default rule({
  id: 'dynamic-metadata-provider-not-required',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata, "For users"',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/users.html',
  summary: '`build-system.requires` does not contain the package of a dynamic-metadata provider.',
  why: 'An isolated build does not have the provider, so it fails.',
  breaks: 'scikit-build-core fails, so nobody can install from the sdist.',
  fix: 'Add the package to `build-system.requires`.',
  byHand: 'The sample projects have no providers, which scikit-build-core alone runs.',
  bad: [
    { sdist: { pyproject: pyproject('"scikit-build-core"') } },
    { sdist: { pyproject: pyproject('"scikit-build-core", "acme-build"', 'acme.describe') } },
  ],
  good: [
    { sdist: { pyproject: pyproject('"scikit-build-core", "Dynamic.Metadata>=0.4"') } },
    {
      sdist: {
        pyproject: pyproject('"scikit-build-core"', 'acme_build.describe').replace(
          '"scikit_build_core.build"',
          '"acme_build"\nbackend-path = ["./tools"]',
        ),
        files: {
          '{top}/tools/acme_build/__init__.py': 'from scikit_build_core.build import *\n',
          '{top}/tools/acme_build/describe.py': 'x = 1\n',
        },
      },
    },
  ],
  *check(sdist) {
    const { pyproject, top } = sdist
    if (!pyproject) return
    const required = requiredBuilds(pyproject)
    const onPath = top === undefined ? [] : backendFolders(pyproject).map(folder => `${top}/${folder}`)
    for (const { installed, at } of providers(pyproject)) {
      if (installed === undefined || onPath.some(folder => hasTopModule(sdist, folder, installed))) continue
      const module = installed.split(/[.:]/, 1)[0] ?? ''
      const wanted = PACKAGES.get(module) ?? canonicalName(module)
      if (required.includes(wanted)) continue
      // A provider name need not start with that of its package: another requirement may have registered it.
      const other = PACKAGES.has(module) ? undefined : required.find(name => !NO_PROVIDERS.has(name))
      const message = `The provider ${quote(installed)} comes from ${wanted}, which build-system.requires does not contain`
      yield other === undefined
        ? finding(at, `${message}.`, { subject: installed })
        : finding(at, `${message}, unless ${other} registers it.`, { subject: installed, severity: 'warning' })
    }
  },
})
