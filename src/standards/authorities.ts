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

/** A tool whose verdicts were recorded, and are compared with ours. */
export interface RecordedTool {
  readonly name: string
  readonly version: string
  /** What of it was recorded. */
  readonly source: string
  /** Day on which it was asked. */
  readonly date: string
}

/** What the installers and twine said is in fixtures/authorities.jsonl, what the tools for binaries said in the native verdicts. */
export const RECORDED_TOOLS: readonly RecordedTool[] = [
  { name: 'pip', version: '26.3', source: 'what it refuses to install', date: '2026-11-29' },
  { name: 'uv', version: '0.13.9', source: 'what it refuses to install', date: '2026-11-29' },
  { name: 'twine', version: '7.0.0', source: 'what it refuses to upload', date: '2026-11-29' },
  { name: 'auditwheel', version: '6.8.2', source: 'its verdicts on wheels for Linux', date: '2026-11-25' },
  { name: 'abi3audit', version: '0.0.26', source: 'its verdicts on the stable ABI', date: '2026-11-25' },
  { name: 'delocate', version: '0.13.0', source: 'its verdicts on wheels for macOS', date: '2026-11-25' },
  { name: 'delvewheel', version: '1.13.2', source: 'its verdicts on wheels for Windows', date: '2026-11-25' },
]
