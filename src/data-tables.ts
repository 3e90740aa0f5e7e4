import classifiers from './data/classifiers.json' with { type: 'json' }
import licenses from './data/common-licenses.json' with { type: 'json' }
import abi3 from './data/native/abi3.json' with { type: 'json' }
import manylinux from './data/native/manylinux.json' with { type: 'json' }
import windlls from './data/native/windlls.json' with { type: 'json' }
import windows from './data/native/windows-metadata.json' with { type: 'json' }
import platforms from './data/pypi-platforms.json' with { type: 'json' }
import names from './data/python-names.json' with { type: 'json' }
import spdx from './data/spdx.json' with { type: 'json' }

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
    { name: 'licence texts', ...licenses },
    { name: 'manylinux policies', ...manylinux },
    { name: 'stable ABI', ...abi3 },
    { name: 'Windows libraries', ...windlls },
    { name: 'libraries of Windows 10 and later', ...windows },
  ].map(({ name, source, version, date }) => ({ name, source, version, date }))
}
