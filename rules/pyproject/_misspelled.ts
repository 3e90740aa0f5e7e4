import type { Pyproject } from '../../src/distribution/pyproject.js'
import { meansProject, meantProjectKey } from '../../src/standards/project-keys.js'
import { nearest } from '../../src/text/nearest.js'
import { dynamicKeys, entries, PROJECT_KEYS, stopsBuild } from '../../src/views/pyproject.js'

/** Does another rule report an error that explains why `[project]` does not have the key: its name, or that of the table? */
export const isToldAs = (pyproject: Pyproject, key: string): boolean =>
  entries(pyproject.get('project')).some(([name]) => !PROJECT_KEYS.includes(name) && meantProjectKey(name) === key) ||
  Object.keys(pyproject.data ?? {}).some(meansProject) ||
  dynamicKeys(pyproject).some(
    name => name === 'name' || (name !== key && nearest(name, [key]) !== undefined && stopsBuild(pyproject, TAKE_ANY)),
  )

/** Backends that ignore a name in `dynamic` that is not a key. */
const TAKE_ANY = ['hatchling', 'maturin']
