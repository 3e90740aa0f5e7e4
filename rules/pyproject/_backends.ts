/** What `[build-system]` says of the backends in the examples: a requirement, and the name to import. */
const BACKENDS = {
  setuptools: ['setuptools', 'setuptools.build_meta'],
  hatchling: ['hatchling', 'hatchling.build'],
  'flit-core': ['flit_core', 'flit_core.buildapi'],
  'poetry-core': ['poetry-core', 'poetry.core.masonry.api'],
  'pdm-backend': ['pdm-backend', 'pdm.backend'],
  'uv-build': ['uv_build', 'uv_build'],
  maturin: ['maturin', 'maturin'],
} as const

/** What `[project]` has to say at least. */
export const DEMO = 'name = "demo"\nversion = "1.0"'

/** What a fault in `[project]` breaks where the backend refuses it. */
export const BUILD_STOPS = 'The backend stops at it, so nobody can build or install from the sdist.'

/** The same where some backends write it into the metadata. */
export const STOPS_OR_REFUSED = 'The backend stops at it, or writes it into metadata that PyPI refuses.'

/** The pyproject.toml of an example with this backend, and these lines in `[project]`. */
export function builtWith(backend: keyof typeof BACKENDS, ...lines: readonly string[]): string {
  const [required, module] = BACKENDS[backend]
  return `[build-system]\nrequires = ["${required}"]\nbuild-backend = "${module}"\n\n[project]\n${lines.join('\n')}\n`
}
