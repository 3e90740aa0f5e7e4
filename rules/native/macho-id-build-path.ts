import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'macho-id-build-path',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Apple, install_name_tool(1)',
  url: 'https://keith.github.io/xcode-man-pages/install_name_tool.1.html',
  summary: 'The install name of a library is a path on the build machine.',
  why: 'Binaries linked against the library record that path. It also reveals directory names of the build machine.',
  fix: 'Set it with `install_name_tool -id @rpath/NAME`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-id' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).macho) {
      const ids = new Set(file.slices.flatMap(slice => slice.id ?? []))
      for (const id of ids)
        if (id.includes('/') && !/^(?:@|\/DLC\/|\/usr\/lib\/|\/System\/)/.test(id))
          yield nativeFinding(
            file,
            id,
            `The install name of ${quote(file.path)} is ${quote(id)}, a path on the build machine.`,
          )
    }
  },
})
