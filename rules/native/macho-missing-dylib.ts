import { groupBy } from '../../src/group-by.js'
import type { MachoFile } from '../../src/native/index.js'
import { isPythonDylib, missingDylibs } from '../../src/platform/macos.js'
import { basename, nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { expectedFrom, explained, nativeFinding, providerIn, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'macho-missing-dylib',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Apple, dyld(1)',
  url: 'https://keith.github.io/xcode-man-pages/dyld.1.html',
  summary: 'A Mach-O file loads a library that is neither in the wheel nor part of the system.',
  why: 'Where the library is missing the import fails: "Library not loaded".',
  fix: 'Vendor the library with `delocate-wheel`, or require the distribution that brings it.',
  needs: ['native'],
  absence: 'member',
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-external' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-external-library' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-weak' } },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl',
        metadata: { 'Requires-Dist': 'pyarrow' },
        make: 'macho-arrow',
      },
    },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl',
        metadata: { 'Provides-Extra': 'arrow', 'Requires-Dist': 'pyarrow; extra == "arrow"' },
        make: 'macho-arrow',
      },
    },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
  ],
  *check(wheel) {
    const members = new Set(wheel.members.files.map(member => basename(member.path)))
    if (tagsFor(wheel, 'macos').length + tagsFor(wheel, 'ios').length === 0) return
    const { loadable, isExtension, isReachable } = nativeSubject(wheel)
    const imported = loadable.some(isExtension)
    // One library may be missing for many files.
    const refused: { file: MachoFile; name: string; loaded: boolean }[] = []
    for (const { file, name, weak } of missingDylibs(wheel)) {
      // Others speak of the interpreter's library, and of one that lies in the wheel and is not found.
      if (isPythonDylib(name) || members.has(basename(name))) continue
      const provider = providerIn(wheel, name, [file])
      const at = [file, name] as const
      if (weak)
        yield nativeFinding(
          ...at,
          `${quote(file.path)} loads ${quote(name)} where it is there, and it is not in the wheel.`,
          { severity: 'info', enforcedBy: [] },
        )
      else if (provider !== undefined)
        yield nativeFinding(
          ...at,
          `${quote(file.path)} loads ${quote(name)}, ${expectedFrom(provider)}.`,
          explained(provider),
        )
      // Without an extension module the package loads its libraries itself, or lends them to another.
      else refused.push({ file, name, loaded: imported && isReachable(file.path) })
    }
    for (const all of groupBy(refused, one => `${one.loaded} ${one.name}`).values()) {
      const [{ file, name, loaded }] = all
      const who = filesThat(
        all.map(one => one.file),
        'loads',
        'load',
      )
      const message = `${who} ${quote(name)}, which is neither in the wheel nor part of the system.`
      yield nativeFinding(file, name, message, loaded ? {} : { severity: 'warning' })
    }
  },
})
