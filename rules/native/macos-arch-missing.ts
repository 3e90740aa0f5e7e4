import type { MachoFile } from '../../src/native/index.js'
import { once } from '../../src/once.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { list } from '../../src/wording.js'
import { nativeFinding, PLATFORM_TAGS, tagsFor } from '../shared/native.js'

export default rule({
  id: 'macos-arch-missing',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system', 'interpreter'],
  force: 'none',
  source: 'Platform compatibility tags, "macOS"',
  url: PLATFORM_TAGS,
  summary: 'A binary does not support an architecture that the macOS tag promises.',
  why: '"On machines of that architecture, the import fails: "have \'arm64\', need \'x86_64\'"."',
  fix: 'Build for every architecture of the tag (`ARCHFLAGS="-arch arm64 -arch x86_64"`), or use a tag for a single one.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_universal2.whl', make: 'macho' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_universal2.whl', make: 'macho-fat-thin-tool' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_universal2.whl', make: 'macho-fat' } },
  *check(wheel) {
    const { macho, isReachable, loadedBy } = nativeSubject(wheel)
    const tags = tagsFor(wheel, 'macos')
    // Each tag of a set is installed on its own: the wheel has to support all of them.
    const archs = new Set(tags.flatMap(tag => tag.archs))
    if (tags.length === 0 || macho.length === 0) return
    const all = new Set(macho.flatMap(file => file.slices.map(slice => slice.arch)))
    const isProgram = (file: MachoFile) => file.slices.every(slice => slice.type === 2)
    const byPrograms = once(() => loadedBy(macho.filter(isProgram)))
    const tag = tags.find(one => one.archs.length === archs.size)?.tag ?? tags.map(one => one.tag).join('.')
    for (const file of macho) {
      const own = new Set(file.slices.map(slice => slice.arch))
      const missing = [...archs].filter(arch => !own.has(arch))
      // A file of none of them is the business of wrong-architecture.
      if (missing.length === 0 || missing.length === archs.size) continue
      const names = list(missing)
      if (isReachable(file.path))
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} is only for ${list([...own].map(String))}, but ${tag} also promises ${names}.`,
        )
      else if (byPrograms().has(file.path) && own.has('x86_64') && missing.every(arch => arch === 'arm64'))
        // A process of its own, which Rosetta translates with everything that it loads.
        yield nativeFinding(
          file,
          undefined,
          `${quote(file.path)} is only for x86_64. On arm64, which ${tag} also promises, it runs under Rosetta.`,
          {
            severity: all.has('arm64') ? 'info' : 'warning',
            enforcedBy: [],
            help: 'Build the program for arm64 too: Apple has announced the end of Rosetta.',
          },
        )
      else if (missing.some(arch => !all.has(arch)))
        yield nativeFinding(
          file,
          undefined,
          `No binary in the wheel is for ${names}, which ${tag} promises. ${quote(file.path)} is for ${list([...own].map(String))}.`,
        )
      else
        yield nativeFinding(file, undefined, `${quote(file.path)} is only for ${list([...own].map(String))}.`, {
          severity: 'info',
          enforcedBy: [],
        })
    }
  },
})
