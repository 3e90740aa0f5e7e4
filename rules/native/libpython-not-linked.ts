import { pythonImports } from '../../src/platform/abi3.js'
import { isPythonDylib } from '../../src/platform/macos.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { isExtensionName } from '../../src/platform/suffix.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'libpython-not-linked',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'PEP 738, "Wheels"; PEP 730, "Binary extension modules"',
  url: 'https://peps.python.org/pep-0738/',
  summary: "An extension module for Android or iOS is not linked against the interpreter's library.",
  why: 'On these systems the symbols of Python come from that library, and are not found without it.',
  fix: 'Link against `libpython3.N.so` on Android, against `Python.framework` on iOS.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android-no-python' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios-no-python' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
  ],
  *check(wheel) {
    const { elf, macho } = nativeSubject(wheel)
    if (tagsFor(wheel, 'android').length > 0)
      for (const file of elf)
        if (
          isExtensionName(file.path) &&
          pythonImports(file).size > 0 &&
          !file.needed.some(name => name.startsWith('libpython'))
        )
          yield nativeFinding(
            file,
            undefined,
            `${quote(file.path)} uses symbols of Python, but is not linked against libpython.`,
          )
    if (tagsFor(wheel, 'ios').length > 0)
      for (const file of macho)
        if (
          isExtensionName(file.path) &&
          pythonImports(file).size > 0 &&
          !file.slices.some(slice => slice.dylibs.some(one => isPythonDylib(one.name)))
        )
          yield nativeFinding(
            file,
            undefined,
            `${quote(file.path)} uses symbols of Python, but does not load Python.framework.`,
            { severity: 'info', enforcedBy: [] },
          )
  },
})
