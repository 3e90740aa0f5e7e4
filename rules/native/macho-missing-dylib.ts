import { isPythonDylib, missingDylibs } from '../../src/platform/macos.js'
import { basename } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'
import { type Lack, lacking } from './_libraries.js'
import { absoluteRpaths, PRIVATE, soughtDylibs } from './_rpaths.js'

export default rule({
  id: 'macho-missing-dylib',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Apple, dyld(1)',
  url: 'https://keith.github.io/xcode-man-pages/dyld.1.html',
  summary: 'A Mach-O file loads a library that is neither in the wheel nor part of macOS.',
  why: 'Where the library is missing, the import fails: "Library not loaded".',
  fix: 'Vendor the library with `delocate-wheel`, or require the distribution that provides it.',
  absence: 'member',
  needs: ['native', 'python-imports'],
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
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-fallback' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
  ],
  *check(wheel) {
    const members = new Set(wheel.members.files.map(member => basename(member.path)))
    if (tagsFor(wheel, 'macos').length + tagsFor(wheel, 'ios').length === 0) return
    const sought = soughtDylibs(wheel)
    const lacks: Lack[] = []
    for (const one of missingDylibs(wheel)) {
      const { file, name, weak } = one
      // Other rules report the interpreter's library, and one that is in the wheel but not found.
      if (isPythonDylib(name) || members.has(basename(name))) continue
      // As well as one that is found only on the build machine.
      if (sought.includes(one) && absoluteRpaths(file).some(path => PRIVATE.test(path))) continue
      if (weak)
        yield nativeFinding(
          file,
          name,
          `${quote(file.path)} optionally loads ${quote(name)}, which is not in the wheel.`,
          { severity: 'info', enforcedBy: [] },
        )
      else lacks.push({ file, library: name })
    }
    yield* lacking(wheel, lacks, {
      does: 'loads',
      many: 'load',
      absent: 'neither in the wheel nor part of the system',
    })
  },
})
