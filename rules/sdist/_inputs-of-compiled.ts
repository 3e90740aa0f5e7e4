/** Backends that run CMake, Meson or Cargo: what their tables, and the files that those read, refer to. */

import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import { quote } from '../../src/rule.js'
import { texts } from '../../src/views/pyproject.js'
import { cargoInputs, cmakeInputs, mesonInputs } from './_build-scripts.js'
import { isPart, type MissingInput, type Say } from './_missing-input.js'
import { isOutside, sourceTree, treePath } from './_tree.js'

export function* ofCargo(sdist: Sdist, manifest: string, say: Say): Generator<MissingInput> {
  // What is next to a source tree is not in its sdist.
  for (const { at, who, path, table } of cargoInputs(sdist, manifest))
    if (table !== undefined) yield { at, who, path, table, help: `Set \`${table}\` in ${quote(path)}.` }
    else if (!sdist.tree && isOutside(path)) yield { at, who, path }
    else yield* say(at, who, path)
}

const COMPILED = /\.(?:c|cc|cpp|cxx|pyx|f90|rs|i)$/

/** Is the name in the text, not only as a part of another one? */
const isWord = (text: string, name: string) => {
  for (let at = text.indexOf(name); name !== '' && at >= 0; at = text.indexOf(name, at + 1))
    if (!/[A-Za-z0-9]/.test(text.charAt(at - 1)) && !/[A-Za-z0-9]/.test(text.charAt(at + name.length))) return true
  return false
}

const stem = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '')

export function* ofScikitBuild(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'scikit-build'] as const
  const listed = texts(pyproject.get(...table, 'wheel', 'packages'))
  const names = new Set(listed.map(([, path]) => path))
  const compiled = new Set([...sourceTree(sdist).files].flatMap(file => (COMPILED.test(file) ? [stem(file)] : [])))
  const cmake = sdist.texts.get(`${sdist.top}/CMakeLists.txt`)
  for (const [index, path] of listed) {
    // CMake may build the module itself: `manifold3d.cpp`.
    const name = path.split('/').at(-1) ?? ''
    if (compiled.has(name)) continue
    // Or one that it names itself.
    if (isWord(cmake?.text ?? '', name) || isPart(sdist, path, names)) continue
    yield* say(
      pyproject.place(...table, 'wheel', 'packages', index),
      '`wheel.packages` lists',
      path,
      'scikit-build-core builds a wheel without it',
    )
  }
  if (pyproject.get(...table, 'wheel', 'cmake') === false || pyproject.get(...table, 'overrides') !== undefined) return
  if (pyproject.get(...table, 'experimental') !== undefined) return
  const folder = pyproject.get(...table, 'cmake', 'source-dir')
  yield* say(
    pyproject.place(...table, ...(typeof folder === 'string' ? ['cmake', 'source-dir'] : [])),
    'scikit-build-core needs',
    typeof folder === 'string' ? `${folder}/CMakeLists.txt` : 'CMakeLists.txt',
  )
  const components = pyproject.get(...table, 'install') !== undefined || pyproject.get(...table, 'build') !== undefined
  const first = typeof folder === 'string' ? treePath(folder) : ''
  if (first !== undefined)
    for (const { at, who, path } of cmakeInputs(sdist, first, components)) yield* say(at, who, path)
}

export function* ofMeson(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  yield* say(pyproject.place('build-system', 'build-backend'), 'meson-python needs', 'meson.build')
  for (const { at, who, path } of mesonInputs(sdist)) yield* say(at, who, path)
}

export function* ofMaturin(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'maturin'] as const
  const written = pyproject.get(...table, 'manifest-path')
  const { files, has } = sourceTree(sdist)
  const source = pyproject.get(...table, 'python-source')
  if (typeof source === 'string')
    yield* say(pyproject.place(...table, 'python-source'), '`python-source` names', source)
  // The package around the extension module; a name without a dot is the module alone.
  const module = pyproject.get(...table, 'module-name')
  const [first = '', ...rest] = typeof module === 'string' ? module.split('.') : []
  const root = treePath(typeof source === 'string' ? source : '')
  if (typeof source === 'string' && rest.length > 0 && root && [...files].some(path => path.startsWith(`${root}/`)))
    for (const missing of say(
      pyproject.place(...table, 'module-name'),
      '`module-name` expects the package',
      `${root}/${first}`,
    ))
      yield {
        ...missing,
        help: `Begin \`module-name\` with the package in \`${root}\`, as in \`PACKAGE.${rest.join('.')}\`.`,
      }
  if (typeof written === 'string')
    yield* say(pyproject.place(...table, 'manifest-path'), '`manifest-path` names', written)
  else if (![...files].some(path => /(?:^|\/)Cargo\.toml$/.test(path)))
    yield* say(pyproject.place('build-system', 'build-backend'), 'maturin needs', 'Cargo.toml')
  const manifest = treePath(typeof written === 'string' ? written : 'Cargo.toml')
  if (manifest === undefined || !has(manifest)) return
  yield* ofCargo(sdist, manifest, say)
}
