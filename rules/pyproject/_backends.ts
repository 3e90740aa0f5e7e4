/** What `[build-system]` says of the backends in the examples: a requirement, and the name to import. */
const BACKENDS = {
  setuptools: ['setuptools', 'setuptools.build_meta'],
  hatchling: ['hatchling', 'hatchling.build'],
  'flit-core': ['flit_core', 'flit_core.buildapi'],
  'poetry-core': ['poetry-core', 'poetry.core.masonry.api'],
  'pdm-backend': ['pdm-backend', 'pdm.backend'],
  maturin: ['maturin', 'maturin'],
} as const

/** What `[project]` has to say at least. */
export const DEMO = 'name = "demo"\nversion = "1.0"'

/** The pyproject.toml of an example with this backend, and these lines in `[project]`. */
export function builtWith(backend: keyof typeof BACKENDS, ...lines: readonly string[]): string {
  const [required, module] = BACKENDS[backend]
  return `[build-system]\nrequires = ["${required}"]\nbuild-backend = "${module}"\n\n[project]\n${lines.join('\n')}\n`
}
