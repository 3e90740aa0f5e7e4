import type { Pyproject } from '../../src/distribution/pyproject.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement, type Requirement } from '../../src/standards/requirement.js'
import { compareVersions, parseVersion, type Version } from '../../src/standards/version.js'
import { nearest } from '../../src/text/nearest.js'
import { texts } from '../../src/views/pyproject.js'

/** What `[build-system]` contains for the backends in the examples: a requirement, and the name to import. */
const BACKENDS = {
  setuptools: ['setuptools', 'setuptools.build_meta'],
  hatchling: ['hatchling', 'hatchling.build'],
  'flit-core': ['flit_core', 'flit_core.buildapi'],
  'poetry-core': ['poetry-core', 'poetry.core.masonry.api'],
  'pdm-backend': ['pdm-backend', 'pdm.backend'],
  'uv-build': ['uv_build', 'uv_build'],
  maturin: ['maturin', 'maturin'],
  'meson-python': ['meson-python', 'mesonpy'],
  'scikit-build-core': ['scikit-build-core', 'scikit_build_core.build'],
} as const

/** A pyproject.toml that leaves everything but the backend to setup.py or setup.cfg. */
export const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

/** The minimum that `[project]` must contain. */
export const DEMO = 'name = "demo"\nversion = "1.0"'

/** What maturin builds. */
export const CARGO = { '{top}/Cargo.toml': '[package]\nname = "demo"\nversion = "1.0"\n', '{top}/src/lib.rs': '' }

/** What an error in `[project]` breaks if the backend rejects it. */
export const BUILD_STOPS = 'The build fails, so nobody can install from the sdist.'

/** The same if some backends copy it to the metadata. */
export const STOPS_OR_REFUSED = 'The build fails, or the backend writes metadata that PyPI rejects.'

/** The pyproject.toml of an example with this backend, and these lines in `[project]`. */
export function builtWith(backend: keyof typeof BACKENDS, ...lines: readonly string[]): string {
  const [required, module] = BACKENDS[backend]
  return `[build-system]\nrequires = ["${required}"]\nbuild-backend = "${module}"\n\n[project]\n${lines.join('\n')}\n`
}

/** An example with a setup.py for setuptools that has these keywords. */
export const withSetupScript = (keywords: string) => ({
  sdist: {
    pyproject: SETUPTOOLS,
    files: {
      '{top}/setup.py': `from setuptools import setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    ${keywords},\n)\n`,
    },
  },
})

/** Later than every version of a backend. */
const LATEST = '999999'

/** Does a requirement admit the version, or a later one? */
export function admits({ specifier }: Requirement, since: Version): boolean {
  const later = specifier.clauses.flatMap(({ version }) => {
    const one = attempt(parseVersion, version.replace(/\.\*$/, ''))
    return one && compareVersions(one, since) >= 0 ? [version.replace(/\.\*$/, '')] : []
  })
  return [String(since), LATEST, ...later].some(one => specifier.contains(one))
}

/** Does `build-system.requires` admit this version of the backend, or a later one? */
export function mayBuildWith(pyproject: Pyproject, backend: string, since: string): boolean {
  const found = texts(pyproject.get('build-system', 'requires'))
    .flatMap(([, text]) => attempt(parseRequirement, text) ?? [])
    .find(({ name }) => canonicalName(name) === backend)
  return !found || admits(found, parseVersion(since))
}

/** The key of `[build-system]` that is most likely meant to be `requires`, where that is missing. */
export const misspelledRequires = (table: Readonly<Record<string, unknown>>): string | undefined =>
  table.requires === undefined
    ? Object.keys(table).find(key => Array.isArray(table[key]) && nearest(key, ['requires']) !== undefined)
    : undefined
