import type { Pyproject } from '../../src/distribution/pyproject.js'
import { meansProject, meantProjectKey } from '../../src/standards/project-keys.js'
import { nearest } from '../../src/text/nearest.js'
import { dynamicKeys, entries, isList, PROJECT_KEYS, stopsBuild, texts } from '../../src/views/pyproject.js'

/** Does another rule report an error that explains why `[project]` does not have the key: its name, or that of the table? */
export const isToldAs = (pyproject: Pyproject, key: string): boolean =>
  entries(pyproject.get('project')).some(([name]) => !PROJECT_KEYS.includes(name) && meantProjectKey(name) === key) ||
  Object.keys(pyproject.data ?? {}).some(meansProject) ||
  meansDynamic(pyproject, key) ||
  dynamicKeys(pyproject).some(
    name => name === 'name' || (name !== key && nearest(name, [key]) !== undefined && stopsBuild(pyproject, TAKE_ANY)),
  )

/** Is `dynamic`, or what is written instead of it, a value that names the key in a form that nothing reads? */
function meansDynamic(pyproject: Pyproject, key: string): boolean {
  const written = entries(pyproject.get('project')).filter(([name]) => name === 'dynamic' || nearest(name, ['dynamic']))
  return written.some(
    ([name, value]) =>
      (name !== 'dynamic' && texts(value).some(([, text]) => text === key)) ||
      (name === 'dynamic' && !isList(value)) ||
      (isList(value) &&
        value.some(item => typeof item !== 'string' || (item !== key && item.split('.').at(-1) === key))),
  )
}

/** Backends that ignore a name in `dynamic` that is not a key. */
const TAKE_ANY = ['hatchling', 'maturin']
