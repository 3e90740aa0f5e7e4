/** Whose verdicts the grammars and the rules give, and of which day they are. */

export type PackagingVersion = '26.2' | '26.3' | '26.4'

export interface Authority {
  /** How messages call it. */
  readonly name: string
  readonly packaging: PackagingVersion
  readonly readmeRenderer: string
  readonly docutils: string
  /** Day on which this was looked up. */
  readonly date: string
}

/** What `pip install twine` brings: it judges a file before the upload. `distaudit/standards` behaves like its packaging. */
export const TWINE_TODAY: Authority = {
  name: 'twine today',
  packaging: '26.4',
  readmeRenderer: '46.0',
  docutils: '0.23',
  date: '2026-11-29',
}

/** The packaging that pip 26.3 brings. */
export const PIP_PACKAGING: PackagingVersion = '26.3'

/** What PyPI pins in its requirements: it judges the upload. */
export const PYPI: Authority = {
  name: 'PyPI',
  packaging: '26.2',
  readmeRenderer: '45.0',
  docutils: '0.23',
  date: '2026-08-21',
}
