import type { Sdist } from '../distribution/distribution.js'
import type { Pyproject } from '../distribution/pyproject.js'
import { canonicalName } from '../standards/name.js'
import { backendFamily } from '../views/pyproject.js'
import type { StaticDifference } from './static-table.js'

/**
 * Build backends that did not write import names (PEP 794), and the version that does, if any did on 2026-11-29.
 * test/backends.test.ts shows when that changes.
 */
const IMPORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['hatchling', 'hatchling 1.30.0 and later write it.'],
  ['flit-core', 'flit-core 4.0.1 and later write it.'],
  ['pdm-backend', 'pdm-backend 2.5.0 and later write it.'],
  ['meson-python', 'meson-python writes it with pyproject-metadata 0.10.0 and later.'],
  ['scikit-build-core', 'scikit-build-core writes it with pyproject-metadata 0.10.0 and later.'],
  ['poetry-core', 'poetry-core up to 2.5.0 does not write it.'],
  ['maturin', 'maturin up to 1.16.0 does not write it.'],
])

/** Backends that accepted a license expression and license files but wrote neither (PEP 639); the others rejected them. */
const LICENSES: ReadonlyMap<string, string> = new Map([
  ['hatchling', 'hatchling 1.27.0 and later write it.'],
  ['poetry-core', 'poetry-core 2.2.0 and later write it.'],
])

/** Backends that write `Unknown` for a person without a name. */
const UNKNOWN: ReadonlyMap<string, string> = new Map([
  ['meson-python', '0.22.1'],
  ['scikit-build-core', '1.1.2'],
  ['pdm-backend', '2.5.0'],
])

/** Is a required project the build backend, which adds itself to what it builds, as cmeel does? */
export function isBackendItself(pyproject: Pyproject | undefined, name: string): boolean {
  const backend = pyproject?.get('build-system', 'build-backend')
  return typeof backend === 'string' && canonicalName(backend.split(/[.:]/, 1)[0] ?? '') === canonicalName(name)
}

/** What the project's backend does on its own, and which version fixes it; undefined if it did not cause the difference. */
export function backendFault(difference: StaticDifference, { pyproject }: Sdist): string | undefined {
  const { key, verdict, dropped, found } = difference
  const isNew = verdict === 'added' || verdict === 'inserted'
  if (key === 'dependencies' && isNew && found.every(({ name }) => isBackendItself(pyproject, name)))
    return 'The build backend requires itself.'
  const backend = pyproject && backendFamily(pyproject)
  if (backend === undefined) return undefined
  if (key === 'import-names' || key === 'import-namespaces') return dropped ? IMPORT_NAMES.get(backend) : undefined
  if (key === 'license' || key === 'license-files') return dropped ? LICENSES.get(backend) : undefined
  if (key !== 'authors' && key !== 'maintainers') return undefined
  const newest = UNKNOWN.get(backend)
  if (newest !== undefined && verdict === 'changed' && found.some(({ text }) => text.startsWith('Unknown <')))
    return `${backend} up to ${newest} writes 'Unknown' for a person without a name.`
  const people = pyproject?.get('project', key)
  return backend === 'poetry-core' && verdict === 'lost' && Array.isArray(people) && people.length > 1
    ? `poetry-core up to 2.5.0 writes only the first of the ${key}.`
    : undefined
}
