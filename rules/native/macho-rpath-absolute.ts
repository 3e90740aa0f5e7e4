import { groupBy } from '../../src/group-by.js'
import { isPythonDylib, missingDylibs } from '../../src/platform/macos.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

const PRIVATE = /^\/(?:Users|private|tmp|opt\/homebrew)(?:\/|$)/

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
  why: 'The directory does not exist elsewhere, or holds whatever somebody put there; it also tells how the build machine is laid out.',
  fix: 'Use `@loader_path`, or delete the entry with `install_name_tool -delete_rpath`.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-rpath' } },
    {
      wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-rpath-used' },
      alsoGives: ['macho-missing-dylib'],
    },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
  *check(wheel) {
    const missing = new Set(
      missingDylibs(wheel)
        .filter(one => one.name.startsWith('@rpath/') && !one.weak && !isPythonDylib(one.name))
        .map(one => one.file),
    )
    const found = nativeSubject(wheel).macho.flatMap(file => {
      const paths = file.slices
        .flatMap(slice => slice.rpaths)
        .filter(path => !path.startsWith('@') && !path.startsWith('/usr/lib') && !path.startsWith('/System'))
      return Array.from(new Set(paths), path => ({ file, path, used: missing.has(file) && PRIVATE.test(path) }))
    })
    // One build sets one path in many files.
    for (const all of groupBy(found, ({ path, used }) => `${used} ${path}`).values()) {
      const [{ file, path, used }] = all
      const files = all.map(one => one.file)
      const who = used ? filesThat(files, 'finds its', 'find their') : filesThat(files, 'searches', 'search')
      yield nativeFinding(
        file,
        path,
        `${who}${used ? ' libraries only in' : ''} ${quote(path)}, a directory of the build machine.`,
        used ? { severity: 'error' } : { enforcedBy: [] },
      )
    }
  },
})
