import classifiers from './data/classifiers.json' with { type: 'json' }
import licenses from './data/common-licenses.json' with { type: 'json' }
import abi3 from './data/native/abi3.json' with { type: 'json' }
import manylinux from './data/native/manylinux.json' with { type: 'json' }
import windlls from './data/native/windlls.json' with { type: 'json' }
import windows from './data/native/windows-metadata.json' with { type: 'json' }
import platforms from './data/pypi-platforms.json' with { type: 'json' }
import names from './data/python-names.json' with { type: 'json' }
import spdx from './data/spdx.json' with { type: 'json' }
import { type Authority, PYPI, RECORDED_TOOLS, TWINE_TODAY } from './standards/authorities.js'

export interface DataTable {
  readonly name: string
  readonly source: string
  readonly version: string
  /** Day on which it was made, or on which its source was read. */
  readonly date: string
}

/** Every table that was made from somebody else's data. */
export function dataTables(): readonly DataTable[] {
  return [
    { name: 'classifiers', ...classifiers },
    { name: 'PyPI platform tags', ...platforms },
    { name: 'standard library names', ...names },
    { name: 'SPDX identifiers', ...spdx },
    { name: 'license texts', ...licenses },
    { name: 'manylinux policies', ...manylinux },
    { name: 'stable ABI', ...abi3 },
    { name: 'Windows libraries', ...windlls },
    { name: 'libraries of Windows 10 and later', ...windows },
  ].map(({ name, source, version, date }) => ({ name, source, version, date }))
}

/** Whose verdicts the rules give: what judges a file before the upload and at it, and the tools that were asked. */
export const authorities = (): readonly DataTable[] => [
  ...[TWINE_TODAY, PYPI].map((authority: Authority) => ({
    name: authority.name,
    source: `packaging ${authority.packaging}, readme_renderer ${authority.readmeRenderer}, docutils`,
    version: authority.docutils,
    date: authority.date,
  })),
  ...RECORDED_TOOLS.map(({ name, version, source, date }) => ({
    name: `${name} ${version}`,
    source,
    version: '',
    date,
  })),
]
