import type { NativeFile } from '../../src/native/index.js'
import { missingDylibs } from '../../src/platform/macos.js'
import { externalOf } from '../../src/platform/platform.js'
import { basename } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, portableTags, tagsFor } from '../shared/native.js'

export default rule({
  id: 'vendored-unreachable',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'ld.so(8); dyld(1)',
  url: 'https://man7.org/linux/man-pages/man8/ld.so.8.html',
  summary: 'A library is in the wheel, but the binary that needs it does not find it.',
  why: 'The import works only if something else has loaded the library before.',
  fix: 'Set the search path of the binary to the directory of the library: `$ORIGIN/…` or `@loader_path/…`.',
  needs: ['native'],
  absence: 'member',
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-unreachable' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-vendored' } },
  *check(wheel) {
    const members = new Map(wheel.members.files.map(member => [basename(member.path), member.path]))
    const seen = new Set<string>()
    const found = function* (file: NativeFile, name: string) {
      const path = members.get(basename(name))
      if (path === undefined || seen.has(`${file.path} ${name}`)) return
      seen.add(`${file.path} ${name}`)
      yield nativeFinding(
        file,
        name,
        `${quote(file.path)} needs ${quote(name)}; the wheel has it as ${quote(path)}, where the loader does not look.`,
      )
    }
    for (const tag of [...portableTags(wheel), ...tagsFor(wheel, 'android')])
      for (const [library, files] of externalOf(wheel, tag)) for (const file of files) yield* found(file, library)
    if (tagsFor(wheel, 'macos').length > 0)
      for (const { file, name, weak } of missingDylibs(wheel)) if (!weak) yield* found(file, name)
  },
})
