import { isPythonDylib } from '../../src/platform/macos.js'
import { basename, nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, portableTags, tagsFor } from '../shared/native.js'

export default rule({
  id: 'libpython-linked',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['auditwheel', 'system'],
  force: 'MUST',
  source: 'PEP 513, "libpythonX.Y.so.1"',
  url: 'https://peps.python.org/pep-0513/#libpythonx-y-so-1',
  summary: "An extension module is linked against the interpreter's shared library.",
  why: 'Interpreters that are not built as a shared library do not provide it, and a second copy in the process makes it crash.',
  fix: 'Do not link extension modules against libpython. Their symbols come from the interpreter that imports them.',
  absence: 'member',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-libpython' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-python' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-android_24_arm64_v8a.whl', make: 'android' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
  ],
  *check(wheel) {
    const { elf, macho } = nativeSubject(wheel)
    const members = new Set(wheel.members.files.map(member => basename(member.path)))
    if (portableTags(wheel).length > 0)
      for (const file of elf)
        for (const name of file.needed)
          if (/^libpython\d/.test(name) && !members.has(name))
            yield nativeFinding(
              file,
              name,
              `${quote(file.path)} needs ${quote(name)}, which many interpreters do not provide.`,
            )
    if (tagsFor(wheel, 'macos').length > 0)
      for (const file of macho)
        for (const name of new Set(
          file.slices.flatMap(slice => slice.dylibs.filter(one => !one.weak).map(one => one.name)),
        ))
          if (isPythonDylib(name) && !members.has(basename(name)))
            yield nativeFinding(
              file,
              name,
              `${quote(file.path)} loads ${quote(name)}, the library of one specific interpreter.`,
            )
  },
})
