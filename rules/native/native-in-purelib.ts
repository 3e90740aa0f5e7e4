import { nativeSubject } from '../../src/platform/subject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

export default rule({
  id: 'native-in-purelib',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['auditwheel'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info and .data directories"; PEP 427',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A binary is in a directory for platform-independent files.',
  why: 'Where purelib and platlib differ, the binary is installed for every architecture. auditwheel refuses the whole wheel.',
  fix: 'Move the file into platlib, and set `Root-Is-Purelib: false`.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-purelib' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-purelib' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', wheel: { 'Root-Is-Purelib': 'true' }, make: 'pe' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { loadable, isExtension } = nativeSubject(wheel)
    const inside = loadable.filter(file => /^[^/]+\.data\/purelib\//.test(file.path))
    // auditwheel is for Linux; elsewhere the two are mostly one directory.
    const linux = tagsFor(wheel, 'linux').length > 0
    for (const file of inside)
      yield nativeFinding(
        file,
        undefined,
        `${quote(file.path)} is a binary in purelib, which is for platform-independent files.`,
        linux ? {} : { severity: 'warning', enforcedBy: [] },
      )
    const root = wheel.wheelFile?.all('Root-Is-Purelib')[0]
    if (root?.value.trim().toLowerCase() !== 'true' || !nativeSubject(wheel).platforms.some(tag => tag.os !== 'any'))
      return
    const first = loadable.find(file => !file.path.includes('.data/') && isExtension(file))
    if (first)
      yield finding(
        root,
        `Root-Is-Purelib is true, but the wheel contains the extension module ${quote(first.path)}.`,
        {
          severity: 'warning',
          enforcedBy: [],
        },
      )
  },
})
