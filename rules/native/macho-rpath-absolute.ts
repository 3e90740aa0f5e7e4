import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { optionalOf } from '../../src/platform/optional.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'
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
    const isLoaded = ({ path }: NativeFile) =>
      !hasExtensions || (isReachable(path) && !optionalOf(wheel).isOptional(path) && !optionalOf(wheel).isOpened(path))
    const found = macho.flatMap(file =>
      absoluteRpaths(file).map(path => ({ file, path, used: missing.has(file), loaded: isLoaded(file) })),
    )
    // One build sets one path in many files.
    for (const all of groupBy(found, ({ path, used, loaded }) => `${used} ${loaded} ${path}`).values()) {
      const [{ file, path, used, loaded }] = all
      const files = all.map(one => one.file)
      const message = (does: string, rest = '') => `${does} ${quote(path)}, a directory of the build machine${rest}.`
      if (used && loaded && PRIVATE.test(path))
        yield nativeFinding(file, path, message(`${filesThat(files, 'finds its', 'find their')} libraries only in`), {
          severity: 'error',
        })
      else
        yield nativeFinding(
          file,
          path,
          used
            ? message(filesThat(files, 'searches', 'search'))
            : message(filesThat(files, 'names', 'name'), ', as an unused search path'),
          { severity: used ? 'warning' : 'info', enforcedBy: [] },
        )
    }
  },
})
