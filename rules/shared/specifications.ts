/** Page of a core metadata field, by the anchor of its section: `coreMetadata('license-file')`. */
export function coreMetadata(section: string): string {
  return `https://packaging.python.org/en/latest/specifications/core-metadata/#core-metadata-${section}`
}

/** Page of a `[project]` key: `pyprojectToml('license-files')`. */
export function pyprojectToml(key: string): string {
  return `https://packaging.python.org/en/latest/specifications/pyproject-toml/#${key}`
}

export const DEPENDENCY_SPECIFIERS = 'https://packaging.python.org/en/latest/specifications/dependency-specifiers/'
export const VERSION_SPECIFIERS = 'https://packaging.python.org/en/latest/specifications/version-specifiers/'
export const PROJECT_URLS = 'https://packaging.python.org/en/latest/specifications/well-known-project-urls/'
export const NAME_FORMAT = 'https://packaging.python.org/en/latest/specifications/name-normalization/'
export const DEPENDENCY_GROUPS = 'https://packaging.python.org/en/latest/specifications/dependency-groups/'
export const GLOB_PATTERNS = 'https://packaging.python.org/en/latest/specifications/glob-patterns/'
