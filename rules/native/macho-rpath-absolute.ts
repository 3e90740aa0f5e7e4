import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { isOpenedLate } from '../../src/platform/opened-late.js'
import { optionalOf } from '../../src/platform/optional.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'
import { variantsAmong } from './_libraries.js'
import { filesThat } from './_paths.js'
import { absoluteRpaths, PRIVATE, soughtDylibs } from './_rpaths.js'

export default rule({
  id: 'macho-rpath-absolute',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Apple, dyld(1)',
  url: 'https://keith.github.io/xcode-man-pages/dyld.1.html',
  summary: 'A Mach-O file searches for libraries in a directory of the build machine.',
  why: 'The directory does not exist on other machines, or contains other files. It also reveals directory names of the build machine.',
  fix: 'Use `@loader_path`, or delete the entry with `install_name_tool -delete_rpath`.',
  needs: ['native', 'python-imports'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-rpath' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-rpath-used' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-rpath-plugin' } },
    {
      wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-rpath-local' },
      alsoGives: ['macho-missing-dylib'],
    },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
  *check(wheel) {
    const missing = new Set(soughtDylibs(wheel).map(one => one.file))
    const { macho, loadable, isExtension, isReachable } = nativeSubject(wheel)
    // What no extension module loads may be a plug-in of a program that already has its libraries.
    const hasExtensions = loadable.some(isExtension)
    const isVariant = variantsAmong(loadable)
    const isLoaded = (file: NativeFile) =>
      hasExtensions
        ? isReachable(file.path) && !optionalOf(wheel).isOptional(file.path) && !optionalOf(wheel).isOpened(file.path)
        : // The package takes the one that finds its libraries, or works without this one.
          !isVariant(file) && !isOpenedLate(wheel, file)
    const found = macho.flatMap(file =>
      absoluteRpaths(file).map(path => ({ file, path, used: missing.has(file), loaded: isLoaded(file) })),
    )
    // One build sets the same paths in many files.
    const places = [...groupBy(found, ({ path, used, loaded }) => `${used} ${loaded} ${path}`).values()]
    const alike = groupBy(
      places.map(all => {
        const [{ path, used, loaded }] = all
        return { ...all[0], files: all.map(one => one.file), isError: used && loaded && PRIVATE.test(path) }
      }),
      ({ files, used, isError }) => JSON.stringify([used, isError, files.map(file => file.path)]),
    )
    const failing = new Set([...alike.values()].flatMap(([{ files, isError }]) => (isError ? files : [])))
    for (const all of alike.values()) {
      const [{ file, path, files, used, isError }] = all
      // That they fail says more than where else they search.
      if (!isError && files.every(one => failing.has(one))) continue
      const paths = all.map(one => one.path)
      const message = (does: string, rest = '') =>
        `${does} ${someQuoted(paths, 4)}, ${paths.length === 1 ? 'a directory' : 'directories'} of the build machine${rest}.`
      if (isError)
        yield nativeFinding(file, path, message(`${filesThat(files, 'finds its', 'find their')} libraries only in`), {
          severity: 'error',
        })
      else
        yield nativeFinding(
          file,
          path,
          used
            ? message(filesThat(files, 'searches', 'search'))
            : message(
                filesThat(files, 'names', 'name'),
                `, as ${paths.length === 1 ? 'an unused search path' : 'unused search paths'}`,
              ),
          { severity: used ? 'warning' : 'info', enforcedBy: [] },
        )
    }
  },
})
