import type { Wheel } from '../../src/distribution/distribution.js'
import type { MachoFile } from '../../src/native/index.js'
import { isPythonDylib, type MissingDylib, missingDylibs } from '../../src/platform/macos.js'
import { importedProvider, providerIn } from '../../src/provider.js'

/** Directories of one machine or user. */
export const PRIVATE = /^\/(?:Users|private|tmp|opt\/homebrew)(?:\/|$)/

/** Search paths of the machine, which contain only its own libraries. */
export const absoluteRpaths = (file: MachoFile): readonly string[] => [
  ...new Set(
    file.slices
      .flatMap(slice => slice.rpaths)
      .filter(path => !path.startsWith('@') && !path.startsWith('/usr/lib') && !path.startsWith('/System')),
  ),
]

/** What is looked for in the search paths, where nothing else provides it. */
export const soughtDylibs = (wheel: Wheel): readonly MissingDylib[] =>
  missingDylibs(wheel).filter(
    ({ file, name, weak }) =>
      name.startsWith('@rpath/') &&
      !weak &&
      !isPythonDylib(name) &&
      providerIn(wheel, name, [file])?.extra !== false &&
      importedProvider(wheel, name) === undefined,
  )
