/** How a project declares a metadata field. */
export type HomeForm = 'project' | 'poetry' | 'flit' | 'setup.cfg' | 'setup.py' | 'cargo'

/** The key that becomes a metadata field in one project. */
export interface Home {
  readonly form: HomeForm
  /** `pyproject.toml`, `setup.cfg`, `setup.py` or `Cargo.toml`, in the project's folder. */
  readonly file: string
  /** Key path in TOML, section and option in setup.cfg, keyword argument of `setup()` in setup.py. */
  readonly path: readonly string[]
  /** Whether the path is a table (a section, a dictionary) with one key per item, such as `[project.urls]`. */
  readonly isTable: boolean
  /** The project has no `[project]`, and the backend's own table cannot say it. */
  readonly isNew?: boolean
}

/**
 * Where the project of a distribution declares its metadata, as far as its source tree or the distribution itself tells: what
 * advice has to name. Fields are those of core metadata, and `entry-points`.
 */
export interface Homes {
  /** The build backend, by its distribution's normalized name. */
  readonly backend: string | undefined
  /** The version of the backend that built the distribution, where a wheel tells. */
  readonly backendVersion: string | undefined
  /**
   * Whether `build-system.requires` lets in this version of the backend or a later one; undefined where that is not known, or
   * the project has no such table.
   */
  takes(version: string): boolean | undefined
  /** False when no file of the project was seen: a home is then the one that a new project would use. */
  readonly known: boolean
  /** The home of a field, or of one value of it; undefined when a program computes it. */
  home(field: string, value?: string): Home | undefined
  /** The key in words: `` `requires-python` in `[project]` ``, `` `python_requires` in setup.py ``. */
  key(field: string, value?: string): string
  /** The key with a value, in words: `` `license = "MIT"` in `[project]` ``. */
  setting(field: string, value: string | readonly string[]): string
  /** Where a value is written: `line 14 of pyproject.toml`; undefined when it was not found. */
  line(field: string, value: string): string | undefined
}

/** What a finding is about: its place, as far as advice needs it. */
export interface About {
  readonly field?: string | undefined
  readonly value?: string | undefined
}

/** What to do about a finding: a text, or a text that depends on the project and on what the finding is about. */
export type Advice = string | ((project: Homes, about: About) => string)
