import type { Pyproject } from '../../src/distribution/pyproject.js'
import { dynamicKeys, entries, isTable, texts } from '../../src/views/pyproject.js'

/** Files of `[tool.setuptools.dynamic]` for keys that are dynamic. */
export function setuptoolsFiles(pyproject: Pyproject) {
  const table = pyproject.get('tool', 'setuptools', 'dynamic')
  return dynamicKeys(pyproject).flatMap(key => {
    const root = ['tool', 'setuptools', 'dynamic', key]
    const paths = [
      [...root, 'file'],
      ...(key === 'optional-dependencies'
        ? entries(isTable(table) ? table[key] : undefined).map(([extra]) => [...root, extra, 'file'])
        : []),
    ]
    return paths.flatMap(place => {
      const value = pyproject.get(...place)
      if (typeof value === 'string') return [{ key, path: value, at: pyproject.place(...place) }]
      return texts(value).map(([index, path]) => ({ key, path, at: pyproject.place(...place, index) }))
    })
  })
}
